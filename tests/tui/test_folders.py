"""Going from folder to folder: what was asked of one never shows up in another."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from engine.confinement import ROOT
from tests.tui.opened import Opened, opened
from tui.screens.choose_folder import ChooseFolderScreen


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two pictures, and two folders with one and three."""
    for name in ("a.png", "b.png", "one/c.png", "two/d.png", "two/e.png", "two/f.png"):
        (tmp_path / "top" / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (60, 40), (90, 80, 70)).save(tmp_path / "top" / name)
    (tmp_path / "top" / ".hidden").mkdir()
    return tmp_path / "top"


def names(case: Opened) -> list[str]:
    return [case.app.main.images.entries[place].name for place in case.app.main.images.view]


async def go(case: Opened, typed: str, expected: list[str]) -> None:
    await case.pilot.press("L")
    await case.until(lambda: isinstance(case.app.screen, ChooseFolderScreen) and case.app.screen._found.is_set())
    await case.type(typed)
    await case.pilot.press("enter")
    await case.until(lambda: names(case) == expected and case.app.main.images.complete)


async def test_down_and_up_again(tree: Path) -> None:
    async with opened(paths=(str(tree),)) as case:
        await case.until(lambda: len(case.app.main.images.facts) == 2)
        case.app.main.images.mark([0, 1], True)
        await case.pilot.press("S", "L")
        await case.until(lambda: isinstance(case.app.screen, ChooseFolderScreen) and "two" in case.text())
        assert ".hidden" not in case.text()
        await case.pilot.press("escape")
        await go(case, "two", ["d.png", "e.png", "f.png"])
        await case.until(lambda: len(case.app.main.images.facts) == 3)
        await case.until(lambda: case.app.bridge.preview.path == str(tree / "two" / "d.png"))
        assert not case.app.main.images.marked
        assert case.app.main.images.order == "name"
        assert "3 images" in case.text()
        await go(case, "..", ["a.png", "b.png"])
        await case.until(lambda: case.app.bridge.preview.path == str(tree / "a.png"))


async def test_a_folder_that_was_gone_to_is_the_one_that_is_watched(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.bridge import watching

    monkeypatch.setattr(watching, "SECONDS", 0.02)
    async with opened(paths=(str(tree),)) as case:
        await go(case, "one", ["c.png"])
        Image.new("RGB", (6, 4)).save(tree / "g.png")
        Image.new("RGB", (6, 4)).save(tree / "one" / "h.png")
        await case.until(lambda: names(case) == ["c.png", "h.png"])


async def test_nobody_leaves_the_folder_that_is_open_to_them(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT, str(tree))
    async with opened(paths=(str(tree),)) as case:
        await case.pilot.press("L")
        await case.until(lambda: isinstance(case.app.screen, ChooseFolderScreen) and case.app.screen._found.is_set())
        assert "around" not in case.text()
        await case.type("..")
        assert "No folder here has these letters" in case.text()


async def test_an_empty_folder_says_so(tree: Path) -> None:
    (tree / "nothing").mkdir()
    async with opened(paths=(str(tree),)) as case:
        await go(case, "nothing", [])
        assert "No images here." in case.text()
        await case.pilot.press("n", "space", "w", "w")
        await go(case, "..", ["a.png", "b.png"])
