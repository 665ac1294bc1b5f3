"""The lines of the monitor but for its threads: the whole batch, cores, memory, files, plots. It keeps nothing."""

from __future__ import annotations

from engine.job import State
from engine.telemetry import Snapshot
from tui.theme import Inks
from tui.widgets.bar import level, progress
from tui.widgets.figures import clock, percent, rate, size
from tui.widgets.line import Line
from tui.widgets.past import Past
from tui.widgets.round_plot import RoundPlot
from tui.widgets.time_line import legend

CORES = "   cores "
ROOM_FOR_CORE_BAR, ROOM_FOR_CORE_NUMBER = 20, 11
"""Columns for each core that has its load as a bar and a number, or as a number and a mark."""
CORE_LABEL = 7
ALMOST = 7 / 8
LABEL = 6
"""Columns beside a plot."""
ROOM_FOR_WORDS, ROOM_FOR_ALL = 70, 76


def overall(snapshot: Snapshot, width: int, ink: Inks) -> Line:
    """The whole batch as a line across the screen."""
    over = snapshot.total - snapshot.left + sum(lane.fraction for lane in snapshot.lanes if lane.file >= 0)
    return Line().extend(progress(over / max(snapshot.total, 1), width, ink.lamp, ink.track))


def heading(snapshot: Snapshot, width: int, ink: Inks) -> Line:
    """How far the batch is."""
    stopped = snapshot.state is not State.RUNNING
    line = Line().add(" MONITOR ", ink.muted).add(f" {snapshot.state} ", ink.key if stopped else ink.text)
    line.add(f" {snapshot.done:,}", ink.bright).add(f" of {snapshot.total:,} done", ink.muted)
    line.add(f"  {snapshot.failed:,} failed" if snapshot.failed else "", ink.alarm)
    if snapshot.state.over:
        return line.right(f"in {clock(snapshot.seconds)} ", ink.bright)
    if width >= ROOM_FOR_WORDS:
        line.add(f"  {snapshot.left:,}", ink.bright).add(" left", ink.muted)
    if snapshot.remaining_seconds is not None:
        line.add(f"  {clock(snapshot.remaining_seconds)}", ink.bright).add(" to go", ink.muted)
    line.add(f"  {snapshot.note}" if snapshot.note else "", ink.lamp)
    return line.right(f"{sum(lane.load for lane in snapshot.lanes):.2f} ", ink.bright).right("cores ", ink.muted)


def core_rows(cores: int, width: int) -> int:
    """Lines that the cores take."""
    return max(1, -(-cores // _core_room(width)))


def cores(snapshot: Snapshot, row: int, width: int, ink: Inks) -> Line:
    """The load of each core, as much of it as there is room for."""
    loads, room = snapshot.cores, _core_room(width)
    line = Line().add("" if row else CORES, ink.muted, len(CORES))
    each = room // max(len(loads), 1)
    if each < ROOM_FOR_CORE_NUMBER:
        # Full columns stop short of the line above, where other cores may stand.
        line.add("".join(level(load * ALMOST) for load in loads[row * room : (row + 1) * room]), ink.glow)
        return line if row else line.add(f" {percent(sum(loads) / max(len(loads), 1))}", ink.text)
    for number, load in enumerate(loads, 1):
        line.add(f"{number} ", ink.muted)
        if each >= ROOM_FOR_CORE_BAR:
            line.extend(progress(load, min(each, 40) - 10, ink.glow, ink.track))
        else:
            line.add(level(load), ink.glow)
        line.add(percent(load), ink.text, 6, "right").add("  ", ink.text)
    return line


def _core_room(width: int) -> int:
    """Columns for cores without numbers."""
    return max(width - len(CORES) - CORE_LABEL, 1)


def resources(snapshot: Snapshot, width: int, ink: Inks) -> Line:
    """Memory against its budget, files in and out, and the share of CPU time without Python's lock."""
    line, full = Line(), width >= ROOM_FOR_ALL
    if snapshot.memory_limit and snapshot.memory:
        line.add("  memory " if full else " ", ink.muted)
        if full:
            share = snapshot.memory / snapshot.memory_limit
            style = ink.alarm if share > 1 else ink.glow
            line.extend(progress(share, min(width // 9, 40), style, ink.track)).add(" ", ink.text)
        line.add(size(snapshot.memory), ink.text).add(f" of {size(snapshot.memory_limit)}", ink.muted)
    line.add("  in ", ink.muted).add(f"{size(round(snapshot.read_rate))}/s", ink.text)
    line.add("  out ", ink.muted).add(f"{size(round(snapshot.written_rate))}/s", ink.text)
    if snapshot.unlocked is not None:
        line.add("  GIL-free ", ink.muted).add(percent(snapshot.unlocked), ink.text)
    return line


def plots(snapshot: Snapshot, past: Past, row: int, rows: int, width: int, ink: Inks) -> Line:
    """A row of the two plots; the first is what they show and where they stand now."""
    half = width // 2
    speed = "" if snapshot.state.over else rate(snapshot.rate)
    latency = "" if snapshot.latency is None else f"{snapshot.latency:.2f} s"
    line = Line().put(_plot(past.rates, "throughput", speed, row, rows, half, ink), half)
    return line.put(_plot(past.latencies, "latency of a file", latency, row, rows, half, ink), half)


def _plot(plot: RoundPlot, title: str, now: str, row: int, rows: int, width: int, ink: Inks) -> Line:
    room = max(width - LABEL - 1, 1)
    if row == 0:
        return Line().add(f" {title}  ", ink.muted).add(now, ink.bright)
    last = rows - 1
    label = f"{plot.top(room):g}" if row == 1 else "0" if row == last else ""
    return Line().add(" ", ink.text).add(plot.draw(room, last)[row - 1], ink.glow).add(f" {label}", ink.faint)


def foot(ink: Inks, *, threads: bool, timed: bool) -> Line:
    """What the letters mean, of the threads if any are shown and of their time lines, and the way back."""
    return Line().extend(legend(ink, timed=timed) if threads else []).right("esc", ink.key).right(" back ", ink.muted)
