"""The main screen as pictures with frozen values; `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder
from tui.app import Safelight
from tui.output.colours import Colours
from tui.settings.chosen import Config, Settings

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
Compare = Callable[..., bool]


@pytest.fixture(autouse=True)
def edits_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """As by default."""
    monkeypatch.delenv("SAFELIGHT_EDITS")


def frozen(engine: FakeEngine) -> Safelight:
    """The app with 24-bit colours wherever the test runs."""
    return Safelight(("/photos",), make_engine=lambda: engine, colours=Colours("truecolor", "a test says so"))


@pytest.mark.parametrize("size", [(80, 24), (120, 50)], ids=["80x24", "120x50"])
def test_developing(size: tuple[int, int], snap_compare: Compare) -> None:
    engine = FakeEngine(notes=("gaussian-blur: sigma 2 px is under half a pixel here",))
    app = frozen(engine)

    async def develop(pilot: Pilot[int]) -> None:
        case = Opened(app, pilot, engine)
        await case.until(lambda: app.has_started)
        await case.settled()
        await case.develop("exposure:ev=0.5", "gaussian-blur:sigma=2", "greyscale")
        app.main.images.mark([1, 3], True)
        await case.until(lambda: len(app.main.images.facts) == 12)
        await case.pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=develop)


@pytest.mark.parametrize("size", [(80, 24), (120, 50)], ids=["80x24", "120x50"])
def test_watching(size: tuple[int, int], snap_compare: Compare) -> None:
    engine = FakeEngine(running=True, stands_at=17, workers=4)
    app = frozen(engine)

    async def watch(pilot: Pilot[int]) -> None:
        case = Opened(app, pilot, engine)
        await case.until(lambda: app.has_started)
        await case.settled()
        await case.until(lambda: app.main.engine.snapshot and len(app.main.images.facts) >= 11)
        await case.pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=watch)


@pytest.mark.parametrize("theme", ["safelight", "daylight", "contrast"])
def test_histogram(theme: str, snap_compare: Compare) -> None:
    engine = FakeEngine()
    colours = Colours("truecolor", "a test says so")
    app = Safelight(
        ("/photos",), make_engine=lambda: engine, colours=colours, settings=Settings(Config({"theme": theme}))
    )

    async def measure(pilot: Pilot[int]) -> None:
        case = Opened(app, pilot, engine)
        await case.until(lambda: app.has_started)
        await case.settled()
        await case.develop("exposure:ev=0.5")
        await case.until(lambda: len(app.main.images.facts) == 12)
        await pilot.press("i")
        await case.settled()
        await case.pilot.pause()

    assert snap_compare(app, terminal_size=(120, 40), run_before=measure)
