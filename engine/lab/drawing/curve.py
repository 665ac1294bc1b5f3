"""The curve of a filter's speed over its workers as an SVG picture, with what would limit it."""

from __future__ import annotations

from engine.lab.drawing.canvas import Canvas
from engine.lab.drawing.colours import COLOURS, FAINT
from engine.lab.scaling.curve import Curve
from engine.lab.watching.timeline import Kind

WIDTH, HEIGHT, LEFT, TOP, RIGHT = 640, 360, 60, 48, 24
GREY = "#2a2724"


def curve_svg(curve: Curve) -> str:
    """Speed-up over workers: measured with its spread, Amdahl's fit, the cores' limit and the memory's."""
    canvas = Canvas(WIDTH, f"{curve.specification} with more and more workers")
    canvas.words(LEFT, 12, curve.specification, size=15)
    most = curve.points[-1].workers
    top = max(float(most), *(curve.speed_up(point).most for point in curve.points)) * 1.05

    def at(workers: float, gained: float) -> tuple[float, float]:
        across = (workers - 1) / max(1, most - 1)
        return LEFT + across * (WIDTH - LEFT - RIGHT - 20) + 10, TOP + HEIGHT * (1 - min(gained, top) / top)

    for line in range(1, int(top) + 1):
        canvas.line([at(1, line), at(most, line)], GREY)
        canvas.words(LEFT - 8, at(1, line)[1] - 6, f"×{line}", size=12, faint=True, to="end")
    for point in curve.points:
        canvas.words(at(point.workers, 0)[0], TOP + HEIGHT + 6, str(point.workers), size=12, faint=True, to="middle")
    canvas.line([at(1, 1), at(most, most)], FAINT, dashed=True)
    canvas.line([at(p.workers, curve.ceiling(p).median) for p in curve.points], COLOURS[Kind.LOCK])
    canvas.line([at(p.workers, curve.bandwidth_limit(p)) for p in curve.points], COLOURS[Kind.CORE])
    smooth = [1 + (most - 1) * step / 60 for step in range(61)]
    canvas.line([at(count, curve.amdahl(count)) for count in smooth], COLOURS[Kind.INPUT])
    for point in curve.points:
        gained = curve.speed_up(point)
        canvas.line([at(point.workers, gained.least), at(point.workers, gained.most)], COLOURS[Kind.RUN])
        said = f"{point.workers} workers: ×{gained.median:.2f}, {curve.rate(point):.0f} Mpx/s"
        canvas.dot(*at(point.workers, gained.median), COLOURS[Kind.RUN], said)
    _legend(canvas, curve, TOP + HEIGHT + 28)
    return canvas.text()


def _legend(canvas: Canvas, curve: Curve, top: float) -> None:
    told = (
        (COLOURS[Kind.RUN], "measured, from least to most"),
        (COLOURS[Kind.INPUT], f"Amdahl, {curve.serial:.1%} serial"),
        (COLOURS[Kind.LOCK], "a loop in registers: the cores' limit"),
        (COLOURS[Kind.CORE], "moving its bytes alone: the memory's limit"),
        (FAINT, "as many times as workers"),
    )
    for place, (colour, words) in enumerate(told):
        left, row = LEFT + (place % 2) * 290, top + (place // 2) * 20
        canvas.box(left, row + 4, 14, 4, colour)
        canvas.words(left + 22, row, words, size=12, faint=True)
    canvas.words(LEFT, top + 62, curve.limit, size=12)
