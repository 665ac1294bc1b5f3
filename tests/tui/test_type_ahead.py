"""What is typed in one burst, as a slow line delivers it: every key reaches the screen it was meant for, in order."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.widgets import Input

import tui.app
from engine.job import Verb
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder, opened
from tui.app import Safelight
from tui.io import find_images
from tui.screens.help import HelpScreen

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")


def burst(app: Safelight, text: str) -> None:
    """All at once."""
    for character in text:
        key = {"\r": "enter", "\t": "tab", "\x1b": "escape", ">": "right"}.get(character) or _character_to_key(
            character
        )
        app.post_message(events.Key(key, character if character.isprintable() else None))


async def at_rest(case: Opened) -> None:
    """Wait until nothing typed is waiting any more."""
    typed = case.app._typed
    await case.until(lambda: not typed._waiting and typed._giving is None)
    await case.settled()


async def test_a_filter_is_added_by_name_many_times_over() -> None:
    async with opened() as case:
        for number in range(1, 21):
            burst(case.app, "fgaussian\r")
            await case.until(lambda number=number: len(case.values) == number)
        assert {name for name, _, _ in case.values} == {"gaussian-blur"}
        assert not case.app.main.images.marked
        assert case.app.main.images.cursor == 0


async def test_two_dialogs_and_the_main_screen_take_what_is_theirs() -> None:
    async with opened() as case:
        burst(case.app, "fexpos\r>>=-1.5\rflevels\rx")
        await case.until(lambda: [name for name, _, _ in case.values] == ["exposure"])
        await at_rest(case)
        assert case.values == [("exposure", True, {"ev": -1.5})]


async def test_what_is_typed_before_the_engine_is_there_waits_for_it() -> None:
    ready, engine = threading.Event(), FakeEngine()

    def make_engine() -> FakeEngine:
        ready.wait(30)
        return engine

    app = Safelight(("/photos",), make_engine=make_engine)
    async with app.run_test(size=(120, 40)) as pilot:
        case = Opened(app, pilot, engine)
        burst(app, "jfgaussian\r>")
        await case.until(lambda: "Add a filter: as soon as the engine is loaded" in app.main.key_bar.notice)
        assert app.main.images.cursor == 1
        ready.set()
        await case.until(lambda: app.bridge.stack is not None and app.bridge.stack.steps)
        await at_rest(case)
        assert app.bridge.stack is not None
        assert app.bridge.stack.specifications() == ["gaussian-blur:sigma=2.5"]
        assert not app.main.key_bar.notice


async def test_escape_forgets_what_waits_for_the_engine() -> None:
    ready, engine = threading.Event(), FakeEngine()
    app = Safelight(("/photos",), make_engine=lambda: (ready.wait(30), engine)[1])
    async with app.run_test(size=(120, 40)) as pilot:
        case = Opened(app, pilot, engine)
        burst(app, "fgaussian\r")
        await case.until(lambda: app.main.key_bar.notice)
        burst(app, "\x1bj")
        await case.until(lambda: app.main.images.cursor == 1)
        ready.set()
        await at_rest(case)
        assert case.values == []


async def test_enter_in_the_palette_waits_for_the_search() -> None:
    async with opened() as case:
        for _ in range(5):
            burst(case.app, ":help\r")
            await case.until(lambda: isinstance(case.app.screen, HelpScreen))
            await case.pilot.press("q")
            await case.until(lambda: case.app.screen is case.app.main)


async def test_enter_in_the_apply_dialog_waits_for_the_verdict_and_escape_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jpg").touch()
    with monkeypatch.context() as patch:
        patch.setattr(tui.app, "find_images", find_images)
        async with opened(paths=(str(tmp_path),)) as case:
            burst(case.app, "a\r")
            await case.until(lambda: case.engine.submitted)
    async with opened() as case:
        case.app.bridge.plan = lambda *_: None  # type: ignore[method-assign]
        burst(case.app, "a\r")
        await case.until(lambda: case.app._typed._ponders)
        burst(case.app, "\x1bj")
        await case.until(lambda: case.app.main.images.cursor == 1)
        assert not case.engine.submitted


async def test_keys_for_a_dialog_without_a_field() -> None:
    async with opened() as case:
        for _ in range(10):
            burst(case.app, "?jjqM")
            await case.until(lambda: len(case.app.main.images.marked) == 12)
            burst(case.app, "?q" + "u")
            await at_rest(case)
            case.app.main.images.mark(range(12), marked=False)


async def test_a_question_takes_the_answer_typed_with_it() -> None:
    async with opened(FakeEngine(running=True, frames=0)) as case:
        burst(case.app, "cf")
        await case.until(lambda: case.engine.asked == [Verb.DRAIN])


async def test_a_dialog_closed_by_the_mouse_leaves_the_keys_to_the_main_screen() -> None:
    async with opened() as case:
        burst(case.app, "fgx")
        await case.until(lambda: case.app.screen.query(Input) and case.app.screen.query_one(Input).value == "gx")
        case.app.screen.dismiss(None)
        burst(case.app, "j")
        await case.until(lambda: case.app.main.images.cursor == 1)
