"""The folder is looked at again: images that came, went or changed are so in the list, and nothing else moves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.tui.opened import Opened, opened
from tui.bridge import watching


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three, in a folder that is looked at all the time."""
    monkeypatch.setattr(watching, "SECONDS", 0.02)
    for name in ("b1", "b2", "b10"):
        save(tmp_path / f"{name}.png", 90)
    return tmp_path


def save(path: Path, grey: int, size: tuple[int, int] = (60, 40)) -> None:
    Image.new("RGB", size, (grey,) * 3).save(path)


def rows(case: Opened) -> list[str]:
    images = case.app.main.images
    return [images.entries[place].name for place in images.view]


async def test_an_image_that_came_is_in_its_place(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.until(lambda: case.app.main.images.complete)
        case.app.main.images.move_to(1)
        save(pictures / "a.png", 20)
        save(pictures / "b3.png", 20)
        await case.until(lambda: rows(case) == ["a.png", "b1.png", "b2.png", "b3.png", "b10.png"])
        assert case.app.main.images.current is not None
        assert case.app.main.images.current.name == "b2.png"
        assert "5 images" in case.text()


async def test_an_image_that_went_is_no_longer_there(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.until(lambda: case.app.main.images.complete)
        case.app.main.images.mark([0, 1], True)
        os.unlink(pictures / "b1.png")
        await case.until(lambda: rows(case) == ["b2.png", "b10.png"])
        assert case.app.main.images.marked == {1}
        save(pictures / "b1.png", 20)
        await case.until(lambda: rows(case) == ["b1.png", "b2.png", "b10.png"])
        assert not {case.app.main.images.view[0]} & case.app.main.images.marked


async def test_an_image_that_changed_is_looked_at_again(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.until(lambda: len(case.app.main.images.facts) == 3)
        await case.pilot.pause(0.2)
        looks = len(case.engine.looks)
        save(pictures / "b1.png", 200, (90, 70))
        await case.until(lambda: len(case.engine.looks) > looks)
        await case.until(lambda: 0 in case.app.main.images.facts and case.app.main.images.facts[0].width == 90)


async def test_nothing_is_asked_again_while_nothing_happens(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.until(lambda: len(case.app.main.images.facts) == 3)
        await case.pilot.pause(0.2)
        looks, entries = len(case.engine.looks), len(case.app.main.images.entries)
        await case.pilot.pause(0.3)
        assert (len(case.engine.looks), len(case.app.main.images.entries)) == (looks, entries)


async def test_a_folder_that_is_away_has_lost_nothing(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.until(lambda: case.app.main.images.complete)
        os.chmod(pictures, 0)
        await case.pilot.pause(0.2)
        os.chmod(pictures, 0o700)
        assert len(rows(case)) == 3
