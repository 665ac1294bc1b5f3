"""A piece of a time line as cells of equal length, for screens and pictures. It measures nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.lab.job import Step
from engine.lab.watching.timeline import KINDS, Kind

if TYPE_CHECKING:
    from engine.lab.watching.timeline import LaneLine, Timeline

WINDOW = 0.06
"""Seconds of a step that are shown: some turns of 5 ms."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What the workers did in a piece of time."""

    step: Step
    begin: float
    end: float
    lanes: tuple[LaneLine, ...]

    def cells(self, lane: LaneLine, count: int) -> tuple[Kind, ...]:
        """What a worker did most in each of so many equal parts; nothing to do where it was not watched."""
        length = (self.end - self.begin) / count
        found = [[0.0] * len(KINDS) for _ in range(count)]
        for span in lane.spans:
            first = max(0, int((span.begin - self.begin) / length))
            last = min(count - 1, int((span.end - self.begin) / length))
            for place in range(first, last + 1):
                left, right = self.begin + place * length, self.begin + (place + 1) * length
                found[place][KINDS.index(span.kind)] += max(0.0, min(right, span.end) - max(left, span.begin))
        return tuple(KINDS[max(range(len(KINDS)), key=part.__getitem__)] if any(part) else Kind.IDLE for part in found)


def excerpts(timeline: Timeline, window: float = WINDOW, *, growing: bool = False) -> tuple[Excerpt, ...]:
    """The begin of each step that was seen, at most so many seconds of it; just as many where it is still growing."""
    found = []
    for step in Step:
        spans = [span for lane in timeline.lanes for span in lane.spans if span.step == step]
        if spans:
            begin = min(span.begin for span in spans)
            end = begin + window
            if not growing:
                end = min(end, max(span.end for span in spans))
            found.append(Excerpt(step, begin, end, timeline.lanes))
    return tuple(found)
