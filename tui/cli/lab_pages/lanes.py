"""Time lines in a terminal: a line of cells for each worker, told apart by their shape as well as by their colour."""

from collections.abc import Iterator

from rich.text import Text

from engine.lab.drawing.colours import COLOURS
from engine.lab.drawing.excerpt import excerpts
from engine.lab.measuring.measurement import Measurement
from engine.lab.watching.timeline import Kind, Timeline

SHAPES = {Kind.RUN: "█", Kind.LOCK: "·", Kind.INPUT: "~", Kind.CORE: "▒", Kind.IDLE: " "}
GAP = 2


def lane_lines(measurement: Measurement, timeline: Timeline, width: int) -> Iterator[Text]:
    """The title, a line for each worker with the begin of all steps, and how they shared each."""
    yield Text(measurement.title, style="bold")
    shown = excerpts(timeline)
    if not shown:
        return
    count = max(8, (width - GAP * (len(shown) - 1)) // len(shown))
    yield _columns([each.step.title for each in shown], count, "dim")
    for row in range(len(timeline.lanes)):
        line = Text()
        for place, each in enumerate(shown):
            line.append(" " * GAP if place else "")
            for kind in each.cells(each.lanes[row], count):
                line.append(SHAPES[kind], COLOURS[kind])
        yield line
    speeds = [f"{timeline.verdict(each.step)} ×{measurement.times(each.step).speed_up.median:.2f}" for each in shown]
    yield _columns(speeds, count, "")


def legend() -> Text:
    """What the cells mean."""
    line = Text()
    for kind in Kind:
        line.append(f"{SHAPES[kind]}", COLOURS[kind]).append(f" {kind}   ", "dim")
    return line


def _columns(words: list[str], count: int, style: str) -> Text:
    cut = [word if len(word) <= count else word[: count - 1] + "…" for word in words]
    return Text((" " * GAP).join(f"{word:<{count}}" for word in cut).rstrip(), style=style)
