"""One worker thread as a row: stage as letter, word and colour, bar, CPU load, speed, file. Numbers in, a line out."""

from engine.files.name import show
from engine.telemetry import Lane, Stage
from tui.theme import Inks
from tui.widgets.bar import progress
from tui.widgets.figures import percent, rate
from tui.widgets.line import Line

NARROWEST = 36
"""Columns a lane needs to tell its number, stage, bar and the beginning of a name."""
ROOM_FOR_WORD, ROOM_FOR_LOAD, ROOM_FOR_RATE, ROOM_FOR_SHARE = 56, 64, 48, 44
"""Many lanes, side by side, tell how far they are by their bars alone: over a thin line each number has its price."""
SHORTEST_BAR, LONGEST_BAR = 8, 40


def letter(stage: Stage) -> str:
    """The stage in one character."""
    return "·" if stage is Stage.IDLE else stage.name[0]


def lane_row(number: int, lane: Lane, file: str, width: int, ink: Inks) -> Line:
    """The lane in `width` columns; what there is no room for is left out, the file's name last."""
    idle = lane.stage is Stage.IDLE
    style = ink.stages[lane.stage]
    line = Line().add(f"{number:3} ", ink.muted).add(letter(lane.stage), style)
    if width >= ROOM_FOR_WORD:
        line.add(f" {lane.stage.name.lower()}", ink.faint if idle else ink.text, 8)
    bar = min(max(width // 5, SHORTEST_BAR), LONGEST_BAR)
    line.add(" ", style).extend(progress(0.0 if idle else lane.fraction, bar, style, ink.track))
    if width >= ROOM_FOR_SHARE:
        line.add("" if idle else percent(lane.fraction), ink.text, 6, "right")
    if width >= ROOM_FOR_LOAD:
        line.add(percent(lane.load), ink.text, 7, "right").add(" cpu", ink.muted)
    if width >= ROOM_FOR_RATE:
        line.add(rate(lane.rate), ink.faint if idle else ink.text, 11, "right")
    room = width - line.width - 3
    return line.add("  ", ink.text).add(show(file, room) if file and room > 0 else "", ink.muted)
