"""What is sent when there is little room: pictures behind everything else, nothing twice, and at last everything."""

import random

from tests.tui.driver import Terminal, TerminalStream
from tui.graphics.transfer import Transfer
from tui.output.abilities import Abilities
from tui.output.app import CellApp
from tui.output.difference import CELL, DRAWN
from tui.output.pen import PLAIN, UNSEEN, Pen
from tui.output.shadow import Shadow

COLUMNS, ROWS = 40, 12
RED: Pen = ("38;2;255;0;0", "48;2;0;0;9", 0, "")
TEXTS = ("list of names", "漢字 and more", "━━━━ 50 %", "")


def cells(text: str, width: int) -> list[str]:
    found = [cell for char in text for cell in ((char, "") if char > "\u2fff" else (char,))]
    return (found + [" "] * width)[:width]


def fill(shadow: Shadow, chance: random.Random) -> None:
    """Text on the left, a picture on the right."""
    y = chance.randrange(ROWS)
    shadow.compose(y, 0, cells(chance.choice(TEXTS), 16), [PLAIN] * 16)
    pens: list[Pen] = [
        (f"38;5;{chance.randrange(16, 99)}", f"48;5;{chance.randrange(16, 99)}", 0, "") for _ in range(24)
    ]
    shadow.compose(y, 16, ["▀"] * 24, pens, b"\1" * 24)


def shown(shadow: Shadow) -> list[str]:
    return ["".join(row.chars) for row in shadow._composed]


def test_little_by_little_everything_is_shown() -> None:
    for seed in range(20):
        chance = random.Random(seed)
        shadow = Shadow(Abilities(erase=True))
        screen = Terminal(COLUMNS, ROWS)
        stream = TerminalStream(screen)
        shadow.resize(COLUMNS, ROWS)
        for _ in range(60):
            fill(shadow, chance)
            room = chance.randrange(80, 900)
            sent = shadow.difference(room, chance.randrange(room))
            assert len(sent.encode()) <= room + CELL
            stream.feed(sent)
        while shadow.behind:
            stream.feed(shadow.difference(200, 200))
        assert ["".join(cell[0] for cell in screen.cells(y)) for y in range(ROWS)] == shown(shadow)
        assert shadow.difference() == ""


def test_a_picture_waits_for_everything_else() -> None:
    shadow = Shadow(Abilities())
    shadow.resize(COLUMNS, ROWS)
    shadow.difference()
    for y in range(ROWS):
        shadow.compose(y, 16, ["▀"] * 24, [RED] * 24, b"\1" * 24)
    shadow.compose(ROWS - 1, 0, cells("moved", 16), [PLAIN] * 16)
    first = shadow.difference(200, 200)
    assert "moved" in first
    assert first.index("moved") < first.index("▀")
    shadow.compose(ROWS - 1, 0, cells("again", 16), [PLAIN] * 16)
    second = shadow.difference(200, 0)
    assert "again" in second
    assert "▀" not in second
    assert shadow.behind


def test_cells_of_a_picture_of_pixels_are_never_written() -> None:
    shadow = Shadow(Abilities(erase=True))
    shadow.resize(COLUMNS, ROWS)
    shadow.difference()
    for y in range(4):
        pens: list[Pen] = [("", "", UNSEEN, f"7;{x};{y}") for x in range(10)]
        shadow.compose(2 + y, 20, [DRAWN] * 10, pens, b"\1" * 10)
    shadow.compose(2, 0, cells("beside", 16), [PLAIN] * 16)
    assert shadow.wanted() == {7: (2, 20)}
    sent = shadow.difference()
    assert "beside" in sent
    assert DRAWN not in sent
    assert shadow.behind
    shadow.drawn(7, 2, 20, 10, 4)
    assert shadow.wanted() == {}
    assert shadow.difference() == ""
    assert not shadow.behind
    shadow.compose(3, 22, cells("dialog", 6), [PLAIN] * 6)
    assert "dialog" in shadow.difference()
    pens = [("", "", UNSEEN, f"7;{x};1") for x in range(2, 8)]
    shadow.compose(3, 22, [DRAWN] * 6, pens, b"\1" * 6)
    assert shadow.wanted() == {7: (2, 20)}


def test_a_picture_that_lies_above_the_cells_goes_before_a_dialog_comes() -> None:
    app: CellApp[None] = CellApp()
    shadow, pictures = app._shadow, app._pictures
    shadow.resize(COLUMNS, ROWS)
    shadow.difference()
    placed = Transfer("kitty", 7, 10, 4, ("<upload>",), "<show>", "<abort>", "<free>", (), "<hide>")
    pictures.send(placed, lambda _: None)
    assert pictures.take(100) == "<upload>"
    pictures.arrived()
    for y in range(4):
        pens: list[Pen] = [("", "", UNSEEN, f"7;{x};{y}") for x in range(10)]
        shadow.compose(2 + y, 20, [DRAWN] * 10, pens, b"\1" * 10)
    assert app._draw_pictures(1000) == "\x1b[3;21H<show>"
    assert shadow.difference() == ""
    shadow.compose(3, 22, cells("dialog", 6), [PLAIN] * 6)
    assert app._draw_pictures(1000) == "<hide>"
    assert "dialog" in shadow.difference()
    assert app._draw_pictures(1000) == ""
    pens = [("", "", UNSEEN, f"7;{x};1") for x in range(2, 8)]
    shadow.compose(3, 22, [DRAWN] * 6, pens, b"\1" * 6)
    assert app._draw_pictures(1000) == "\x1b[3;21H<show>"
    for y in range(2, 6):
        shadow.compose(y, 20, [" "] * 10, [PLAIN] * 10)
    assert app._draw_pictures(1000) == "<hide>"
    assert shadow.difference() != "", "what it lay over is written anew"
    assert not shadow.behind
    assert not pictures.pending
