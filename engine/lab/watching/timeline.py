"""A record made into spans: who ran, who waited, and for what, as frozen values to draw. It reads no clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.lab.job import Step
from engine.lab.watching.record import COARSE, OWN
from engine.lab.watching.waiting import Wait

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.lab.watching.record import Record


class Kind(StrEnum):
    """What a worker does."""

    RUN = "runs"
    LOCK = "waits for the GIL"
    INPUT = "waits for input or time"
    CORE = "waits for a core"
    IDLE = "has nothing to do"


KINDS = tuple(Kind)
SELDOM = 0.5
"""An overlap that is less than chance: something keeps them from running at once."""
TURNS, FREE = 0.6, 0.2
"""Shares of what the workers would wait for the GIL if one of them always had it."""


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of a worker's time, in seconds since the record began."""

    begin: float
    end: float
    kind: Kind
    step: int
    """A Step, or 0 between two of them."""


@dataclass(frozen=True, slots=True)
class LaneLine:
    """What one worker did."""

    name: str
    spans: tuple[Span, ...]
    cpu_seconds: float

    def seconds(self, kind: Kind, step: Step | None = None) -> float:
        """How long it did this, in a step or in all."""
        return sum(each.end - each.begin for each in self.spans if each.kind is kind and step in (None, each.step))


@dataclass(frozen=True, slots=True)
class Busy:
    """How many workers ran at once in a step."""

    step: Step
    together: float
    """On average: its CPU time over its wall time."""
    overlap: float
    """Pairs that ran at once, over those that would by chance."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What all workers of a team did at the same time."""

    lanes: tuple[LaneLine, ...]
    seconds: float
    busy: tuple[Busy, ...]
    """For each step that was seen."""
    watching: float
    """The share of a core that sampling took."""

    def together(self, step: Step) -> float:
        """How many workers ran at once in a step; 0 where it was not seen."""
        return sum(each.together for each in self.busy if each.step is step)

    def overlap(self, step: Step) -> float:
        """How often two ran at once, over how often they would by chance if neither knew of the other."""
        return sum(each.overlap for each in self.busy if each.step is step)

    def share(self, kind: Kind, step: Step) -> float:
        """Of the workers' time in a step, how much they did this."""
        whole = sum(lane.seconds(each, step) for lane in self.lanes for each in Kind)
        return sum(lane.seconds(kind, step) for lane in self.lanes) / whole if whole else 0.0

    def verdict(self, step: Step) -> str:
        """How the workers shared the step: what they waited for tells, not how many cores others left them."""
        if len(self.lanes) == 1:
            return "one after another"
        if step is Step.WAIT:
            return "waiting together"
        runs, held, waits = (self.share(kind, step) for kind in (Kind.RUN, Kind.LOCK, Kind.INPUT))
        whole = (runs + held + waits) or 1.0
        # Where one holds the GIL, all others wait for it.
        held *= len(self.lanes) / (len(self.lanes) - 1) / whole
        if held > TURNS or (held > FREE and self.overlap(step) < SELDOM):
            return "taking turns"
        if waits > TURNS:
            return "waiting for data"
        return "side by side" if held < FREE else "partly side by side"

    def to_dict(self) -> dict[str, Any]:
        """As JSON values: spans as begin, end, kind and step."""
        return {
            "seconds": round(self.seconds, 6),
            "watching": round(self.watching, 5),
            "together": {each.step.name.lower(): round(each.together, 3) for each in self.busy},
            "overlap": {each.step.name.lower(): round(each.overlap, 3) for each in self.busy},
            "lanes": [
                {
                    "name": lane.name,
                    "cpu_seconds": round(lane.cpu_seconds, 6),
                    "spans": [[round(s.begin, 5), round(s.end, 5), s.kind.name.lower(), s.step] for s in lane.spans],
                }
                for lane in self.lanes
            ],
        }


def timeline(record: Record, *, shared_lock: bool, last: int | None = None) -> Timeline | None:
    """What a record holds so far, or the last samples of it; None before its second sample.

    Without a lock that all share, nobody waits for it.
    """
    count = record.count
    if count < 2:
        return None
    taken = slice(max(0, count - last) if last else 0, count)
    stamps, steps = record.stamps[taken], record.steps[taken]
    passed = np.diff(stamps)[:, np.newaxis]
    ran = np.diff(record.clocks[taken], axis=0)
    # A sample says what was so at its time: the step of an interval is that of its end, or of its begin if it ended.
    steps = np.where(steps[1:] > 0, steps[1:], steps[:-1])
    running = 2 * (_smooth(ran, passed) if record.words[COARSE] else ran) > passed
    waits = _filled(record.waits[taken][1:], steps, running)
    lock = KINDS.index(Kind.LOCK) if shared_lock else KINDS.index(Kind.INPUT)
    kinds = np.full(steps.shape, KINDS.index(Kind.CORE))
    kinds[waits == Wait.LOCK] = lock
    kinds[waits == Wait.OTHER] = KINDS.index(Kind.INPUT)
    kinds[(waits == 0) & (steps == Step.WAIT)] = KINDS.index(Kind.INPUT)
    kinds[running] = KINDS.index(Kind.RUN)
    kinds[steps == 0] = KINDS.index(Kind.IDLE)
    seconds = (stamps - stamps[0]) / 1e9
    lines = tuple(
        LaneLine(f"worker {slot + 1}", _spans(seconds, kinds[:, slot], steps[:, slot]), float(ran[:, slot].sum()) / 1e9)
        for slot in range(steps.shape[1])
    )
    own = float(record.words[OWN]) / max(1.0, float(stamps[-1] - stamps[0]))
    return Timeline(lines, float(seconds[-1]), _busy(passed[:, 0], ran, kinds, steps), own)


def _smooth(ran: NDArray[np.int64], passed: NDArray[np.int64]) -> NDArray[np.int64]:
    """CPU time of each interval, from a clock that moves in steps: what is more than the interval ran before it."""
    left = np.cumsum((ran - passed)[::-1], axis=0)
    left = (left - np.minimum.accumulate(np.minimum(left, 0), axis=0))[::-1]
    smooth: NDArray[np.int64] = ran + np.vstack([left[1:], np.zeros_like(left[:1])]) - left
    return smooth


def _filled(waits: NDArray[np.int64], steps: NDArray[np.int64], running: NDArray[np.bool_]) -> NDArray[np.int64]:
    """What each worker waits for at each sample, as the system was asked only now and then.

    An answer holds for the stretch without running in which it was given; a stretch without one has the last of the
    step before it, or the next. One that waited for its orders and then for a core did not wait for orders all along.
    """
    places = np.arange(len(waits))
    found = np.empty_like(waits)
    for lane in range(waits.shape[1]):
        asked = (waits[:, lane] > 0) & ~running[:, lane]
        before = np.maximum.accumulate(np.where(asked, places, -1))
        after = np.minimum.accumulate(np.where(asked, places, len(waits))[::-1])[::-1]
        changes = np.diff(steps[:, lane]) != 0
        nearest = places
        for edges in (changes, changes | np.diff(running[:, lane])):
            first = np.maximum.accumulate(np.where(np.append(True, edges), places, 0))
            last = np.minimum.accumulate(np.where(np.append(edges, True), places, len(waits))[::-1])[::-1]
            nearest = np.where(before >= first, before, np.where(after <= last, after, nearest))
        found[:, lane] = waits[nearest, lane]
    return found


def _spans(seconds: NDArray[np.float64], kinds: NDArray[np.int64], steps: NDArray[np.int64]) -> tuple[Span, ...]:
    """Neighbouring intervals of one kind and step as one."""
    edges = np.flatnonzero((np.diff(kinds) != 0) | (np.diff(steps) != 0)) + 1
    bounds = [0, *edges.tolist(), len(kinds)]
    return tuple(
        Span(float(seconds[first]), float(seconds[last]), KINDS[kinds[first]], int(steps[first]))
        for first, last in pairwise(bounds)
    )


def _busy(
    passed: NDArray[np.int64], ran: NDArray[np.int64], kinds: NDArray[np.int64], steps: NDArray[np.int64]
) -> tuple[Busy, ...]:
    """Of each step that was seen."""
    found = []
    for step in Step:
        during = (steps == step).any(axis=1)
        if during.any():
            running = (kinds[during] == KINDS.index(Kind.RUN)).astype(np.float64)
            chance = _pairs(running.mean(axis=0))
            overlap = float(((running.sum(axis=1) ** 2 - running.sum(axis=1)) / 2.0).mean()) / chance if chance else 0.0
            found.append(Busy(step, float(ran[during].sum() / passed[during].sum()), overlap))
    return tuple(found)


def _pairs(running: NDArray[np.float64]) -> float:
    """Pairs of workers that run, of how likely each does."""
    return float(running.sum() ** 2 - (running**2).sum()) / 2.0
