"""Time lines of strategies as an SVG picture: a row of lanes for each, a column for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.lab.drawing.canvas import Canvas
from engine.lab.drawing.colours import COLOURS
from engine.lab.drawing.excerpt import WINDOW, excerpts
from engine.lab.job import Step
from engine.lab.watching.timeline import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.lab.drawing.excerpt import Excerpt
    from engine.lab.measuring.measurement import Measurement
    from engine.lab.watching.timeline import LaneLine

WIDTH, LEFT, RIGHT, GAP, LANE = 960, 16, 16, 14, 14
COLUMN = (WIDTH - LEFT - RIGHT - GAP * (len(Step) - 1)) / len(Step)


def lanes_svg(measurements: Sequence[Measurement]) -> str:
    """What the workers of each did in the begin of each step; those that were not watched are left out."""
    shown = [each for each in measurements if each.timeline is not None]
    canvas = Canvas(WIDTH, "What the threads really did: " + ", ".join(each.title for each in shown))
    top = 16.0
    for column, step in enumerate(Step):
        canvas.words(_left(column), top, step.title, faint=True)
    top += 24
    for each in shown:
        top = _strategy(canvas, top, each) + 16
    _legend(canvas, top + 4)
    return canvas.text()


def _left(column: int) -> float:
    return LEFT + column * (COLUMN + GAP)


def _strategy(canvas: Canvas, top: float, measurement: Measurement) -> float:
    canvas.words(LEFT, top, measurement.title, size=15)
    top += 22
    timeline = measurement.timeline
    assert timeline is not None
    bottom = top
    for column, excerpt in enumerate(excerpts(timeline)):
        for row, lane in enumerate(excerpt.lanes):
            _lane(canvas, excerpt, lane, _left(column), top + row * (LANE + 3))
        bottom = top + len(excerpt.lanes) * (LANE + 3)
        speed = measurement.times(excerpt.step).speed_up.median
        canvas.words(_left(column), bottom + 2, f"{timeline.verdict(excerpt.step)}, ×{speed:.2f}", size=12, faint=True)
    return bottom + 16


def _lane(canvas: Canvas, excerpt: Excerpt, lane: LaneLine, left: float, top: float) -> None:
    scale = COLUMN / WINDOW
    for span in lane.spans:
        begin, end = max(span.begin, excerpt.begin), min(span.end, excerpt.end)
        if end > begin:
            place = left + (begin - excerpt.begin) * scale
            said = f"{lane.name} {span.kind}, {1e3 * (span.end - span.begin):.1f} ms"
            canvas.box(place, top, (end - begin) * scale, LANE, COLOURS[span.kind], said)


def _legend(canvas: Canvas, top: float) -> None:
    left = float(LEFT)
    for kind in Kind:
        canvas.box(left, top, 12, 12, COLOURS[kind])
        canvas.words(left + 18, top, kind, size=12, faint=True)
        left += 36 + 7 * len(kind)
    canvas.words(WIDTH - RIGHT, top, f"the first {1e3 * WINDOW:.0f} ms of each step", size=12, faint=True, to="end")
