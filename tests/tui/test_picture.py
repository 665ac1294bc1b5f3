"""The picture widget: in the middle, only what differs drawn again, and it says how many cells it has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.segment import Segment
from textual.app import ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.strip import Strip

from tests.tui.driver import EmulatedDriver, composed, terminal_of
from tui.graphics.transfer import Transfer, drawn_cells
from tui.messages import FitPicture
from tui.output.app import CellApp
from tui.output.colours import Colours
from tui.output.pen import Pen
from tui.output.strip import CellStrip
from tui.widgets.picture import Picture


class Frame(CellApp[None]):
    """Nothing but a picture."""

    CSS = "Picture { background: #202020; } .light { background: #e0e0e0; }"

    def __init__(self) -> None:
        super().__init__(driver_class=EmulatedDriver, colours=Colours("truecolor", "the test says so"))
        self.fits: list[tuple[int, int]] = []

    def compose(self) -> ComposeResult:
        """The picture."""
        yield Picture(id="picture")

    def on_fit_picture(self, message: FitPicture) -> None:
        """Note its size."""
        self.fits.append((message.columns, message.rows))


@asynccontextmanager
async def framed() -> AsyncIterator[tuple[Pilot[None], Picture]]:
    """The app, and its picture."""
    app = Frame()
    async with app.run_test(headless=False, size=(20, 6)) as pilot:
        await pilot.pause(0.1)
        terminal_of(app).count()
        yield pilot, app.query_one(Picture)


async def test_what_a_dialog_covered_is_coarse_and_then_sharp() -> None:
    async with framed() as (pilot, picture):
        picture.show(strips(*["coarse......"] * 4), coarse=True)
        picture.show(strips(*["sharp!!!!!!!"] * 4))
        await pilot.pause()
        whole = [line for line in lines(pilot) if line]
        picture.uncover(Region(), 0.1)
        picture.uncover(Region(100, 100, 5, 5), 0.1)
        await pilot.pause()
        assert [line for line in lines(pilot) if line] == whole
        picture.uncover(Region(6, 2, 4, 2), 0.1)
        await pilot.pause()
        assert [line.strip() for line in lines(pilot) if line] == [
            "sharp!!!!!!!",
            "sharse!!!!!!",
            "sharse!!!!!!",
            "sharp!!!!!!!",
        ]
        await pilot.pause(0.3)
        assert [line for line in lines(pilot) if line] == whole


@pytest.mark.parametrize("pieces", [(), ("\x1b]1337;FilePart=AAAA\x07", "\x1b]1337;FilePart=BBBB\x07")])
async def test_a_picture_that_was_drawn_over_comes_again_though_nothing_else_happens(pieces: tuple[str, ...]) -> None:
    show = "\x1b]1337;FileEnd\x07"
    whole = Transfer("iterm2", 7, 4, 2, pieces, show, "", "", drawn_cells(7, 4, 2))
    async with framed() as (pilot, picture):
        app = pilot.app
        assert isinstance(app, Frame)
        for _ in range(3):
            app.send_picture(whole, lambda sent: picture.show(sent.strips))
            await pilot.pause(0.2)
            written = "".join(terminal_of(app).writes)
            assert [written.count(each) for each in (*pieces, show)] == [1] * (len(pieces) + 1)
            picture.show(strips("over", "over"))
            await pilot.pause(0.2)
            terminal_of(app).count()


def strips(*rows: str) -> tuple[CellStrip, ...]:
    """A picture of letters in red on green."""
    pen: Pen = ("38;2;255;0;0", "48;2;0;255;0", 0, "")
    return tuple(CellStrip(list(row), [pen] * len(row)) for row in rows)


def lines(pilot: Pilot[None]) -> list[str]:
    """What the terminal shows, after a check that Textual wants the same."""
    terminal = terminal_of(pilot.app).terminal
    assert [terminal.cells(y) for y in range(terminal.lines)] == composed(pilot.app)
    return [line.rstrip() for line in terminal.display]


async def test_a_picture_stands_in_the_middle() -> None:
    async with framed() as (pilot, picture):
        picture.show(strips("abcd", "efgh"))
        await pilot.pause(0.1)
        assert lines(pilot) == ["", "", "        abcd", "        efgh", "", ""]
        cells = terminal_of(pilot.app).terminal.cells(2)
        assert cells[8][1:3] == ("ff0000", "00ff00")
        assert cells[7][2] == cells[12][2] == "202020"
        assert [strip.text for strip in picture.strips] == ["abcd", "efgh"]


async def test_only_rows_that_differ_are_drawn_again() -> None:
    async with framed() as (pilot, picture):
        picture.show(strips("abcd", "efgh", "ijkl"))
        await pilot.pause(0.1)
        terminal_of(pilot.app).count()
        before = picture.render_lines(picture.size.region)
        picture.show(strips("abcd", "eXgh", "ijkl"))
        assert picture._repaint_regions == {Region(0, 2, 20, 1)}
        await pilot.pause(0.1)
        after = picture.render_lines(picture.size.region)
        assert [old is new for old, new in zip(before, after, strict=True)] == [True, True, False, True, True, True]
        assert 0 < terminal_of(pilot.app).count() < 60
        picture.show(strips("abcd", "eXgh", "ijkl"))
        await pilot.pause(0.1)
        assert terminal_of(pilot.app).count() == 0


async def test_words_stand_where_no_picture_is() -> None:
    async with framed() as (pilot, picture):
        picture.say("写真 [b].jpg", "decoding")
        await pilot.pause(0.1)
        shown = lines(pilot)
        assert shown[2].replace(" ", "") == "写真[b].jpg"
        assert shown[3].strip() == "decoding"
        picture.show(strips("abcd"))
        await pilot.pause(0.1)
        assert "decoding" not in "".join(lines(pilot))
        picture.show(())
        await pilot.pause(0.1)
        assert lines(pilot) == shown


async def test_what_is_too_large_is_cut_on_all_sides() -> None:
    async with framed() as (pilot, picture):
        wide = "".join(chr(ord("a") + x % 26) for x in range(24))
        picture.show(strips(*[wide] * 4, "x" * 24, *[wide] * 5))
        await pilot.pause(0.1)
        assert lines(pilot) == [wide[2:22]] * 2 + ["x" * 20] + [wide[2:22]] * 3
        picture.show([Strip([Segment("y" * 30)])])
        await pilot.pause(0.1)
        assert lines(pilot)[2] == "y" * 20


async def test_it_says_its_size_when_that_changes() -> None:
    async with framed() as (pilot, picture):
        app = pilot.app
        assert isinstance(app, Frame)
        assert app.fits == [(20, 6)]
        picture.show(strips("abcd"))
        await pilot.pause(0.1)
        terminal_of(app).resize(11, 3)
        await pilot.pause(0.2)
        assert app.fits == [(20, 6), (11, 3)]
        assert lines(pilot) == ["", "   abcd", ""]


async def test_another_background_reaches_the_ground_around_it() -> None:
    async with framed() as (pilot, picture):
        picture.show(strips("abcd"))
        await pilot.pause(0.1)
        picture.add_class("light")
        await pilot.pause(0.1)
        assert lines(pilot)[2].strip() == "abcd"
        assert {cell[2] for cell in terminal_of(pilot.app).terminal.cells(0)} == {"e0e0e0"}


async def test_a_translucent_screen_dims_it() -> None:
    async with framed() as (pilot, picture):
        picture.show(strips("abcd"))
        await pilot.pause(0.1)
        pilot.app.push_screen(ModalScreen())
        await pilot.pause(0.2)
        assert lines(pilot)[2].strip() == "abcd"
        assert terminal_of(pilot.app).terminal.cells(2)[8][2] != "00ff00"
        assert "abcd" in pilot.app.export_screenshot()


async def test_a_picture_of_another_size_forgets_what_was_covered() -> None:
    async with framed() as (pilot, picture):
        picture.show(strips(*["coarse"] * 6), coarse=True)
        picture.show(strips(*["sharp!"] * 6))
        picture.uncover(Region(0, 0, 20, 6), 0.2)
        await pilot.pause()
        assert "coarse" in "".join(lines(pilot))
        picture.styles.height = 3
        await pilot.pause()
        assert [line.strip() for line in lines(pilot) if line] == ["sharp!"] * 3
        await pilot.pause(0.3)
        assert pilot.app.is_running
