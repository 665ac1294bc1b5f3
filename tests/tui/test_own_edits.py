"""Every picture has its own edits in the app: kept on the disk, undone, copied, and those of others not overwritten."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PIL import Image

from engine.errors import SpecError
from engine.sidecars.edits import beside, read_edits, write_edits
from engine.stack import Stack
from tests.tui.opened import Opened, opened
from tui.bridge import own_edits

EXPOSURE, SEPIA = Stack.parse(["exposure:ev=1"]), Stack.parse(["sepia"])


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three; edits are written at once."""
    monkeypatch.delenv("SAFELIGHT_EDITS")
    monkeypatch.setattr(own_edits, "REST", 0.0)
    for name in "abc":
        Image.new("RGB", (60, 40), (90, 80, 70)).save(tmp_path / f"{name}.png")
    return [str(tmp_path / f"{name}.png") for name in "abc"]


@asynccontextmanager
async def on(pictures: list[str], presets: tuple[str, ...] = ()) -> AsyncIterator[Opened]:
    """The app on their folder, all of them listed."""
    async with opened(paths=(str(Path(pictures[0]).parent),), presets=presets) as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.until(lambda: case.app.bridge.preview.path == pictures[0])
        yield case


async def go(case: Opened, row: int) -> None:
    """To another picture, until its edits are known."""
    case.app.main.images.move_to(row)
    await case.until(lambda: case.app.bridge.preview.path == case.app.main.images.current.path)  # type: ignore[union-attr]
    await case.until(lambda: case.app.bridge.preview.path in case.app.bridge.own._pictures)
    await case.settled()


def kept(picture: str) -> Stack:
    return read_edits(picture).stack


def has_file(picture: str) -> bool:
    return Path(beside(picture)).exists()


def damage(picture: str) -> None:
    Path(beside(picture)).write_text("name = ", encoding="utf-8")


def is_damaged(picture: str) -> bool:
    return Path(beside(picture)).read_text(encoding="utf-8") == "name = "


async def test_a_picture_keeps_its_edits_and_others_have_none(pictures: list[str]) -> None:
    async with on(pictures) as case:
        await case.develop("exposure:ev=1")
        await case.until(lambda: has_file(pictures[0]) and kept(pictures[0]) == EXPOSURE)
        await case.until(lambda: " e a.png" in case.text())
        await go(case, 1)
        assert case.app.bridge.stack == Stack()
        assert case.engine.looks[-1].stack == Stack()
        await case.develop("sepia")
        await go(case, 0)
        assert case.app.bridge.stack == EXPOSURE
        assert case.engine.looks[-1].stack == EXPOSURE
        assert "exposure" in case.text()
        assert "sepia" not in case.text()
    async with on(pictures) as case:
        await case.until(lambda: case.app.bridge.stack == EXPOSURE)
        await go(case, 1)
        assert case.app.bridge.stack == SEPIA


async def test_undo_is_each_picture_s_own(pictures: list[str]) -> None:
    async with on(pictures) as case:
        await case.develop("exposure:ev=1")
        await go(case, 1)
        await case.pilot.press("u")
        assert "Nothing is left to undo" in case.text()
        await go(case, 0)
        await case.pilot.press("u")
        assert case.app.bridge.stack == Stack()
        await case.until(lambda: not has_file(pictures[0]))


async def test_what_was_not_written_yet_is_written_at_the_end(
    pictures: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_edits, "REST", 3600.0)
    async with on(pictures) as case:
        await case.develop("exposure:ev=1")
        case.app.bridge.own.now()
        assert kept(pictures[0]) == EXPOSURE


async def test_a_change_from_elsewhere_is_shown_and_ours_can_be_had_back(pictures: list[str]) -> None:
    async with on(pictures) as case:
        await case.develop("exposure:ev=1")
        await case.until(lambda: has_file(pictures[0]))
        write_edits(pictures[0], SEPIA, read_edits(pictures[0]).edition)
        await case.develop("exposure:ev=2")
        await case.until(lambda: case.app.bridge.stack == SEPIA)
        assert "changed elsewhere" in case.text()
        assert kept(pictures[0]) == SEPIA
        await case.pilot.press("u")
        assert case.app.bridge.stack == Stack.parse(["exposure:ev=2"])
        await case.until(lambda: kept(pictures[0]) == Stack.parse(["exposure:ev=2"]))


async def test_edits_made_elsewhere_are_shown_when_one_comes_back(pictures: list[str]) -> None:
    async with on(pictures) as case:
        await go(case, 1)
        write_edits(pictures[0], SEPIA, None)
        case.app.main.images.move_to(0)
        await case.until(lambda: case.app.bridge.stack == SEPIA)


async def test_damaged_edits_are_named_and_stay(pictures: list[str]) -> None:
    damage(pictures[1])
    async with on(pictures) as case:
        case.app.main.images.move_to(1)
        await case.until(lambda: "b.png.safelight.toml, line 1" in case.text())
        await case.develop("sepia")
        known = case.app.bridge.own._pictures[pictures[1]]
        await case.until(lambda: not known.dirty)
        assert is_damaged(pictures[1])
    with pytest.raises(SpecError):
        kept(pictures[1])


async def test_the_stack_is_copied_to_the_marked(pictures: list[str]) -> None:
    async with on(pictures) as case:
        await case.develop("exposure:ev=1")
        case.app.main.images.mark([1, 2], True)
        await case.pilot.press("Y")
        await case.until(lambda: all(has_file(each) and kept(each) == EXPOSURE for each in pictures))
        await go(case, 1)
        await case.pilot.press("u")
        await case.until(lambda: not has_file(pictures[1]))
        assert kept(pictures[2]) == EXPOSURE


async def test_one_stack_for_all_writes_nothing_and_each_has_its_own_again(pictures: list[str]) -> None:
    write_edits(pictures[1], SEPIA, None)
    async with on(pictures) as case:
        await case.pilot.press("O")
        await case.develop("exposure:ev=1")
        case.app.main.images.move_to(1)
        await case.settled()
        assert case.engine.looks[-1].stack == EXPOSURE
        await case.pilot.press("O")
        await case.until(lambda: case.app.bridge.stack == SEPIA)
        assert not has_file(pictures[0])


async def test_opened_with_a_preset_its_stack_is_for_all(pictures: list[str]) -> None:
    async with on(pictures, presets=("denoise",)) as case:
        assert case.app.bridge.shared
        before = case.app.bridge.stack
        case.app.main.images.move_to(1)
        await case.settled()
        assert case.engine.looks[-1].stack == before
