"""Editors and the presets side by side as pictures with frozen values; `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder
from tui.app import Safelight
from tui.output.colours import Colours
from tui.screens.compare_presets import ComparePresetsScreen
from tui.screens.editor import Editor
from tui.settings.chosen import Config, Settings

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
Compare = Callable[..., bool]
CASES = {
    "curve": ("curves", 1, ("up", "up", "plus"), "safelight", (80, 24)),
    "colour": ("light-leak:colour=#ff7a2e", 2, ("right",), "daylight", (80, 24)),
    "gradient": ("gradient-map", 1, ("plus", "right"), "safelight", (120, 50)),
    "mask": ("sepia:mask=radial 50 50 20 80", 4, ("tab",), "contrast", (120, 50)),
    "margins": ("crop:left=10,top=5", 1, ("right",), "daylight", (300, 90)),
}
"""A step, the row of the parameter, keys, a theme and a size for each."""


@pytest.fixture(autouse=True)
def as_by_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Edits of their own, and none of the presets that other tests have kept."""
    monkeypatch.delenv("SAFELIGHT_EDITS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


def frozen(engine: FakeEngine, theme: str) -> Safelight:
    """The app in a theme with 24-bit colours wherever the test runs."""
    colours, settings = Colours("truecolor", "a test says so"), Settings(Config({"theme": theme}))
    return Safelight(("/photos",), make_engine=lambda: engine, colours=colours, settings=settings)


async def ready(app: Safelight, pilot: Pilot[int], engine: FakeEngine) -> Opened:
    """The app with its first picture and all sizes."""
    case = Opened(app, pilot, engine)
    await case.until(lambda: app.has_started)
    await case.settled()
    await case.until(lambda: len(app.main.images.facts) >= 11)
    return case


@pytest.mark.parametrize("name", CASES)
def test_editing(name: str, snap_compare: Compare) -> None:
    specification, row, keys, theme, size = CASES[name]
    engine = FakeEngine(dark=name != "curve")
    app = frozen(engine, theme)

    async def edit(pilot: Pilot[int]) -> None:
        case = await ready(app, pilot, engine)
        await case.develop(specification)
        app.main.stack.move_to(row)
        await pilot.press("enter")
        await case.until(lambda: isinstance(app.screen, Editor))
        await pilot.press(*keys)
        await case.settled()
        await pilot.pause(0.2)

    assert snap_compare(app, terminal_size=size, run_before=edit)


@pytest.mark.parametrize("size", [(80, 24), (120, 50)], ids=["80x24", "120x50"])
def test_comparing(size: tuple[int, int], snap_compare: Compare) -> None:
    engine = FakeEngine(dark=True)
    app = frozen(engine, "safelight")

    async def compare(pilot: Pilot[int]) -> None:
        case = await ready(app, pilot, engine)
        await pilot.press("semicolon")
        await case.until(lambda: isinstance(app.screen, ComparePresetsScreen) and "as it is" in case.text())
        await pilot.press("right")
        await pilot.pause(0.2)

    assert snap_compare(app, terminal_size=size, run_before=compare)
