"""What the app sends to the terminal: names in the first frame, few bytes for a key, none while nothing happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.tui.driver import EmulatedDriver, composed, terminal_of
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import DEADLINE, folder
from tui.app import Safelight
from tui.output.colours import Colours

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")

SILENCE = 0.8


def shown(app: Safelight) -> str:
    """The text in the emulated terminal."""
    return "\n".join(terminal_of(app).terminal.display)


async def until(condition: object) -> None:
    """Wait for something to become true."""
    assert callable(condition)
    async with asyncio.timeout(DEADLINE):
        while not condition():  # noqa: ASYNC110 - nobody sets an event for what a terminal shows
            await asyncio.sleep(0.005)


@asynccontextmanager
async def in_a_terminal(engine: FakeEngine, size: tuple[int, int] = (120, 50)) -> AsyncIterator[Safelight]:
    """The app in an emulated terminal, with all it does at the start behind it."""
    colours = Colours("truecolor", "a test says so")
    app = Safelight(("/photos",), make_engine=lambda: engine, driver_class=EmulatedDriver, colours=colours)
    running = asyncio.create_task(app.run_async(size=size))
    try:
        await until(lambda: app.has_started and app.bridge.stack is not None and app.bridge.preview.settled)
        await until(lambda: "24.0" in shown(app))
        await until(lambda: composed(app) == [terminal_of(app).terminal.cells(y) for y in range(size[1])])
        yield app
    finally:
        app.exit(0)
        await running


async def test_the_names_are_on_the_screen_before_the_engine_is_loaded() -> None:
    screens = []

    def make_engine() -> FakeEngine:
        screens.append(shown(app))
        return FakeEngine()

    app = Safelight(("/photos",), make_engine=make_engine, driver_class=EmulatedDriver)
    running = asyncio.create_task(app.run_async(size=(120, 50)))
    await until(lambda: screens)
    app.exit(0)
    await running
    assert "DSC_0001.jpg" in screens[0]
    assert "DSC_0012.jpg" in screens[0]


async def test_starting_sends_little() -> None:
    async with in_a_terminal(FakeEngine(dark=True)) as app:
        assert terminal_of(app).bytes <= 15_000


@pytest.mark.parametrize("size", [(80, 24), (120, 50), (200, 60)])
async def test_a_key_in_the_list_sends_at_most_500_bytes(size: tuple[int, int]) -> None:
    async with in_a_terminal(FakeEngine(dark=True), size) as app:
        terminal = terminal_of(app)
        for index in range(1, 8):
            terminal.count()
            app.post_message(_key(app, "j"))
            await until(lambda place=f"{index + 1}/12": place in shown(app) and app.bridge.preview.settled)
            await asyncio.sleep(0)
            assert 0 < terminal.count() <= 500
        assert composed(app) == [terminal.terminal.cells(y) for y in range(size[1])]


def _key(app: Safelight, key: str) -> object:
    from textual import events

    return events.Key(key, key)


async def falls_silent(app: Safelight) -> None:
    """Wait until nothing at all is sent for longer than a cursor takes to blink."""
    async with asyncio.timeout(DEADLINE):
        terminal_of(app).count()
        await asyncio.sleep(SILENCE)
        while terminal_of(app).count():  # noqa: ASYNC110 - silence sets no event
            await asyncio.sleep(SILENCE)


async def test_nothing_is_sent_while_nothing_happens() -> None:
    async with in_a_terminal(FakeEngine()) as app:
        await falls_silent(app)
        assert all(not timer._active.is_set() for timer in app._timers if timer._interval < 10)


@pytest.mark.parametrize("key", ["colon", "f", "a", "question_mark"])
async def test_nothing_is_sent_while_a_dialog_waits(key: str) -> None:
    async with in_a_terminal(FakeEngine()) as app:
        app.post_message(_key(app, key))
        await until(lambda: app.screen is not app.main)
        await falls_silent(app)


async def test_a_running_batch_sends_little_for_each_snapshot() -> None:
    engine = FakeEngine(dark=True, running=True, frames=0, workers=8)
    async with in_a_terminal(engine) as app:
        await until(lambda: engine.told > 4)
        terminal_of(app).count()
        before = engine.told
        await until(lambda: engine.told > before + 4)
        assert terminal_of(app).count() / (engine.told - before) < 2_000
