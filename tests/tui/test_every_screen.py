"""Every screen as text with its colours, at three sizes and in two themes; `pytest --snapshot-update` takes them anew.

The screens are those that the commands open, so that a new one is looked at as well. Each is opened once and resized.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from textual.widgets import Input

import tui.screens
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder, opened
from tests.tui.test_commands import EFFECTS, Shows, nothing
from tui.commands import perform
from tui.io import Desk
from tui.screens.dialog import Dialog
from tui.settings.chosen import Config, Settings

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
SIZES = ((80, 24), (120, 50), (300, 90))
THEMES = ("safelight", "daylight")
ELSEWHERE = {
    "settings": "test_own_snapshots",
    "log": "test_own_snapshots",
    "tour": "test_own_snapshots",
    "lab": "shows what this machine measures: test_lab_screen",
    "bring_home": "shows this machine's name: test_bringing_home",
    "apply_stack": "shows what this machine can: test_batches",
    "monitor": "shows this machine at work: tests of the monitor",
    "show_batch": "shows times of batches: tests of the queue",
    "contact_sheet": "shows times that were measured: tests of the sheet",
    "compare_presets": "shows pictures as they come: tests of presets",
}
"""Commands whose screens are shown by other tests, or are another on every machine."""
WITHIN = {"RaceScreen", "StrategyScreen", "PictureEditor"}
"""Opened from the laboratory (test_lab_screen), or what editors are made from."""
OPENERS = {name for name, (_, holds) in EFFECTS.items() if isinstance(holds, Shows)} - set(ELSEWHERE)
MANY = 100
Snapshot = Callable[..., object]
"""What syrupy keeps of a name; equal to what is as it was."""


@pytest.fixture(autouse=True)
def as_at_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set, and no preset is a person's own."""
    monkeypatch.delenv("SAFELIGHT_EDITS")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["", *sorted(OPENERS)])
async def test_a_screen(name: str, theme: str, snapshot: Snapshot) -> None:
    settings = Settings(Config({"theme": theme}))
    async with opened(FakeEngine(dark=True, stands_at=17), size=SIZES[0], settings=settings) as case:
        if name:
            before, holds = EFFECTS[name]
            await before(case)
            perform(name, case.app)
            await case.until(lambda: holds(case))
        else:
            await nothing(case)
        for field in case.app.screen.query(Input):
            field.cursor_blink = False
        for size in SIZES:
            await case.pilot.resize_terminal(*size)
            await still(case)
            assert "\n".join(told(case)) == snapshot(name=f"{size[0]}x{size[1]}")


def test_every_dialog_is_shown_somewhere() -> None:
    modules = [import_module(f"tui.screens.{each.name}") for each in pkgutil.iter_modules(tui.screens.__path__)]
    known = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    dialogs = {kind for kind in known if issubclass(kind, Dialog)}
    leaves = {kind for kind in dialogs if not kind.__subclasses__()}
    shown = {holds.screen for _, holds in EFFECTS.values() if isinstance(holds, Shows)}
    assert {kind.__name__ for kind in leaves - shown} <= WITHIN


async def still(case: Opened) -> None:
    """Wait until no desk has work and the screen is what it was."""
    before: list[str] = []
    for _ in range(MANY):
        await case.settled()
        await case.until(lambda: not any(busy(desk) for desk in desks(case)))
        await case.pilot.pause()
        after = [*told(case)]
        if after == before:
            return
        before = after
    raise AssertionError("the screen never stands still")


def desks(case: Opened) -> Iterator[Desk]:
    """All but the one that watches folders, which always works."""
    yield from (case.app._folder, case.app._headers)
    for part in case.app.bridge._parts:
        if part is not case.app.bridge.watching:
            yield from (each for each in (part, *vars(part).values()) if isinstance(each, Desk))


def busy(desk: Desk) -> bool:
    return bool(desk._waiting or desk._running or desk._results)


def told(case: Opened) -> Iterator[str]:
    """The rows as text, then how long each stretch of them is in which style, then the styles."""
    names: dict[str, str] = {}
    rows = [[*strip] for strip in case.app.screen._compositor.render_strips()]
    for row in rows:
        yield "".join(segment.text for segment in row).rstrip()
    for row in rows:
        runs: list[tuple[str, int]] = []
        for text, style, _ in row:
            name = names.setdefault(plain(style), letter(len(names)))
            length = len(text) + (runs.pop()[1] if runs and runs[-1][0] == name else 0)
            runs.append((name, length))
        yield " ".join(f"{name}{length}" for name, length in runs)
    yield from (f"{name}: {style}" for style, name in names.items())


def plain(style: object) -> str:
    """Without what Textual keeps in a style for itself."""
    return str(getattr(style, "without_color", None) and style).split(" link")[0]


def letter(number: int) -> str:
    return chr(ord("a") + number % 26) * (1 + number // 26)
