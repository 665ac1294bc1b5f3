"""While one chooses a filter or a preset the picture shows what it would do; nothing is changed until it is taken."""

from __future__ import annotations

import pytest

from engine.presets import find_preset
from engine.stack import Stack
from tests.tui.opened import folder, opened
from tui.screens import chooser

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chooser, "REST", 0.01)


async def test_a_filter_is_seen_before_it_is_added() -> None:
    async with opened() as case:
        await case.develop("exposure:ev=1")
        looks = len(case.engine.looks)
        await case.pilot.press("f")
        await case.pilot.pause(0.1)
        assert len(case.engine.looks) == looks
        await case.type("sepia")
        await case.until(lambda: case.engine.looks[-1].stack == Stack.parse(["exposure:ev=1", "sepia"]))
        assert case.app.bridge.stack == Stack.parse(["exposure:ev=1"])
        await case.pilot.press("escape")
        await case.until(lambda: case.engine.looks[-1].stack == Stack.parse(["exposure:ev=1"]))
        assert case.app.bridge.stack == Stack.parse(["exposure:ev=1"])
        await case.pilot.press("u")
        assert case.app.bridge.stack == Stack()


async def test_a_preset_is_seen_before_it_is_put_on() -> None:
    async with opened() as case:
        await case.pilot.press("P")
        await case.type("denoise")
        await case.until(lambda: case.engine.looks[-1].stack == find_preset("denoise").stack)
        assert case.app.bridge.stack == Stack()
        await case.pilot.press("enter")
        await case.until(lambda: case.app.bridge.stack == find_preset("denoise").stack)
