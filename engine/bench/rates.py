"""One stack measured at one depth: ours with one worker, with all and in our default light, a copy, and the peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.bench.comparison import Depth, Rival
from engine.bench.contest import ALL, COPY, DEFAULT, ONE, Contest, counts
from engine.bench.setting import Setting
from engine.bench.timing import Timing
from engine.stack import Stack

COPIES = 1.15
"""Work this many times as long as a copy of what it reads and writes is as fast as it needs to be."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another library's time and its largest error in levels."""

    title: str
    timing: Timing
    error: float

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        head = {"peer": self.title, "error": round(self.error, 3), "counts": counts(self.error)}
        return head | self.timing.to_dict()


@dataclass(frozen=True, slots=True)
class Rates:
    """What came of it. `aim`: times the fastest peer; `least`: megapixels per second, for what no peer has."""

    name: str
    depth: Depth
    stack: tuple[str, ...]
    ours: Mapping[str, Timing]
    """By ALL, ONE and DEFAULT (all workers, each filter in its own light)."""
    copy: float
    """Seconds for copying as many bytes as are read and written."""
    error: float | None
    others: tuple[Peer, ...]
    notes: tuple[str, ...]
    listed: bool
    aim: float | None
    least: float | None

    @property
    def fastest(self) -> Peer | None:
        """The fastest peer that counts; of all, when none does."""
        counting = [peer for peer in self.others if counts(peer.error)] or list(self.others)
        return max(counting, key=lambda peer: peer.timing.rate, default=None)

    @property
    def times(self) -> float | None:
        """How many times as fast as that one we are."""
        return None if self.fastest is None else self.ours[ALL].rate / self.fastest.timing.rate

    @property
    def reached(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.times is not None and self.aim is not None:
            enough = self.times >= self.aim
            return enough or (self.aim == 1.0 and self.ours[ALL].median <= COPIES * self.copy)
        return None if self.least is None else self.ours[ALL].rate >= self.least

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "name": self.name,
            "depth": self.depth,
            "stack": list(self.stack),
            "listed": self.listed,
            "all": self.ours[ALL].to_dict(),
            "one": self.ours[ONE].to_dict(),
            "default": self.ours[DEFAULT].to_dict(),
            "copies": round(self.ours[ALL].median / self.copy, 3),
            "error": None if self.error is None else round(self.error, 3),
            "peers": [peer.to_dict() for peer in sorted(self.others, key=lambda peer: -peer.timing.rate)],
            "fastest": None if self.fastest is None else self.fastest.title,
            "times": None if self.times is None else round(self.times, 3),
            "aim": self.aim,
            "least": self.least,
            "reached": self.reached,
            "notes": list(self.notes),
        }


def measure_rates(
    setting: Setting,
    name: str,
    stack: tuple[str, ...],
    depth: Depth,
    rivals: tuple[Rival, ...] = (),
    *,
    listed: bool = False,
    aim: float | None = None,
    least: float | None = None,
) -> Rates:
    """One row of the table. SafelightError when the catalogue cannot make the stack."""
    contest = Contest(Stack.parse(stack), depth, setting)
    mistake = contest.admit(rivals)
    timings = contest.measure()
    others = tuple(
        Peer(setting.peers[rival.library], timings[label], contest.errors[label])
        for label, rival in contest.rivals.items()
    )
    ours = {each: timings.get(each, timings[ALL]) for each in (ALL, ONE, DEFAULT)}
    copy = timings[COPY].median * ours[ALL].megapixels / timings[COPY].megapixels * contest.bytes_moved()
    return Rates(name, depth, stack, ours, copy, mistake, others, tuple(contest.notes), listed, aim, least)
