"""A batch at work on the whole screen: threads, cores, memory, files, plots. It asks nobody and reads no clock."""

from __future__ import annotations

from dataclasses import dataclass

from textual.strip import Strip
from textual.widget import Widget

from engine.telemetry import Snapshot
from tui.theme import inks
from tui.widgets.line import Line
from tui.widgets.monitor_lines import core_rows, cores, foot, heading, overall, plots, resources
from tui.widgets.past import Past
from tui.widgets.thread_rows import (
    LEAST_CELL,
    Thread,
    minute,
    thread_cell,
    thread_heading,
    thread_row,
    worst_first,
)

NOTHING = "No batch is running: {key} applies the stack, and the threads that do it are shown here."
LEAST_PLOT, MOST_PLOT = 4, 16
"""Rows of the plots, with their titles."""
ORDERED_FOR = 5.0
"""Seconds for which threads among many keep their places."""
ROWS_A_BEAT, CELLS_A_BEAT = 12, 40
"""Threads that are drawn anew at a time, one after another: over a thin line each has its price."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What lies in which rows."""

    heading: int
    """1 where the columns of the threads are named."""
    threads: int
    grid: bool
    """Whether there are more threads than rows."""
    cores: int
    blank: int
    plots: int


def shape(snapshot: Snapshot, width: int, height: int) -> Shape:
    """What there is room for: threads first, then plots."""
    count, lines = len(snapshot.lanes), core_rows(len(snapshot.cores), width)
    room = max(height - 4 - lines, 1)
    named = 1 if count < room else 0
    if count + named <= room:
        rest = room - named - count
        drawn = min(rest - 1, MOST_PLOT) if rest > LEAST_PLOT else rest if rest == LEAST_PLOT else 0
        return Shape(named, count, False, lines, rest - drawn, drawn)
    drawn = LEAST_PLOT if room > 3 * LEAST_PLOT else 0
    return Shape(0, room - drawn, True, lines, 0, drawn)


class MonitorPanel(Widget):
    """One snapshot after another, drawn for whatever size there is."""

    DEFAULT_CSS = "MonitorPanel { height: 1fr; }"

    def __init__(self, key: str) -> None:
        """`key` applies a stack."""
        super().__init__()
        self._nothing = NOTHING.format(key=key)
        self.snapshot: Snapshot | None = None
        self._past: Past | None = None
        self._files: tuple[str, ...] = ()
        self._order: list[int] = []
        self._ordered = 0.0
        self._threads: dict[int, Thread] = {}
        """As they are shown, by their slot."""
        self._next = 0
        self._shape = Shape(0, 0, False, 0, 0, 0)

    def show(self, snapshot: Snapshot, files: tuple[str, ...], past: Past) -> None:
        """Show a batch at another moment; `files` has the name of each thread's file."""
        known = self.snapshot is not None and self.snapshot.batch == snapshot.batch
        self.snapshot, self._files, self._past = snapshot, files, past
        if not known or snapshot.seconds - self._ordered >= ORDERED_FOR:
            self._order, self._ordered = worst_first(snapshot), snapshot.seconds
        self._fit(everything=not known or snapshot.state.over)
        self.refresh()

    def on_resize(self) -> None:
        """More or less is shown."""
        self._fit(everything=True)

    def _fit(self, *, everything: bool) -> None:
        """Take what is shown of the threads from the snapshot: of all, or of those whose turn it is."""
        snapshot, past = self.snapshot, self._past
        if snapshot is None or past is None or not self.size.width:
            return
        width, height = self.size
        self._shape = shape(snapshot, width, height)
        grid, count = self._shape.grid, len(snapshot.lanes)
        cells = 0 if grid else minute(width)
        many = count if everything else min(CELLS_A_BEAT if grid else ROWS_A_BEAT, count)
        for turn in range(self._next, self._next + many):
            slot = turn % count
            file = self._files[slot] if slot < len(self._files) else ""
            drawn = past.cells(slot, cells) if cells else ()
            self._threads[slot] = Thread(slot + 1, snapshot.lanes[slot], file, drawn, past.pen(cells) if cells else 0)
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
            return foot(ink, meaning=snapshot is not None and not self._shape.grid and minute(width) > 0)
        if snapshot is None or past is None:
            words = (" MONITOR ", ink.muted) if y == 0 else (f"  {self._nothing}" if y == 2 else "", ink.text)
            return Line().add(*words)
        if y <= 1:
            return heading(snapshot, width, ink) if y == 0 else overall(snapshot, width, ink)
        row, parts = y - 2, self._shape
        if row < parts.heading:
            return thread_heading(width, ink)
        row -= parts.heading
        if row < parts.threads:
            return self._grid(row, parts.threads, width) if parts.grid else self._row(row, width)
        row -= parts.threads + parts.blank
        if row < 0:
            return Line()
        if row < parts.plots:
            return plots(snapshot, past, row, parts.plots, width, ink)
        row -= parts.plots
        return cores(snapshot, row, width, ink) if row < parts.cores else resources(snapshot, width, ink)

    def _row(self, slot: int, width: int) -> Line:
        thread = self._threads.get(slot)
        return Line() if thread is None else thread_row(thread, width, inks(self.app.theme))

    def _grid(self, row: int, rows: int, width: int) -> Line:
        """Threads from left to right, the worst first; how many there is no room for in the last cell."""
        ink, count, line = inks(self.app.theme), len(self._order), Line()
        across = min(-(-count // rows), max(width // LEAST_CELL, 1))
        cell, fits = width // across, across * rows
        for place in range(row * across, min((row + 1) * across, count)):
            if place == fits - 1 and count > fits:
                return line.add(f" +{count - fits + 1:,}", ink.muted)
            thread = self._threads.get(self._order[place])
            line.put(thread_cell(thread, cell, ink) if thread else Line(), cell)
        return line
