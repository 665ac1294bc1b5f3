"""A thread's last minute as cells, written round like an oscilloscope: a pen goes over the oldest, nothing scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.style import Style

from engine.telemetry import Stage
from tui.theme import Inks
from tui.widgets.past import Kind

LETTERS = {Kind.IDLE: "·", Kind.DECODE: "D", Kind.FILTER: "F", Kind.ENCODE: "E", Kind.WAIT: "w"}
PEN = "▏"
LENGTHS = (120, 60, 30, 20, 12)
"""In cells, the longest that there is room for: each is a whole part of a minute."""


def length(room: int) -> int:
    """Cells of a time line in so many columns; 0 where there is room for none."""
    return next((cells for cells in LENGTHS if cells <= room), 0)


def style_of(kind: Kind, ink: Inks) -> Style:
    """Work is on a ground of its stage's colour, waiting and idling are not."""
    return ink.minute[kind]


def time_line(cells: Sequence[Kind | None], pen: int, ink: Inks) -> list[tuple[str, Style]]:
    """The cells as pieces, with the pen on the one that is written next."""
    ahead = (pen + 1) % len(cells)
    pieces = []
    for (under_pen, kind), run in groupby(enumerate(cells), lambda each: (each[0] == ahead, each[1])):
        count = len(list(run))
        if under_pen:
            pieces.append((PEN, ink.lamp))
        elif kind is None:
            pieces.append((" " * count, ink.faint))
        else:
            pieces.append((LETTERS[kind] * count, style_of(kind, ink)))
    return pieces


def legend(ink: Inks, *, timed: bool) -> list[tuple[str, Style]]:
    """What the letters of threads mean in their own colours; those that the time lines draw as waiting come last."""
    pieces = [(" ", ink.muted)]
    for kind, letter in LETTERS.items():
        if kind is not Kind.WAIT:
            pieces += [(letter, style_of(kind, ink)), (f" {kind.name.lower()}  ", ink.muted)]
    pieces += [(LETTERS[Kind.WAIT], style_of(Kind.WAIT, ink)), (" wait:", ink.muted)] if timed else []
    for stage in (Stage.READ, Stage.WRITE, Stage.PAUSED):
        pieces += [(" " + stage.name[0], ink.stages[stage]), (stage.name[1:].lower(), ink.muted)]
    return pieces
