"""The threads of a batch by the machines that they are on, and what of them fits in so many rows. It draws nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from engine.telemetry import AT_REST, Lane


@dataclass(frozen=True, slots=True)
class Machine:
    """What the threads of one machine do together."""

    name: str
    first: int
    """The slot of its first thread; the others follow."""
    threads: int
    working: int
    """Those that are not at rest."""
    cores: float
    """In use by the threads."""
    rate: float
    failed: int


@dataclass(frozen=True, slots=True)
class Spot:
    """One of a machine's threads."""

    slot: int
    number: int
    """On its machine, from 1."""
    machine: str


@dataclass(frozen=True, slots=True)
class Arranged:
    """What stands in which rows, one column after another."""

    entries: tuple[Machine | Spot, ...] = ()
    rows: int = 0
    across: int = 1
    more: int = 0
    """Machines that there is no room for: the last place tells how many."""

    def row(self, row: int) -> list[Machine | Spot | None]:
        """What is in a row, from left to right; None for the place that tells of the others."""
        if row >= self.rows:
            return []
        places = range(row, len(self.entries) + bool(self.more), self.rows)
        return [self.entries[place] if place < len(self.entries) else None for place in places]

    @property
    def machines(self) -> tuple[Machine, ...]:
        """Those that have a row."""
        return tuple(each for each in self.entries if isinstance(each, Machine))

    @property
    def threads(self) -> tuple[Spot, ...]:
        """Those that have one."""
        return tuple(each for each in self.entries if isinstance(each, Spot))


def machines(lanes: Iterable[Lane]) -> tuple[Machine, ...]:
    """One for each machine, in the order of the lanes; none where they are of this one alone."""
    found, first = [], 0
    for name, each in groupby(lanes, key=lambda lane: lane.host):
        own = tuple(each)
        if name:
            working = sum(lane.stage not in AT_REST for lane in own)
            cores, speed = sum(lane.load for lane in own), sum(lane.rate for lane in own)
            found.append(Machine(name, first, len(own), working, cores, speed, sum(lane.failed for lane in own)))
        first += len(own)
    names = _short([each.name for each in found])
    return tuple(replace(each, name=name) for each, name in zip(found, names, strict=True))


def arrange(
    found: Sequence[Machine], width: int, rows: int, *, lane: int, machine: int, headed: bool = False
) -> Arranged:
    """Every thread where all fit in so many rows, else every machine, else as many as fit, failing ones first.

    `lane` and `machine` are the columns that one takes at least; with `headed` each machine has a row over its
    threads as long as nothing stands beside each other.
    """
    rows, count = max(rows, 1), sum(each.threads for each in found)
    if headed and count + len(found) <= rows:
        mixed: list[Machine | Spot] = []
        for each in found:
            mixed += [each, *_threads(each)]
        return Arranged(tuple(mixed), len(mixed))
    if count <= rows * max(width // lane, 1):
        return _columns(tuple(entry for each in found for entry in _threads(each)), rows)
    fits = rows * max(width // machine, 1)
    if len(found) <= fits:
        return _columns(tuple(found), rows)
    worst = sorted(found, key=lambda each: each.failed == 0)[: fits - 1]
    return Arranged(tuple(worst), rows, fits // rows, len(found) - len(worst))


def _threads(machine: Machine) -> list[Spot]:
    return [Spot(machine.first + place, place + 1, machine.name) for place in range(machine.threads)]


def _columns(entries: tuple[Machine | Spot, ...], rows: int) -> Arranged:
    """In as few columns as it takes, all of a height."""
    across = max(-(-len(entries) // rows), 1)
    return Arranged(entries, -(-len(entries) // across), across)


def _short(names: Sequence[str]) -> list[str]:
    """Without the domain that all have in common."""
    parts = [name.split(".") for name in names]
    while all(len(each) > 1 and not each[-1].isdigit() for each in parts) and len({each[-1] for each in parts}) == 1:
        parts = [each[:-1] for each in parts]
    return [".".join(each) for each in parts]
