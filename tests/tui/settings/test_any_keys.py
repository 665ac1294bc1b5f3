"""Settings, log and tour under random keys and sizes: nothing ends the app, and the file stays one that can be read."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from engine.files.places import state_folder
from tests.tui.opened import folder, opened
from tui.bridge.restoring import TOURED
from tui.commands import perform
from tui.settings import FILE
from tui.settings.chosen import Config, Settings
from tui.settings.reading import read_config

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
KEYS = (
    *("up", "down", "left", "right", "j", "k", "h", "l", "space", "enter", "r", "delete", "backspace", "pagedown"),
    *("pageup", "home", "end", "g", "G", "c", "C", "y", "x", "tab", "shift+tab", "question_mark", "f2", "comma", "q"),
    *("escape", "exclamation_mark", "1", "ctrl+a", "z"),
)
STEPS = 60
SIZES = ((120, 40), (80, 24), (40, 12), (200, 60))


@pytest.mark.parametrize("name", ["settings", "log", "tour"])
async def test_any_keys_leave_the_app_as_it_should_be(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (state_folder() / TOURED).touch()
    chance = random.Random(name)
    async with opened(settings=Settings(Config(), {})) as case:
        for step in range(STEPS):
            if case.app.screen is case.app.main:
                perform(name, case.app)
                await case.until(lambda: case.app.screen is not case.app.main)
            await case.pilot.press(chance.choice(KEYS))
            if step % 20 == 19:
                await case.pilot.resize_terminal(*SIZES[step // 20 % len(SIZES)])
                await case.until(lambda: len(case.lines()) == case.app.size.height)
        await case.pilot.press("escape")
        await case.until(lambda: case.app.screen is case.app.main)
        assert case.app.return_code is None
    config = read_config(tmp_path / "safelight")
    assert config.problems == ()
    assert name == "settings" or not (tmp_path / "safelight" / FILE).exists()
