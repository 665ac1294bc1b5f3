"""The lines of the engine's panel while a batch runs and after: numbers in, strips out. It keeps nothing."""

from textual.strip import Strip

from engine.job import State
from engine.telemetry import Snapshot
from tui.theme import Inks
from tui.widgets.bar import level, progress
from tui.widgets.figures import clock, count, percent, rate
from tui.widgets.lane_row import NARROWEST, lane_row
from tui.widgets.line import Line
from tui.widgets.machine_row import together
from tui.widgets.machine_rows import MachineRows
from tui.widgets.machines import Spot
from tui.widgets.round_plot import RoundPlot
from tui.widgets.stragglers import Straggler

ROOM_FOR_PLOT = 100
"""The narrowest panel with the plot beside the lanes; below, it is one line high under them."""
ROOM_FOR_WORDS = 60
"""The narrowest panel that spells its numbers out."""
FEW_CORES = 8
"""So many cores at most have their load as a number too."""
LEAST_PLOT_ROWS = 3
PLOT_LABEL = 8
"""Columns beside the plot."""


AROUND = 3
"""Lines besides the lanes: the whole, the heading, the cores."""


def rows_wanted(snapshot: Snapshot, machines: MachineRows, width: int, most: int) -> int:
    """Lines that show all of a batch, `most` where that is not enough: with those around them, the lanes."""
    rows = len(snapshot.lanes)
    if machines.found:
        machines.fit(_room(width), most - AROUND, NARROWEST)
        rows = machines.arranged.rows
    return min(max(rows + AROUND, AROUND - 1 + LEAST_PLOT_ROWS if width >= ROOM_FOR_PLOT else 0), most)


def _room(width: int) -> int:
    """Columns beside the plot."""
    return width - width // 4 - PLOT_LABEL if width >= ROOM_FOR_PLOT else width


class EngineLines:
    """One snapshot, ready to be drawn in a panel of a given size."""

    def __init__(
        self,
        snapshot: Snapshot,
        files: tuple[str, ...],
        plot: RoundPlot,
        ink: Inks,
        machines: MachineRows,
        stragglers: tuple[Straggler, ...],
    ) -> None:
        """`files` has the name of each lane's file; `machines` are fitted to the panel."""
        self._snapshot = snapshot
        self._files = files
        self._plot = plot
        self._ink = ink
        self._machines = machines
        self._stragglers = stragglers

    def draw(self, y: int, width: int, height: int) -> Strip:
        """A line of the panel."""
        if self._snapshot.state.over:
            return (self._ended() if y == 0 else Line()).strip(width, self._ink.raised)
        if y == 0:
            return self._overall(width)
        if y == 1:
            return self._heading(width).strip(width, self._ink.panel)
        return self._body(y - 2, width, height - 2)

    def _overall(self, width: int) -> Strip:
        """The whole batch as a line across the screen."""
        snapshot = self._snapshot
        over = snapshot.total - snapshot.left + sum(lane.fraction for lane in snapshot.lanes if lane.file >= 0)
        line = Line().extend(progress(over / max(snapshot.total, 1), width, self._ink.lamp, self._ink.track))
        return line.strip(width, self._ink.panel)

    def _heading(self, width: int) -> Line:
        snapshot, ink, words = self._snapshot, self._ink, width >= ROOM_FOR_WORDS
        stopped = snapshot.state is not State.RUNNING
        line = Line().add(" ENGINE ", ink.muted) if words else Line()
        if words or stopped:
            line.add(f" {snapshot.state} ", ink.key if stopped else ink.text)
        line.add(f" {snapshot.done:,}", ink.bright)
        line.add(f" of {snapshot.total:,} done" if words else f"/{snapshot.total:,}", ink.muted)
        line.add(f"  {snapshot.failed:,} failed" if snapshot.failed else "", ink.alarm)
        if words:
            line.add(f"  {snapshot.skipped:,} skipped" if snapshot.skipped else "", ink.muted)
            line.add(f"  {snapshot.left:,}", ink.bright).add(" left", ink.muted)
        if snapshot.remaining_seconds is not None:
            line.add(f"  {clock(snapshot.remaining_seconds)}", ink.bright).add(" to go" if words else "", ink.muted)
        line.add(f"  {snapshot.note}" if snapshot.note else "", ink.lamp)
        return line.right(rate(snapshot.rate) + " ", ink.bright)

    def _ended(self) -> Line:
        """The batch in one line, once it is over."""
        snapshot, ink = self._snapshot, self._ink
        line = Line().add(" ENGINE ", ink.muted).add(f" {snapshot.state}: ", ink.text)
        line.add(f"{count(snapshot.done, 'file')} in {clock(snapshot.seconds)}", ink.text)
        line.add(f"  {snapshot.failed:,} failed" if snapshot.failed else "", ink.alarm)
        line.add(f"  {snapshot.skipped:,} skipped" if snapshot.skipped else "", ink.muted)
        line.add(f"  {snapshot.left:,} not begun" if snapshot.left else "", ink.muted)
        speed = snapshot.megapixels / snapshot.seconds if snapshot.seconds else 0.0
        return line.right(f"{snapshot.megapixels:,.0f} MP at {rate(speed)} ", ink.muted)

    def _body(self, row: int, width: int, rows: int) -> Strip:
        """A row of lanes, or the cores, or all machines together; the plot at the right or behind the cores."""
        beside, room = width >= ROOM_FOR_PLOT, _room(width)
        hosted = bool(self._machines.found)
        lanes = self._machines.arranged.rows if hosted else len(self._snapshot.lanes)
        if row == min(lanes, rows - 1):
            line = self._together(room) if hosted else self._cores(room, with_plot=not beside)
        elif hosted:
            line = self._machines.draw(row, room, self._ink, self._thread)
        else:
            line = self._lanes(row, rows - 1, room)
        left = line.strip(room, self._ink.panel)
        if not beside:
            return left
        plot = self._plot_row(row, rows, width // 4)
        return Strip.join([left, plot.strip(width - room, self._ink.panel)])

    def _plot_row(self, row: int, rows: int, width: int) -> Line:
        """A row of the plot with its scale."""
        label = "MP/s" if row == 1 else "0" if row == rows - 1 else f"{self._plot.top(width):g}" if row == 0 else ""
        return Line().add(self._plot.draw(width, rows)[row], self._ink.glow).add(f" {label}", self._ink.faint)

    def _lanes(self, row: int, rows: int, width: int) -> Line:
        """One row of lanes, in as many columns as it takes to show them all."""
        lanes, ink = self._snapshot.lanes, self._ink
        columns = min(-(-len(lanes) // max(rows, 1)), max(width // NARROWEST, 1)) or 1
        line, cell = Line(), width // columns
        for number in range(row, min(len(lanes), columns * rows), rows):
            file = self._files[number] if number < len(self._files) else ""
            line.put(lane_row(number + 1, lanes[number], file, cell, ink), cell)
        return line

    def _thread(self, thread: Spot, width: int) -> Line:
        """A thread of another machine."""
        lane, file = self._machines.lane(thread)
        return lane_row(thread.number, lane, file, width, self._ink)

    def _together(self, width: int) -> Line:
        return together(self._machines.found, self._stragglers, self._files, width, self._ink)

    def _cores(self, width: int, *, with_plot: bool) -> Line:
        """The load of each core as a column, with its number where there are few."""
        ink, cores = self._ink, self._snapshot.cores
        line = Line().add("    cores ", ink.muted)
        if len(cores) <= FEW_CORES and width >= 10 + 10 * len(cores):
            for number, load in enumerate(cores, 1):
                line.add(f"  {number} ", ink.muted).add(level(load), ink.glow).add(f"{percent(load):>6}", ink.text)
        else:
            line.add("".join(map(level, cores)), ink.glow)
            line.add(f"  {percent(sum(cores) / max(len(cores), 1))}", ink.text)
        if with_plot:
            plot = max(width - line.width - 2, 8)
            line.add(" ", ink.text).add(self._plot.draw(plot, 1)[0], ink.glow)
        return line
