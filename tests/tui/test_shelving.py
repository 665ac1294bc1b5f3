"""Rating, copying, moving and binning by keys: what is on the disk afterwards, and what the list shows."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PIL import Image

from engine.sidecars.edits import write_edits
from engine.sidecars.rating import read_rating, write_rating
from engine.stack import Stack
from tests.tui.opened import Opened, opened
from tui.screens.type_folder import TypeFolderScreen

STACK = Stack.parse(["sepia"])


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    """Four, of which the second has edits."""
    folder = tmp_path / "from"
    folder.mkdir()
    for name in "abcd":
        Image.new("RGB", (60, 40), (90, 80, 70)).save(folder / f"{name}.png")
    paths = [str(folder / f"{name}.png") for name in "abcd"]
    write_edits(paths[1], STACK, None)
    return paths


@asynccontextmanager
async def on(pictures: list[str]) -> AsyncIterator[Opened]:
    async with opened(paths=(os.path.dirname(pictures[0]),)) as case:
        await case.until(lambda: case.app.main.images.complete and len(case.app.main.images.facts) == len(pictures))
        yield case


def row(case: Opened, name: str) -> str:
    """The list's row of a picture."""
    return next(line[:34] for line in case.lines() if name in line[:34])


def names(folder: str) -> list[str]:
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


async def test_a_rating_is_kept_and_shown(pictures: list[str]) -> None:
    async with on(pictures) as case:
        assert row(case, "b.png").split() == ["e", "b.png", *row(case, "b.png").split()[2:]]
        await case.pilot.press("4")
        await case.until(lambda: " 4 " in row(case, "a.png").partition("a.png")[0])
        assert read_rating(pictures[0]) == 4
        await case.pilot.press("x")
        await case.until(lambda: "✗" in row(case, "a.png"))
        assert read_rating(pictures[0]) == -1
        await case.pilot.press("x")
        await case.until(lambda: "✗" not in row(case, "a.png"))
        assert read_rating(pictures[0]) == 0


async def test_all_marked_are_rated_at_once(pictures: list[str]) -> None:
    async with on(pictures) as case:
        await case.pilot.press("M", "2")
        await case.until(lambda: [read_rating(path) for path in pictures] == [2] * 4)
        await case.pilot.press("U", "S", "S", "S", "S", "S")
        assert case.app.main.images.order == "rating"


async def test_the_best_come_first(pictures: list[str]) -> None:
    write_rating(pictures[2], 5)
    write_rating(pictures[3], 1)
    write_rating(pictures[0], -1)
    async with on(pictures) as case:
        await case.pilot.press("S", "S", "S", "S", "S")
        await case.until(lambda: case.app.main.images.view == [2, 3, 1, 0])


async def test_a_damaged_rating_is_named(pictures: list[str]) -> None:
    Path(f"{pictures[0]}.xmp").write_text("nonsense", encoding="utf-8")  # noqa: ASYNC240 - before the app is opened
    async with on(pictures) as case:
        await case.pilot.press("3")
        await case.until(lambda: "a.png.xmp cannot be changed" in case.text())


@pytest.mark.parametrize("key", ["o", "r"])
async def test_images_go_to_another_folder_with_their_edits(pictures: list[str], tmp_path: Path, key: str) -> None:
    target = str(tmp_path / "to")
    async with on(pictures) as case:
        await case.pilot.press("n", key)
        await case.pilot.press("ctrl+u")
        await case.type(target)
        await case.pilot.press("enter")
        await case.until(lambda: "1 image " in case.text())
        assert names(target) == ["b.png", "b.png.safelight.toml"]
        left = ["a.png", "c.png", "d.png"] if key == "r" else ["a.png", "b.png", "c.png", "d.png"]
        await case.until(lambda: case.app.main.images.count == len(left))
        assert [name for name in names(os.path.dirname(pictures[0])) if name.endswith(".png")] == left
        expected = "c.png" if key == "r" else "b.png"
        await case.until(lambda: case.app.bridge.preview.path.endswith(expected))
        assert f"{len(left)} images" in case.text()
        await case.pilot.press(key)
        assert case.app.last_folder == target
        assert isinstance(case.app.screen, TypeFolderScreen)
        assert case.app.screen._field.value == target


async def test_what_is_there_already_stays_and_is_told(pictures: list[str], tmp_path: Path) -> None:
    target = tmp_path / "to"
    target.mkdir()
    (target / "a.png").write_text("mine", encoding="utf-8")
    async with on(pictures) as case:
        case.app.last_folder = str(target)
        await case.pilot.press("M", "r", "enter")
        await case.until(lambda: case.app.main.images.count == 1)
        await case.until(lambda: "exists already" in case.text())
    assert names(str(target)) == ["a.png", "b.png", "b.png.safelight.toml", "c.png", "d.png"]
    assert names(os.path.dirname(pictures[0])) == ["a.png"]
    assert (target / "a.png").read_text(encoding="utf-8") == "mine"


async def test_binned_images_are_gone_from_the_list(
    pictures: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import send2trash

    binned: list[str] = []
    monkeypatch.setattr(send2trash, "send2trash", binned.append)
    async with on(pictures) as case:
        case.app.main.images.mark([1, 3], True)
        await case.pilot.press("delete", "y")
        await case.until(lambda: case.app.main.images.count == 2)
    assert binned == [pictures[1], f"{pictures[1]}.safelight.toml", pictures[3]]


async def test_the_last_image_goes_and_the_list_is_empty(pictures: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    import send2trash

    monkeypatch.setattr(send2trash, "send2trash", lambda _path: None)
    async with on(pictures) as case:
        await case.pilot.press("M", "delete", "y")
        await case.until(lambda: case.app.main.images.count == 0)
        await case.pilot.press("n", "3", "x", "delete", "o")
        assert "There is no image" in case.text()


async def test_a_raw_file_and_its_picture_are_one(pictures: list[str], tmp_path: Path) -> None:
    folder, target = os.path.dirname(pictures[0]), str(tmp_path / "to")
    for name in ("x.jpg", "y.NEF", "z.heic"):
        Image.new("RGB", (6, 4)).save(os.path.join(folder, name), "JPEG")
    for name in ("x.NEF", "z.dng"):
        Path(folder, name).write_bytes(b"raw")  # noqa: ASYNC240 - before the app is opened
    Path(folder, "x.xmp").write_text("", encoding="utf-8")  # noqa: ASYNC240
    async with opened(paths=(folder,)) as case:
        await case.until(lambda: case.app.main.images.complete)
        labels = [case.app.main.images.entries[place].label for place in case.app.main.images.view]
        assert labels[4:] == ["x.jpg+nef", "y.NEF", "z.heic+dng"]
        assert "7 images" in case.text()
        assert "x.jpg+nef" in case.text()
        case.app.main.images.move_to(4)
        case.app.last_folder = target
        await case.pilot.press("r", "enter")
        await case.until(lambda: case.app.main.images.count == 6)
    assert names(target) == ["x.NEF", "x.jpg", "x.xmp"]
