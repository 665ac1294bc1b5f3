"""The picture by every preset side by side: made for what is in view, chosen by keys, letters and the mouse."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.presets import entries, find_preset
from engine.stack import Stack
from tests.tui.opened import Opened, opened
from tui.screens.compare_presets import ComparePresetsScreen
from tui.widgets.picture_tiles import PictureTiles


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """One photograph, half red and half blue."""
    pixels = np.zeros((60, 90, 3), np.uint8)
    pixels[:, :45], pixels[:, 45:] = (200, 40, 40), (40, 40, 200)
    Image.fromarray(pixels).save(tmp_path / "two.png")
    return tmp_path / "two.png"


async def comparing(case: Opened) -> PictureTiles:
    """Open the screen and wait until all in view is drawn."""
    await case.pilot.press("semicolon")
    await case.until(lambda: isinstance(case.app.screen, ComparePresetsScreen) and case.app.screen.query(PictureTiles))
    tiles = case.app.screen.query_one(PictureTiles)
    await case.until(lambda: tiles.count == len(entries()) + 1)
    await case.until(lambda: drawn(tiles))
    return tiles


def drawn(tiles: PictureTiles) -> bool:
    """Whether all in view is."""
    start = tiles._first * tiles.across
    return set(tiles._order[start : start + tiles.across * tiles.high]) <= set(tiles._drawn)


async def test_every_preset_is_a_picture_and_enter_puts_one_on(picture: Path) -> None:
    async with opened(paths=(str(picture),)) as case:
        await case.develop("exposure:ev=0.5")
        tiles = await comparing(case)
        assert tiles._names[0] == "as it is"
        assert list(tiles._names.values())[1:] == list(entries())
        assert all(tiles._drawn.values())
        grey, plain = tiles._drawn[list(entries()).index("black-and-white-film") + 1], tiles._drawn[0]
        assert [strip.pens for strip in grey] != [strip.pens for strip in plain]
        await case.pilot.press("right", "right")
        name = tiles._names[tiles.current or 0]
        assert name == list(entries())[1]
        await case.pilot.press("enter")
        wanted = Stack((*Stack.parse(["exposure:ev=0.5"]).steps, *find_preset(name).stack.steps))
        await case.until(lambda: case.app.bridge.stack == wanted)
        assert case.app.main.pane == "stack"
        assert case.app.bridge.undo()
        assert case.app.bridge.stack == Stack.parse(["exposure:ev=0.5"])


async def test_letters_narrow_and_a_double_click_takes(picture: Path) -> None:
    async with opened(paths=(str(picture),)) as case:
        tiles = await comparing(case)
        await case.pilot.press("slash", *"golden", "enter")
        await case.until(lambda: tiles.count == 1)
        await case.until(lambda: case.app.screen.focused is None)
        await case.pilot.click(tiles, offset=(3, 3), times=2)
        await case.until(lambda: case.app.bridge.stack == find_preset("golden-hour").stack)


@pytest.mark.parametrize("key", ["escape", "enter"])
async def test_as_it_is_and_escape_change_nothing(picture: Path, key: str) -> None:
    async with opened(paths=(str(picture),)) as case:
        before = case.app.bridge.stack
        await comparing(case)
        await case.pilot.press(key)
        await case.until(lambda: case.app.screen is case.app.main)
        assert case.app.bridge.stack == before


async def test_only_what_is_in_view_is_made(picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(paths=(str(picture),), size=(80, 24)) as case:
        asked: list[list[int]] = []
        draw = case.app.bridge.comparing.draw

        def remember(path: str, wanted: Mapping[int, Stack], *others: object) -> None:
            asked.append(list(wanted))
            draw(path, wanted, *others)  # type: ignore[arg-type]

        monkeypatch.setattr(case.app.bridge.comparing, "draw", remember)
        tiles = await comparing(case)
        page = tiles.across * tiles.high
        assert page < tiles.count
        assert asked[-1] == list(range(page))
        await case.pilot.press("end")
        await case.until(lambda: drawn(tiles))
        assert max(asked[-1]) == tiles.count - 1
        assert not set(asked[-1]) & set(range(tiles.across))


async def test_a_picture_that_cannot_be_read_has_names_only(tmp_path: Path) -> None:
    (tmp_path / "no.png").write_bytes(b"no picture")
    async with opened(paths=(str(tmp_path / "no.png"),)) as case:
        tiles = await comparing(case)
        assert not any(tiles._drawn.values())
        assert "as it is" in case.text()
        await case.pilot.press("escape")
