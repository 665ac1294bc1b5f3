"""What the app sends to the terminal: names in the first frame, few bytes for a key, none while nothing happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import events

import tui.app
from engine.stack import Stack
from tests.tui.crowd import Crowd
from tests.tui.driver import Cell, EmulatedDriver, composed, terminal_of
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import DEADLINE, folder
from tui.app import Safelight
from tui.io import Found
from tui.output.colours import Colours
from tui.values import Entry

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")

FIRST_FRAME = 8_000
"""Bytes of a second in which a whole screen is still on its way."""
SILENCE = 0.8
HEADING = range(2)
"""Rows that tell which image of how many is chosen."""


def shown(app: Safelight, rows: range = range(50)) -> str:
    """The text of some rows of the emulated terminal."""
    screen = terminal_of(app).terminal
    return "\n".join("".join(screen.buffer[y][x].data for x in range(screen.columns)) for y in rows)


async def until(condition: object) -> None:
    """Wait for something to become true."""
    assert callable(condition)
    async with asyncio.timeout(DEADLINE):
        while not condition():  # noqa: ASYNC110 - nobody sets an event for what a terminal shows
            await asyncio.sleep(0.005)


async def costs_little(app: Safelight, engine: FakeEngine, seconds: float) -> None:
    """Over a network a batch is told twice a second, in few bytes; measured again if it was kept from telling."""
    clock, terminal, pace = asyncio.get_running_loop(), terminal_of(app), 0.0
    async with asyncio.timeout(DEADLINE):
        # All of the screen at first, which on a busy machine takes a while.
        await asyncio.sleep(1.0)
        while terminal.count() > FIRST_FRAME:  # noqa: ASYNC110 - what a terminal is sent tells nobody
            await asyncio.sleep(1.0)
        while pace < 1.5:
            terminal.count()
            began, told = clock.time(), engine.told
            await asyncio.sleep(seconds)
            passed = clock.time() - began
            pace = (engine.told - told) / passed
            assert terminal.bytes / passed <= 4000, f"{terminal.bytes / passed:.0f} bytes a second"


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
    screens: list[str] = []
    writes: list[str] = []

    def make_engine() -> FakeEngine:
        writes.extend(terminal_of(app).writes)
        screens.append(shown(app))
        return FakeEngine()

    app = Safelight(("/photos",), make_engine=make_engine, driver_class=EmulatedDriver)
    running = asyncio.create_task(app.run_async(size=(120, 50)))
    await until(lambda: screens)
    app.exit(0)
    await running
    first = next(number for number, frame in enumerate(writes) if "IMAGES" in frame)
    assert "DSC_0001.jpg" in writes[first]
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
        await until(lambda: composed(app) == [terminal.terminal.cells(y) for y in range(size[1])])


@pytest.mark.parametrize(("stack", "key"), [("curves", "enter"), ("gradient-map", "enter"), ("", "semicolon")])
@pytest.mark.parametrize("size", [(80, 24), (120, 50)])
async def test_opening_an_editor_or_the_presets_sends_little_and_then_nothing(
    size: tuple[int, int], stack: str, key: str
) -> None:
    async with in_a_terminal(FakeEngine(dark=True), size) as app:
        app.main.enter("stack")
        app.bridge.change(Stack.parse([stack] if stack else []), 0 if stack else None)
        await until(lambda: app.bridge.preview.settled)
        await falls_silent(app)
        app.post_message(_key(app, key))
        await until(lambda: app.screen is not app.main)
        await until(lambda: composed(app) == [terminal_of(app).terminal.cells(y) for y in range(size[1])])
        await asyncio.sleep(SILENCE)
        assert 0 < terminal_of(app).count() <= 15_000
        await falls_silent(app)
        app.post_message(_key(app, "escape"))
        await until(lambda: app.screen is app.main)
        await asyncio.sleep(SILENCE)
        assert 0 < terminal_of(app).count() <= 15_000


@pytest.mark.parametrize("key", ["j", "k"])
async def test_an_arrow_held_over_a_long_list_sends_under_500_bytes_a_press(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"DSC_{number:04}.jpg" for number in range(600)]
    found = Found(tuple(Entry(f"/photos/{name}", name) for name in names), complete=True)
    monkeypatch.setattr(tui.app, "find_images", lambda paths: iter([found]))
    async with in_a_terminal(FakeEngine(dark=True)) as app:
        images, terminal, still, costs = app.main.images, terminal_of(app), [], []
        images.move_to(300)
        await until(lambda: "301/600" in shown(app) and app.bridge.preview.settled)
        await falls_silent(app)
        for number in range(1, 101):
            top, place = images.top, f"{301 + number * (1 if key == 'j' else -1)}/600"
            terminal.count()
            app.post_message(_key(app, key))
            await until(lambda place=place: place in shown(app, HEADING) and app.bridge.preview.settled)
            await until(lambda: all(index in images.facts for index in range(images.top, images.top + images.page)))
            await until(lambda: composed(app) == [terminal.terminal.cells(y) for y in range(50)])
            costs.append(terminal.count())
            if images.top == top:
                still.append(costs[-1])
        assert max(still) <= 500
        assert len(still) >= 90
        assert sum(costs) / len(costs) < 500


def _key(app: Safelight, key: str) -> events.Key:
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


@pytest.mark.parametrize("key", ["colon", "f", "a"])
async def test_a_dialog_leaves_the_picture_where_it_is(key: str) -> None:
    async with in_a_terminal(FakeEngine()) as app:
        terminal = terminal_of(app)
        app.main.images.extend([Entry("/photos/日本語の写真.jpg", "日本語の写真.jpg")] * 40, complete=True)
        await until(lambda: app.main.picture.strips)
        await falls_silent(app)
        terminal.count()
        for press in (_key(app, key), events.Key("escape", None)):
            dialogs = len(app.screen_stack)
            app.post_message(press)
            await until(lambda dialogs=dialogs: len(app.screen_stack) != dialogs)
            await until(lambda: composed(app) == [terminal.terminal.cells(y) for y in range(50)])
            await asyncio.sleep(SILENCE)
            assert composed(app) == [terminal.terminal.cells(y) for y in range(50)]
        assert terminal.count() <= 15_000


def seen(cells: list[list[Cell]]) -> list[list[Cell]]:
    """The same, without the ground behind full blocks."""
    return [[(char, ink, "" if char == "█" else ground, look) for char, ink, ground, look in row] for row in cells]


async def test_a_screen_closes_coarse_first_and_is_sharp_again_later() -> None:
    async with in_a_terminal(FakeEngine()) as app:
        driver = terminal_of(app)

        def settled() -> bool:
            return seen(composed(app)) == seen([driver.terminal.cells(y) for y in range(50)])

        app.sight.link.chosen = "normal"
        app.survey()
        await until(lambda: app.bridge.preview.settled and settled())
        sharp = composed(app)
        for key in ("question_mark", "f", "a", "P", "colon"):
            for press in (_key(app, key), events.Key("escape", None)):
                dialogs = len(app.screen_stack)
                driver.count()
                app.post_message(press)
                await until(lambda dialogs=dialogs: len(app.screen_stack) != dialogs)
                await until(settled)
                assert driver.count() < 15_000, (key, press)
            assert key != "question_mark" or composed(app) != sharp
            await until(lambda: composed(app) == sharp and settled())


async def test_a_running_batch_sends_little_for_each_snapshot() -> None:
    engine = FakeEngine(dark=True, running=True, frames=0, workers=8)
    async with in_a_terminal(engine) as app:
        await until(lambda: engine.told > 4)
        terminal_of(app).count()
        before = engine.told
        await until(lambda: engine.told > before + 4)
        assert terminal_of(app).count() / (engine.told - before) < 2_000


@pytest.mark.parametrize("workers", [8, 128])
async def test_a_batch_over_a_network_takes_few_bytes(workers: int) -> None:
    engine = FakeEngine(workers=workers, frames=0, total=4800)
    async with in_a_terminal(engine) as app:
        app.sight.link.chosen = "normal"
        engine.running = True
        app.bridge.batch.follow("batch-0")
        await costs_little(app, engine, 2.0)


@pytest.mark.parametrize("size", [(80, 24), (120, 50), (300, 90)])
@pytest.mark.parametrize("workers", [2, 8, 128])
async def test_the_monitor_over_a_network_takes_few_bytes(workers: int, size: tuple[int, int]) -> None:
    engine = FakeEngine(workers=workers, frames=0, total=4800, dark=True)
    async with in_a_terminal(engine, size) as app:
        app.sight.link.chosen = "normal"
        engine.running = True
        app.bridge.batch.follow("batch-0")
        app.post_message(_key(app, "percent_sign"))
        await until(lambda: app.screen is not app.main)
        await costs_little(app, engine, 4.0)


@pytest.mark.parametrize("workers", [8, 128])
async def test_the_monitor_of_a_batch_that_stands_still_sends_nothing(workers: int) -> None:
    engine = FakeEngine(workers=workers, frames=0, total=4800, dark=True)
    async with in_a_terminal(engine) as app:
        engine.running = True
        app.bridge.batch.follow("batch-0")
        app.post_message(_key(app, "percent_sign"))
        await until(lambda: app.screen is not app.main and engine.told > 5)
        engine.stands_at = engine.told
        await falls_silent(app)
        told = engine.told
        await asyncio.sleep(SILENCE)
        assert (engine.told, terminal_of(app).count()) == (told, 0)


@pytest.mark.parametrize("monitor", [False, True])
@pytest.mark.parametrize(
    ("size", "machines", "workers"),
    [((80, 24), 50, 20), ((120, 50), 50, 20), ((300, 90), 50, 20), ((300, 90), 1000, 1)],
)
async def test_a_thousand_threads_over_a_network_take_few_bytes(
    size: tuple[int, int], machines: int, workers: int, monitor: bool
) -> None:
    engine = Crowd(machines=machines, workers=workers, dark=True, stuck=(3, 500))
    async with in_a_terminal(engine, size) as app:
        app.sight.link.chosen = "normal"
        engine.running = True
        app.bridge.batch.follow("batch-0")
        if monitor:
            app.post_message(_key(app, "percent_sign"))
            await until(lambda: app.screen is not app.main)
        while engine.told < 30:
            app.bridge.batch.tick()
        await costs_little(app, engine, 4.0)
        assert "straggler node-" in shown(app, range(size[1]))


@pytest.mark.parametrize("monitor", [False, True])
async def test_a_thousand_threads_that_stand_still_send_nothing(monitor: bool) -> None:
    engine = Crowd(dark=True)
    async with in_a_terminal(engine) as app:
        engine.running = True
        app.bridge.batch.follow("batch-0")
        if monitor:
            app.post_message(_key(app, "percent_sign"))
        await until(lambda: (app.screen is not app.main) == monitor and engine.told > 5)
        engine.stands_at = engine.told
        await falls_silent(app)
        told = engine.told
        await asyncio.sleep(SILENCE)
        assert (engine.told, terminal_of(app).count()) == (told, 0)
