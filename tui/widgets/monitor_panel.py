"""A batch at work on the whole screen: threads, cores, memory, files, plots. It asks nobody and reads no clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.strip import Strip
from textual.widget import Widget

from engine.telemetry import Snapshot
from tui.theme import inks
from tui.widgets.line import Line
from tui.widgets.machine_row import together
from tui.widgets.machine_rows import MachineRows
from tui.widgets.monitor_lines import core_rows, cores, foot, heading, overall, plots, resources
from tui.widgets.past import Past
from tui.widgets.thread_rows import (
    LEAST_CELL,
    ROOM_FOR_ROW,
    ThreadRow,
    minute,
    thread_cell,
    thread_heading,
    thread_row,
    worst_first,
)

NOTHING = "  No batch is running: ", " applies the stack, and the threads that do it are shown here."
"""Before and after the key."""
LEAST_PLOT, MOST_PLOT = 4, 30
"""Rows of the plots, with their titles: each new sample changes so many cells."""
ORDERED_FOR, ROWS_ORDERED_FOR = 5.0, 30.0
"""Seconds for which cells, or whole rows side by side, keep their places."""
ROWS_A_BEAT, CELLS_A_BEAT = 8, 40
"""Threads that are drawn anew at a time over a slow line, one after another: each has its price."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What lies in which rows."""

    heading: int = 0
    """1 where the columns of the threads are named."""
    threads: int = 0
    across: int = 1
    """Threads side by side."""
    blank: int = 0
    plots: int = 0
    cores: int = 0

    @property
    def grid(self) -> bool:
        """Whether there are more threads than rows."""
        return self.across > 1


def shape(snapshot: Snapshot, machines: MachineRows, width: int, height: int) -> Shape:
    """What there is room for: threads first, then plots. Where there are several machines, they are fitted to it."""
    if machines.found:
        room = max(height - 5, 1)
        machines.fit(width, room if len(snapshot.lanes) <= room else _most(room), ROOM_FOR_ROW, headed=True)
        arranged = machines.arranged
        named = 1 if arranged.threads and arranged.across == 1 and arranged.rows < room else 0
        return Shape(named, arranged.rows, arranged.across, *_rest(room - named - arranged.rows), 1)
    count, lines = len(snapshot.lanes), core_rows(len(snapshot.cores), width)
    room = max(height - 4 - lines, 1)
    named = 1 if count < room else 0
    if count + named <= room:
        return Shape(named, count, 1, *_rest(room - named - count), lines)
    across = min(-(-count // _most(room)), max(width // LEAST_CELL, 1))
    rows = min(-(-count // across), _most(room))
    return Shape(0, rows, across, *_rest(room - rows), lines)


def _most(room: int) -> int:
    """Rows of threads at most: plots have some, unless there are few of all."""
    return room - LEAST_PLOT if room > 3 * LEAST_PLOT else room


def _rest(rows: int) -> tuple[int, int]:
    """Blank rows below the threads, and rows of the plots."""
    if rows <= LEAST_PLOT:
        return (0, rows) if rows == LEAST_PLOT else (rows, 0)
    plots = min(rows - 1, MOST_PLOT)
    return rows - plots, plots


class MonitorPanel(Widget):
    """One snapshot after another, drawn for whatever size there is."""

    DEFAULT_CSS = "MonitorPanel { height: 1fr; }"

    def __init__(self, key: str, frugal: Callable[[], bool]) -> None:
        """`key` applies a stack; `frugal` says whether the line to the terminal is slow."""
        super().__init__()
        self._frugal = frugal
        self._key = key
        self.snapshot: Snapshot | None = None
        self._past: Past | None = None
        self._files: tuple[str, ...] = ()
        self._order: list[int] = []
        self._ordered = 0.0
        self._threads: dict[int, ThreadRow] = {}
        """As they are shown, by their slot."""
        self._next = 0
        self._shape, self._machines = Shape(), MachineRows()

    def show(self, snapshot: Snapshot, files: tuple[str, ...], past: Past) -> None:
        """Show a batch at another moment; `files` has the name of each thread's file."""
        before = self.snapshot
        known = before is not None and before.batch == snapshot.batch and len(before.lanes) == len(snapshot.lanes)
        if not known:
            self._threads = {}
        self.snapshot, self._files, self._past = snapshot, files, past
        self._machines.show(snapshot, files)
        if not known or snapshot.seconds - self._ordered >= (ROWS_ORDERED_FOR if self._rows else ORDERED_FOR):
            self._order, self._ordered = worst_first(snapshot), snapshot.seconds
        self._fit(everything=not known or snapshot.state.over or not self._frugal())
        self.refresh()

    def on_resize(self) -> None:
        """More or less is shown."""
        self._fit(everything=True)
        self.refresh()

    @property
    def _rows(self) -> bool:
        """Whether each thread has all of its row, perhaps beside others."""
        if self._machines.found:
            return bool(self._machines.arranged.threads)
        return not self._shape.grid or self.size.width // self._shape.across >= ROOM_FOR_ROW

    def _fit(self, *, everything: bool) -> None:
        """Take what is shown of the threads from the snapshot: of all, or of those whose turn it is."""
        snapshot, past = self.snapshot, self._past
        if snapshot is None or past is None or not self.size.width:
            return
        width, height = self.size
        self._shape = shape(snapshot, self._machines, width, height)
        numbers = self._machines.numbers if self._machines.found else range(1, len(snapshot.lanes) + 1)
        count = len(numbers)
        cells = minute(self._machines.beside(width // self._shape.across)) if self._rows else 0
        many = count if everything else min(ROWS_A_BEAT if self._rows else CELLS_A_BEAT, count)
        for turn in range(self._next, self._next + many):
            slot = turn % count
            file = self._files[slot] if slot < len(self._files) else ""
            drawn = past.cells(slot, cells) if cells else ()
            self._threads[slot] = ThreadRow(
                numbers[slot], snapshot.lanes[slot], file, drawn, past.pen(cells) if cells else 0
            )
        self._next = (self._next + many) % max(count, 1)

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        width, height = self.size
        ink = inks(self.app.theme)
        raised = y in (0, height - 1)
        return self._line(y).strip(width, ink.raised if raised else ink.panel)

    def _line(self, y: int) -> Line:
        (width, height), ink, snapshot, past = self.size, inks(self.app.theme), self.snapshot, self._past
        if y == height - 1:
            folded = bool(self._machines.found) and not self._rows
            return foot(ink, threads=snapshot is not None and not folded, timed=self._rows)
        if snapshot is None or past is None:
            return self._nothing(y)
        if y <= 1:
            return heading(snapshot, width, ink) if y == 0 else overall(snapshot, width, ink)
        row, parts = y - 2, self._shape
        machines = self._machines
        if row < parts.heading:
            room = machines.beside(width)
            return Line().add("", ink.faint, width - room).put(thread_heading(room, ink), room)
        row -= parts.heading
        if row < parts.threads and machines.found:
            return machines.draw(row, width, ink, lambda thread, room: self._row(thread.slot, room))
        if row < parts.threads:
            return self._grid(row, width) if parts.grid else self._row(row, width)
        row -= parts.threads + parts.blank
        if row < 0:
            return Line()
        if row < parts.plots:
            return plots(snapshot, past, row, parts.plots, width, ink)
        row -= parts.plots
        if row < parts.cores and machines.found:
            return together(machines.found, past.stragglers.found, self._files, width, ink)
        return cores(snapshot, row, width, ink) if row < parts.cores else resources(snapshot, width, ink)

    def _nothing(self, y: int) -> Line:
        """Where there is no batch, what begins one."""
        ink = inks(self.app.theme)
        if y == 2:
            return Line().add(NOTHING[0], ink.text).add(self._key, ink.key).add(NOTHING[1], ink.text)
        return Line().add(" MONITOR " if y == 0 else "", ink.muted)

    def _row(self, slot: int, width: int) -> Line:
        thread = self._threads.get(slot)
        return Line() if thread is None else thread_row(thread, width, inks(self.app.theme))

    def _grid(self, row: int, width: int) -> Line:
        """Threads from left to right, the worst first; how many there is no room for in the last cell."""
        ink, count, line = inks(self.app.theme), len(self._order), Line()
        across = self._shape.across
        cell, fits = width // across, across * self._shape.threads
        for place in range(row * across, min((row + 1) * across, count)):
            if place == fits - 1 and count > fits:
                return line.add(f" +{count - fits + 1:,}", ink.muted)
            thread = self._threads.get(self._order[place])
            line.put(thread_cell(thread, cell, ink) if thread else Line(), cell)
        return line
