"""The app in an emulated terminal: after every update it shows what Textual composed, in few bytes or none."""

import os
import random
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, ProgressBar

from tests.tui.driver import EmulatedDriver, composed, terminal_of
from tests.tui.output.panes import Panes, picture
from tui.graphics.ours import OURS
from tui.output.colours import Colours, Depth

TRUECOLOR = Colours("truecolor", "the test says so")
KEYS = (
    *("down", "up", "end", "home", "tab", "shift+tab", "a", "escape", "space", "5", "backspace"),
    *("ctrl+p", "left", "right", "é", "漢"),
)


@asynccontextmanager
async def running(size: tuple[int, int] = (120, 50), colours: Colours = TRUECOLOR) -> AsyncIterator[Pilot[int]]:
    app = Panes(driver_class=EmulatedDriver, colours=colours)
    async with app.run_test(headless=False, size=size, notifications=True, tooltips=True) as pilot:
        await settle(pilot)
        yield pilot


async def settle(pilot: Pilot[int]) -> None:
    """Wait until nothing more is written."""
    terminal = terminal_of(pilot.app)
    written = -1
    while written != terminal.total:
        written = terminal.total
        await pilot.pause(0.05)


def assert_shown(pilot: Pilot[int], after: object = None) -> None:
    """The terminal shows what Textual composed."""
    screen = terminal_of(pilot.app).terminal
    for y, wanted in enumerate(composed(pilot.app)):
        assert screen.cells(y) == wanted, (y, after)


async def disturb(pilot: Pilot[int], chance: random.Random) -> str:
    """Do one thing of many to the app."""
    app = pilot.app
    assert isinstance(app, Panes)
    match chance.randrange(9):
        case 0:
            size = chance.randrange(20, 130), chance.randrange(5, 45)
            terminal_of(app).resize(*size)
            return f"resize to {size}"
        case 1:
            text = "".join(chance.choices("abc  漢字かな한e\u0301 ━█▀▄\n\x1b\x07\x9b[31m", k=chance.randrange(200)))
            app.say(text)
            return f"say {text!r}"
        case 2:
            app.query_one(ProgressBar).update(progress=chance.randrange(101))
            return "progress"
        case 3:
            terminal_of(app).entered += 1
            terminal_of(app).terminal.garble()
            app.refresh()
            return "taken over again"
        case 4:
            app.query_one(DataTable).add_row("one", "more")
            return "row"
        case 5:
            app.clear_notifications()
            app.notify(chance.choice(("写真 done", "done")), timeout=60)
            await settle(pilot)
            app.screen.refresh()
            return "notify"
        case _:
            key = chance.choice(KEYS)
            await pilot.press(key)
            return f"press {key}"


@pytest.mark.parametrize(
    ("seed", "term"),
    [(1, "xterm-kitty"), (2, "xterm-256color"), (3, "screen"), (4, "foot")],
)
async def test_the_terminal_shows_what_is_composed(seed: int, term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", term)
    for name in ("TMUX", "STY", "VTE_VERSION"):
        monkeypatch.delenv(name, raising=False)
    chance = random.Random(seed)
    async with running((100, 30)) as pilot:
        assert_shown(pilot)
        for _ in range(15):
            done = [await disturb(pilot, chance) for _ in range(chance.randrange(1, 4))]
            await settle(pilot)
            assert_shown(pilot, done)


async def test_bytes_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    async with running() as pilot:
        terminal = terminal_of(pilot.app)
        assert 1000 < terminal.count() <= 15_000
        for key in ("down", "down", "up"):
            await pilot.press(key)
            await settle(pilot)
            assert 0 < terminal.count() <= 500
        pilot.app.screen.refresh()
        pilot.app.query_one("#list").refresh(layout=True)
        await settle(pilot)
        assert terminal.count() == 0
        await pilot.pause(0.5)
        assert terminal.count() == 0


async def test_a_thin_line_is_sent_a_little_at_a_time() -> None:
    app = Panes(driver_class=EmulatedDriver, colours=TRUECOLOR)
    async with app.run_test(headless=False, size=(100, 30)) as pilot:
        terminal = terminal_of(app)
        terminal.most = 700
        chance = random.Random(7)
        await settle(pilot)
        terminal.writes.clear()
        for _ in range(12):
            await disturb(pilot, chance)
            await settle(pilot)
            assert_shown(pilot)
        assert max(len(write.encode()) for write in terminal.writes) <= terminal.most


async def test_a_busy_terminal_is_sent_the_newest_only_and_all_of_it() -> None:
    async with running() as pilot:
        app, terminal = pilot.app, terminal_of(pilot.app)
        assert isinstance(app, Panes)
        terminal.count()
        terminal.blocked = True
        for number in range(20):
            app.say(f"frame {number}")
            await pilot.press("down")
        assert terminal.count() == 0
        terminal.unblock()
        await settle(pilot)
        assert len(terminal.writes) == 1
        assert "frame 19" in terminal.writes[0]
        assert_shown(pilot)


class Holding(EmulatedDriver):
    """Has little room, and tells of no more."""

    def when_room(self, callback: Callable[[], None], least: int) -> None:
        """Keep it; what there is room for is told at once."""
        if self.room >= least:
            super().when_room(callback, least)
        else:
            self.callbacks.append(callback)


async def test_a_frame_does_not_wait_for_a_picture_that_waits_for_room() -> None:
    app = Panes(driver_class=Holding, colours=TRUECOLOR)
    async with app.run_test(headless=False, size=(100, 30)) as pilot:
        terminal = terminal_of(app)
        await settle(pilot)
        terminal.most = 1000
        app.send_picture(picture(OURS[1], 1000), lambda sent: None)
        await settle(pilot)
        terminal.count()
        for number in range(20):
            app.say(f"frame {number}")
            await settle(pilot)
            assert_shown(pilot)
        assert len(terminal.callbacks) == 1
        terminal.most = 1 << 20
        terminal.unblock()
        await settle(pilot)
        assert not terminal.callbacks


async def test_a_frame_is_synchronised_where_the_terminal_can() -> None:
    async with running() as pilot:
        terminal = terminal_of(pilot.app)
        pilot.app._sync_available = True
        terminal.count()
        await pilot.press("down")
        await settle(pilot)
        assert terminal.writes
        for frame in terminal.writes:
            assert frame.startswith("\x1b[?2026h")
            assert frame.endswith("\x1b[?2026l")
            assert len(frame) > 30


async def test_no_control_character_leaves() -> None:
    poison = "a\x1b]0;title\x07b\x9b2Jc\x1b[2Jd\x00\x08\x7fe\u202ef\udce9"
    async with running() as pilot:
        app, terminal = pilot.app, terminal_of(pilot.app)
        assert isinstance(app, Panes)
        terminal.count()
        app.say(poison)
        app.query_one(DataTable).add_row(poison, poison)
        await settle(pilot)
        text = "".join(terminal.writes)
        assert "title" in text
        assert not {"\x07", "\x9b", "\x00", "\x7f", "\u202e", "\udce9"} & set(text)
        assert "\x1b]0" not in text
        assert "\x1b[2J" not in text
        assert "\N{REPLACEMENT CHARACTER}" in text


async def test_the_bell_passes_and_the_pen_is_plain_between_frames() -> None:
    async with running() as pilot:
        terminal = terminal_of(pilot.app)
        pilot.app.bell()
        assert terminal.writes[-1] == "\x07"
        assert terminal.terminal.cursor.attrs.fg == "default"
        assert terminal.terminal.cursor.attrs.bg == "default"


@pytest.mark.parametrize(("depth", "absent"), [("256", r"[34]8;2;"), ("none", r"\[[0-9;]*[349][0-8][0-9;]*m")])
async def test_only_the_colours_there_are(depth: Depth, absent: str) -> None:
    async with running(colours=Colours(depth, "the test says so")) as pilot:
        terminal = terminal_of(pilot.app)
        text = "".join(terminal.writes)
        assert text
        assert not re.search(absent, text)
        assert "photograph-003.jpg" in "".join(terminal.terminal.display)


async def test_without_colours_the_chosen_row_stands_out() -> None:
    async with running(colours=Colours("none", "the test says so")) as pilot:
        terminal = terminal_of(pilot.app).terminal
        rows = [y for y in range(terminal.lines) if any("reverse" in cell[3] for cell in terminal.cells(y)[2:30])]
        assert [terminal.display[y][2:12] for y in rows] == ["sunset.jpg"]


async def test_the_cursor_waits_where_one_writes() -> None:
    async with running() as pilot:
        await pilot.press("a")
        await settle(pilot)
        await pilot.press("4", "2")
        await settle(pilot)
        cursor = terminal_of(pilot.app).terminal.cursor
        assert (cursor.x, cursor.y) == pilot.app.cursor_position


async def test_an_error_ends_the_app_without_a_page_of_text(capsys: pytest.CaptureFixture[str]) -> None:
    app = Panes(driver_class=EmulatedDriver)
    with pytest.raises(ZeroDivisionError):
        async with app.run_test(headless=False) as pilot:
            await pilot.press("x")
    assert isinstance(app.crash, ZeroDivisionError)
    assert "Traceback" not in capsys.readouterr().err


async def test_the_environment_decides_when_nobody_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    assert Panes().colours.depth == "none"
