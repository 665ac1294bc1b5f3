"""Worker threads for the monitor: a row each with its last minute, or a few columns each. Numbers in, lines out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.files.name import show
from engine.telemetry import Lane, Snapshot, Stage
from tui.theme import Inks
from tui.widgets.bar import level, progress
from tui.widgets.figures import percent, rate
from tui.widgets.lane_row import letter
from tui.widgets.line import Line
from tui.widgets.past import Kind
from tui.widgets.time_line import length, time_line

NUMBER, LOAD, RATE, GAP = 5, 6, 11, 2
ROOM_FOR_WORD, WORD = 150, 7
BAR, ROOM_FOR_NAME = 8, 13
LEAST_CELL, ROOM_FOR_LOAD, ROOM_FOR_RATE, ROOM_FOR_ROW = 8, 14, 26, 60
"""Columns of a thread among many, and those that show its load as a number too, its speed, and all of its row."""


@dataclass(frozen=True, slots=True)
class Thread:
    """One worker thread as it is shown."""

    number: int
    lane: Lane
    file: str
    cells: Sequence[Kind | None]
    pen: int


def minute(width: int) -> int:
    """Cells of the time lines in rows of that width."""
    return length(width - NUMBER - 2 - _word(width) - _bar(width) - LOAD - RATE - 2 * GAP - ROOM_FOR_NAME)


def thread_heading(width: int, ink: Inks) -> Line:
    """What the columns of a thread's row are."""
    line = Line().add("", ink.faint, NUMBER).add("stage", ink.faint, 2 + _word(width) + _bar(width))
    line.add("cpu", ink.faint, LOAD, "right").add("speed", ink.faint, RATE, "right").add("", ink.faint, GAP)
    cells = minute(width)
    return line.add("last minute" if cells else "", ink.faint, cells + GAP if cells else 0).add("file", ink.faint)


def thread_row(thread: Thread, width: int, ink: Inks) -> Line:
    """Number, stage, how far its file is, load of this very thread, speed, its last minute, its file."""
    lane = thread.lane
    idle, style = lane.stage is Stage.IDLE, ink.stages[lane.stage]
    line = _number(thread, ink).add(letter(lane.stage), style).add(" ", style)
    if _word(width):
        line.add(lane.stage.name.lower(), ink.faint if idle else ink.text, WORD)
    line.extend(progress(0.0 if idle else lane.fraction, _bar(width), style, ink.track))
    line.add(percent(lane.load), ink.faint if idle else ink.text, LOAD, "right")
    line.add(rate(lane.rate), ink.faint if idle else ink.text, RATE, "right").add("", ink.text, GAP)
    if thread.cells:
        line.extend(time_line(thread.cells, thread.pen, ink)).add("", ink.text, GAP)
    room = width - line.width - 1
    return line.add(show(thread.file, room) if thread.file and room > 0 else "", ink.muted)


def thread_cell(thread: Thread, width: int, ink: Inks) -> Line:
    """All of its row where that has room, or number, stage and load in a few columns."""
    if width >= ROOM_FOR_ROW:
        return thread_row(thread, width, ink)
    lane = thread.lane
    line = _number(thread, ink).add(letter(lane.stage), ink.stages[lane.stage]).add(level(lane.load), ink.glow)
    if width >= ROOM_FOR_LOAD:
        line.add(percent(lane.load), ink.muted, LOAD, "right")
    if width >= ROOM_FOR_RATE:
        line.add(rate(lane.rate), ink.muted, RATE, "right")
    return line


def worst_first(snapshot: Snapshot) -> list[int]:
    """The threads by number of their slot: those whose files failed, then the slowest, those without work last."""

    def key(slot: int) -> tuple[int, float]:
        lane = snapshot.lanes[slot]
        known = lane.megapixels > 0 and lane.busy_seconds > 0
        return -lane.failed, lane.megapixels / lane.busy_seconds if known else float("inf")

    return sorted(range(len(snapshot.lanes)), key=key)


def _number(thread: Thread, ink: Inks) -> Line:
    """With a mark where a file of the thread failed."""
    failed = thread.lane.failed > 0
    return Line().add(f"{'!' if failed else ' '}{thread.number:3} ", ink.alarm if failed else ink.muted)


def _word(width: int) -> int:
    return WORD if width >= ROOM_FOR_WORD else 0


def _bar(width: int) -> int:
    return min(max(width // 10, BAR), 30)
