"""The screens with which a person makes the app their own, as pictures; `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder
from tests.tui.raced import NAMES, Told
from tui.app import Safelight
from tui.commands import perform
from tui.notices import Noted
from tui.output.colours import Colours
from tui.screens.log import LogScreen
from tui.screens.race import RaceScreen
from tui.settings.chosen import Config, Settings
from tui.settings.declared import names

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
Compare = Callable[..., bool]
NOON = time.mktime((2026, 5, 1, 12, 0, 0, 0, 0, -1))
NOTED = (
    Noted(NOON - 90_000, "31337 MainThread INFO engine.batch: batch 7 is over", logged=True),
    Noted(NOON - 70, "config.toml gives x to undo, which remove_filter has by default: give it another.", alarm=True),
    Noted(NOON - 65, "31337 errands WARNING engine: slow\nTraceback:\n  one", alarm=True, logged=True),
    Noted(NOON - 40, "Saved as the preset evening-light; ~/.config/safelight/presets/evening-light.toml holds it."),
    Noted(NOON - 3, "/photos/DSC_0003.jpg is damaged or cut short: copy it again from its source.", alarm=True),
)


@pytest.fixture(autouse=True)
def edits_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As by default."""
    monkeypatch.delenv("SAFELIGHT_EDITS")


async def settings(case: Opened) -> None:
    """The screen of all settings, the cursor on the theme."""
    perform("settings", case.app)
    await case.pilot.press(*["down"] * names().index("theme"))


async def log(case: Opened) -> None:
    """Notices and records of a day."""
    case.app.push_screen(LogScreen(lambda then: then(NOTED), lambda: NOON))
    await case.pilot.press("down", "down")


async def tour(case: Opened) -> None:
    """The second step."""
    perform("tour", case.app)
    await case.pilot.press("space")


async def monitor(case: Opened) -> None:
    """A batch after a minute and a half, and it stands still."""
    case.engine.running, case.engine.frames = True, 0
    case.app.bridge.batch.follow("batch-0")
    while case.engine.told < 170:
        case.app.bridge.batch.tick()
    case.engine.stands_at = case.engine.told
    perform("monitor", case.app)
    await case.until(lambda: "throughput" in case.text())


async def race(case: Opened) -> None:
    """Two strategies that are done, one that runs, one that is missing; the lanes of one that takes turns."""
    await case.app.push_screen(RaceScreen(Told(), NAMES))
    await case.pilot.pause()
    await case.pilot.press("up")


async def strategy(case: Opened) -> None:
    """Its page."""
    await case.app.push_screen(RaceScreen(Told(), NAMES))
    await case.pilot.press("question_mark")


@pytest.mark.parametrize("theme", ["safelight", "daylight"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("opens", [settings, log, tour, race, strategy])
def test_own_screens(
    opens: Callable[[Opened], Awaitable[None]], size: tuple[int, int], theme: str, snap_compare: Compare
) -> None:
    engine = FakeEngine()
    app, show = pictured(opens, engine, theme)
    assert snap_compare(app, terminal_size=size, run_before=show)


@pytest.mark.parametrize("theme", ["safelight", "daylight"])
@pytest.mark.parametrize(
    ("size", "workers"),
    [((80, 24), 2), ((80, 24), 128), ((120, 50), 8), ((300, 90), 128)],
    ids=["80x24-2", "80x24-128", "120x50-8", "300x90-128"],
)
def test_the_monitor(size: tuple[int, int], workers: int, theme: str, snap_compare: Compare) -> None:
    app, show = pictured(monitor, FakeEngine(workers=workers, total=9600), theme)
    assert snap_compare(app, terminal_size=size, run_before=show)


def pictured(
    opens: Callable[[Opened], Awaitable[None]], engine: FakeEngine, theme: str
) -> tuple[Safelight, Callable[[Pilot[int]], Awaitable[None]]]:
    """The app in a theme, and what leads it to the screen."""
    chosen = Settings(Config({"theme": theme}), {"SAFELIGHT_GRAPHICS": "half", "SAFELIGHT_TOUR": "off"})
    app = Safelight(("/photos",), make_engine=lambda: engine, colours=Colours("truecolor", "a test"), settings=chosen)

    async def show(pilot: Pilot[int]) -> None:
        case = Opened(app, pilot, engine)
        await case.until(lambda: app.has_started)
        await case.settled()
        await case.until(lambda: len(app.main.images.facts) == 12)
        await opens(case)
        await pilot.pause()

    return app, show
