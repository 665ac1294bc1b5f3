"""Going from folder to folder: what was asked of one never shows up in another."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PIL import Image

from engine.confinement import ROOT
from engine.files.tree import branch
from tests.tui.opened import Opened, opened
from tui.io import read_folder
from tui.screens.choose_folder import ChooseFolderScreen
from tui.values import Folder
from tui.widgets.folder_tree import counted


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


@asynccontextmanager
async def tree_of(case: Opened) -> AsyncIterator[ChooseFolderScreen]:
    """The tree, with all in view counted."""
    await case.pilot.press("L")
    await case.until(lambda: isinstance(case.app.screen, ChooseFolderScreen))
    screen = case.app.screen
    assert isinstance(screen, ChooseFolderScreen)
    await case.until(lambda: counted_all(screen))
    yield screen


def counted_all(screen: ChooseFolderScreen) -> bool:
    around = screen._tree.around
    return screen._found.is_set() and all(twig.known or twig.path == around for twig in screen._twigs)


def shown(screen: ChooseFolderScreen) -> list[tuple[str, str, int]]:
    """Marks, names and levels of the rows."""
    return [(twig.mark, twig.name, twig.depth) for twig in screen._twigs]


async def test_arrows_open_and_shut_and_go_up(tree: Path) -> None:
    (tree / "two" / "deep" / "deeper").mkdir(parents=True)
    async with opened(paths=(str(tree),)) as case, tree_of(case) as screen:
        top = [("↑", "..", 0), ("▾", "top", 0), (" ", "one", 1), ("▸", "two", 1)]
        assert shown(screen) == top
        assert [counted(twig.known) for twig in screen._twigs] == ["", "2", "1", "3"]
        await case.pilot.press("down", "down", "right")
        assert shown(screen)[3:] == [("▾", "two", 1), ("▸", "deep", 2)]
        await case.pilot.press("right", "right")
        await case.until(lambda: shown(screen)[4:] == [("▾", "deep", 2), (" ", "deeper", 3)])
        assert screen._rows.cursor == 4
        await case.pilot.press("right", "left")
        assert screen._rows.cursor == 4
        await case.pilot.press("left", "left", "left")
        assert shown(screen) == top
        await case.pilot.press("left", "left")
        await case.until(lambda: counted_all(screen) and screen._tree.root == str(tree.parent))
        assert shown(screen)[1] == ("▾", tree.parent.name, 0)
        assert shown(screen)[2:4] == [("▾", "top", 1), (" ", "one", 2)]
        await case.pilot.press("down", "down", "enter")
        await case.until(lambda: names(case) == ["c.png"])


async def test_the_mouse_opens_at_the_mark_and_goes_at_the_name(tree: Path) -> None:
    (tree / "two" / "deep").mkdir()
    async with opened(paths=(str(tree),)) as case, tree_of(case) as screen:
        await case.pilot.click(screen._rows, offset=(3, 3))
        await case.until(lambda: shown(screen)[3:] == [("▾", "two", 1), (" ", "deep", 2)])
        await case.pilot.click(screen._rows, offset=(3, 3))
        await case.until(lambda: shown(screen)[3:] == [("▸", "two", 1)])
        await case.pilot.click(screen._rows, offset=(9, 2))
        await case.until(lambda: names(case) == ["c.png"])


async def test_letters_find_folders_that_are_shut(tree: Path) -> None:
    (tree / "two" / "deep").mkdir()
    async with opened(paths=(str(tree),)) as case, tree_of(case):
        await case.type("dee")
        await case.pilot.press("enter")
        await case.until(lambda: case.app.folder == str(tree / "two" / "deep"))


async def test_a_link_is_followed_but_never_in_circles(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "inner").mkdir(parents=True)
    (tree / "one" / "elsewhere").symlink_to(tmp_path / "elsewhere")
    (tree / "one" / "back").symlink_to(tree)
    (tmp_path / "elsewhere" / "inner" / "again").symlink_to(tmp_path / "elsewhere")
    (tree / "one" / "nowhere").symlink_to(tree / "gone")
    assert branch(str(tree / "one")).folders == ("elsewhere",)
    assert branch(str(tree / "one")).links == {"elsewhere"}
    inner = branch(str(tree / "one" / "elsewhere" / "inner"))
    assert inner.folders == ()
    async with opened(paths=(str(tree),)) as case, tree_of(case) as screen:
        await case.pilot.press("down", "right", "right")
        await case.until(lambda: ("▸", "elsewhere", 2) in shown(screen))


async def test_what_cannot_be_read_says_why(tree: Path) -> None:
    async with opened(paths=(str(tree),)) as case, tree_of(case) as screen:
        (tree / "one" / "c.png").unlink()
        (tree / "one").rmdir()
        screen._learn(read_folder(str(tree / "one")))
        await case.pilot.press("down")
        assert "cannot be read" in case.text()


def test_a_huge_folder_is_told_in_part(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        (tree / f"f{number}").mkdir()
    monkeypatch.setattr("engine.files.tree.MOST_FOLDERS", 5)
    found = branch(str(tree))
    assert (len(found.folders), found.complete) == (5, False)
    monkeypatch.setattr("engine.files.tree.MOST_NAMES", 3)
    assert counted(read_folder(str(tree / "two"))) == "3"
    Image.new("RGB", (6, 4)).save(tree / "two" / "x.png")
    assert counted(read_folder(str(tree / "two"))).endswith("+")


async def test_a_slow_folder_keeps_nobody_from_another(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.bridge import folders

    answer, read = threading.Event(), folders.read_folder

    def slow(path: str) -> Folder:
        if path.endswith("one"):
            answer.wait()
        return read(path)

    monkeypatch.setattr(folders, "read_folder", slow)
    async with opened(paths=(str(tree),)) as case:
        await case.pilot.press("L")
        await case.until(lambda: isinstance(case.app.screen, ChooseFolderScreen) and case.app.screen._found.is_set())
        screen = case.app.screen
        assert isinstance(screen, ChooseFolderScreen)
        await case.pilot.press("down", "down", "right")
        await case.until(lambda: counted(screen._twigs[3].known) == "3")
        assert screen._twigs[2].known is None
        await case.pilot.press("enter")
        await case.until(lambda: names(case) == ["d.png", "e.png", "f.png"])
        answer.set()


async def test_an_empty_folder_says_so(tree: Path) -> None:
    (tree / "nothing").mkdir()
    async with opened(paths=(str(tree),)) as case:
        await go(case, "nothing", [])
        assert "No images here." in case.text()
        await case.pilot.press("n", "space", "w", "w")
        await go(case, "..", ["a.png", "b.png"])
