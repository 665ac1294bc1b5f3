"""The machines of a batch, or each of their threads, in rows. Of many some at a time are drawn anew."""

from __future__ import annotations

from collections.abc import Callable

from engine.telemetry import Lane, Snapshot
from tui.theme import Inks
from tui.widgets.line import Line
from tui.widgets.machine_row import NARROWEST, label_width, machine_label, machine_row, others
from tui.widgets.machines import Arranged, Machine, Spot, arrange, machines
from tui.widgets.turns import Turns


class MachineRows:
    """Of one batch at a time."""

    def __init__(self) -> None:
        self.found: tuple[Machine, ...] = ()
        """As they are now; none for a batch of one machine."""
        self.arranged = Arranged()
        """What `fit` has room for."""
        self._machines, self._lanes = Turns[str, Machine](), Turns[int, tuple[Lane, str]]()
        self._snapshot: Snapshot | None = None
        self._files: tuple[str, ...] = ()
        self._label = 0

    def show(self, snapshot: Snapshot, files: tuple[str, ...]) -> None:
        """The batch at another moment, with the name of each lane's file; `fit` comes next."""
        self.found, self._snapshot, self._files = machines(snapshot.lanes), snapshot, files
        self._label = label_width(self.found)

    def fit(self, width: int, rows: int, thread: int, *, headed: bool = False) -> None:
        """So much room, where a thread takes `thread` columns at least without its machine's name."""
        least = thread + self._label
        self.arranged = arrange(self.found, width, rows, lane=least, machine=NARROWEST, headed=headed)
        snapshot, files = self._snapshot, self._files
        if snapshot is not None:
            slots = [each.slot for each in self.arranged.threads]
            named = {slot: files[slot] if slot < len(files) else "" for slot in slots}
            self._lanes.take({slot: (snapshot.lanes[slot], named[slot]) for slot in slots}, snapshot)
            self._machines.take({each.name: each for each in self.arranged.machines}, snapshot)

    def lane(self, thread: Spot) -> tuple[Lane, str]:
        """What a thread does, and the name of its file, as it is drawn."""
        return self._lanes.shown[thread.slot][1]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Those of the threads on their machines, by slot; none where machines are shown in their place."""
        return tuple(each.number for each in self.arranged.threads)

    def beside(self, width: int) -> int:
        """Columns of a thread where it has so many together with its machine's name."""
        return width if self.arranged.machines or not self.arranged.threads else width - self._label

    def draw(self, row: int, width: int, ink: Inks, thread: Callable[[Spot, int], Line]) -> Line:
        """A row; `thread` draws one of so many columns, without its machine's name."""
        line, arranged = Line(), self.arranged
        cell = width // arranged.across
        room = self.beside(cell)
        for entry in arranged.row(row):
            if entry is None:
                line.put(others(arranged.more, ink), cell)
            elif isinstance(entry, Machine):
                line.put(machine_row(self._machines.shown[entry.name][1], cell, ink), cell)
            else:
                if room < cell:
                    first = entry.number == 1 or row == 0
                    line.put(machine_label(entry.machine, self._label, ink, first=first), self._label)
                line.put(thread(entry, room), room)
        return line
