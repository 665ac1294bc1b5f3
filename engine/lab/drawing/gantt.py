"""Runs under each rule as an SVG picture: who worked at what, where the long jobs were, how many waited."""

from __future__ import annotations

from collections.abc import Sequence

from engine.lab.drawing.canvas import Canvas
from engine.lab.drawing.colours import COLOURS
from engine.lab.scheduling.outcome import FIGURES, Outcome, Verdict
from engine.lab.watching.timeline import Kind

WIDTH, LEFT, RIGHT, LANE, ROW, CROWD = 960, 90, 16, 14, 12, 30
SHORT = COLOURS[Kind.RUN]
LONG = ("#4a90d9", "#a05ab4", "#d9764a", "#c94f6d", "#7a8fe0", "#b0a03a")
"""One for each long job, in turn."""
PAUSE = "#4b463f"


def gantt_svg(verdicts: Sequence[Verdict]) -> str:
    """The typical run of each rule, all on one scale of time."""
    canvas = Canvas(WIDTH, "The same jobs under several queues")
    seconds = max(each.typical.seconds for each in verdicts)
    scale = (WIDTH - LEFT - RIGHT) / seconds
    top = 14.0
    for each in verdicts:
        top = _verdict(canvas, top, each, scale) + 18
    canvas.box(LEFT, top, 12, 12, SHORT)
    canvas.words(LEFT + 18, top, "short jobs", size=12, faint=True)
    canvas.box(LEFT + 110, top, 12, 12, LONG[0])
    canvas.words(LEFT + 128, top, "long jobs, a colour each", size=12, faint=True)
    canvas.box(LEFT + 290, top, 12, 12, PAUSE)
    canvas.words(LEFT + 308, top, "waits", size=12, faint=True)
    canvas.words(WIDTH - RIGHT, top, f"{seconds:.2f} s", size=12, faint=True, to="end")
    return canvas.text()


def _verdict(canvas: Canvas, top: float, verdict: Verdict, scale: float) -> float:
    run = verdict.typical
    canvas.words(LEFT, top, verdict.policy.title, size=15)
    mean, worst, starved = (
        1e3 * FIGURES[name](run) for name in ("mean_latency", "worst_latency", "longest_starvation")
    )
    told = f"latency {mean:.0f} ms, at worst {worst:.0f} ms; longest without a worker {starved:.0f} ms"
    canvas.words(WIDTH - RIGHT, top + 2, told, size=12, faint=True, to="end")
    top += 22
    for worker in range(run.workers):
        canvas.words(LEFT - 8, top + 1, f"worker {worker + 1}", size=11, faint=True, to="end")
        _worker(canvas, run, worker, top, scale)
        top += LANE + 2
    tints = _tints(run)
    for job in (each for each in run.jobs if each.arrival.long):
        canvas.words(LEFT - 8, top - 1, f"long {job.arrival.name}", size=10, faint=True, to="end")
        canvas.box(LEFT + job.arrival.time * scale, top, job.latency * scale, ROW - 3, PAUSE)
        for each in job.slices:
            canvas.box(
                LEFT + each.begin * scale, top, (each.end - each.begin) * scale, ROW - 3, tints[job.arrival.name]
            )
        top += ROW
    return _crowd(canvas, run, top + 2, scale)


def _tints(run: Outcome) -> dict[str, str]:
    names = [job.arrival.name for job in run.jobs if job.arrival.long]
    return {name: LONG[place % len(LONG)] for place, name in enumerate(names)}


def _worker(canvas: Canvas, run: Outcome, worker: int, top: float, scale: float) -> None:
    tints = _tints(run)
    places: dict[str, list[tuple[float, float]]] = {}
    for job in run.jobs:
        mine = [(LEFT + s.begin * scale, LEFT + s.end * scale - 0.3) for s in job.slices if s.worker == worker]
        places.setdefault(tints.get(job.arrival.name, SHORT), []).extend(mine)
    for colour, found in places.items():
        canvas.boxes(found, top, LANE, colour)


def _crowd(canvas: Canvas, run: Outcome, top: float, scale: float) -> float:
    """How many jobs had come and were not done, over time."""
    changes = sorted([(job.arrival.time, 1) for job in run.jobs] + [(job.end, -1) for job in run.jobs])
    count, points = 0, [(0.0, 0)]
    for when, change in changes:
        points += [(when, count), (when, count + change)]
        count += change
    most = max(count for _, count in points)
    canvas.words(LEFT - 8, top + CROWD - 14, f"{most} there", size=11, faint=True, to="end")
    canvas.line([(LEFT + x * scale, top + CROWD * (1 - y / most)) for x, y in points], COLOURS[Kind.LOCK])
    return top + CROWD
