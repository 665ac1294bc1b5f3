"""The machines of a batch, or each of their threads, in rows. Of many machines some at a time are drawn anew. No clock.

A line to a terminal has room for a few kilobytes a second, and each number has its price.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.telemetry import Snapshot
from tui.theme import Inks
from tui.widgets.line import Line
from tui.widgets.machine_row import LABEL, NARROWEST, machine_label, machine_row, others
from tui.widgets.machines import Arranged, Machine, Thread, arrange, machines

MOST, PERIOD = 20, 1.0
"""Machines that are drawn anew at a time, and seconds for which one stays as it is."""


class MachineRows:
    """Of one batch at a time."""

    def __init__(self) -> None:
        self.found: tuple[Machine, ...] = ()
        """As they are now; none for a batch of one machine."""
        self.arranged = Arranged()
        """What `fit` has room for."""
        self._shown: dict[str, tuple[float, Machine]] = {}
        """As they are drawn, with the second of the batch at which each was taken."""
        self._seconds, self._over = 0.0, False

    def show(self, snapshot: Snapshot) -> None:
        """The batch at another moment; `fit` comes next."""
        self.found, self._seconds, self._over = machines(snapshot.lanes), snapshot.seconds, snapshot.state.over

    def fit(self, width: int, rows: int, thread: int, *, headed: bool = False) -> None:
        """So much room, where a thread takes `thread` columns at least without its machine's name."""
        self.arranged = arrange(self.found, width, rows, thread=thread + LABEL, machine=NARROWEST, headed=headed)
        self._take({each.name: each for each in self.arranged.machines})

    @property
    def numbers(self) -> tuple[int, ...]:
        """Those of the threads on their machines, by slot; none where machines are shown in their place."""
        return tuple(each.number for each in self.arranged.threads)

    def beside(self, width: int) -> int:
        """Columns of a thread where it has so many together with its machine's name."""
        return width if self.arranged.machines or not self.arranged.threads else width - LABEL

    def draw(self, row: int, width: int, ink: Inks, thread: Callable[[Thread, int], Line]) -> Line:
        """A row; `thread` draws one of so many columns, without its machine's name."""
        line, arranged = Line(), self.arranged
        cell = width // arranged.across
        room = self.beside(cell)
        for entry in arranged.row(row):
            if entry is None:
                line.put(others(arranged.more, ink), cell)
            elif isinstance(entry, Machine):
                line.put(machine_row(self._shown.get(entry.name, (0.0, entry))[1], cell, ink), cell)
            else:
                if room < cell:
                    line.put(machine_label(entry.machine, ink, first=entry.number == 1 or row == 0), cell - room)
                line.put(thread(entry, room), room)
        return line

    def _take(self, now: dict[str, Machine]) -> None:
        """New ones are shown at once, of the others those that stood longest."""
        seconds = self._seconds
        known = {name: shown for name, shown in self._shown.items() if shown[0] <= seconds and not self._over}
        self._shown = {name: known.get(name, (seconds, each)) for name, each in now.items()}
        due = sorted((when, name) for name, (when, _) in self._shown.items() if seconds - when >= PERIOD)
        for _, name in due[:MOST]:
            self._shown[name] = seconds, now[name]
