"""The contact sheet: real files tried with what was chosen, nothing written, and a batch started from it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from PIL import Image

import tui.app
from engine.sidecars.edits import write_edits
from engine.stack import Stack
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder, opened
from tui.io import find_images
from tui.output.strip import CellStrip
from tui.screens.apply import LARGE, ApplyScreen
from tui.screens.contact_sheet import ContactSheetScreen
from tui.settings.chosen import Config, Settings
from tui.widgets.buttons import Buttons
from tui.widgets.contact_rows import ContactRows
from tui.widgets.tiling import tiling

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Fourteen small photographs, the last of which is none."""
    for number in range(13):
        Image.new("RGB", (60, 40), (20 * number, 80, 40)).save(tmp_path / f"p{number:02}.png")
    (tmp_path / "p13.png").write_bytes(b"\x89PNG\r\n\x1a\n and nothing else")
    monkeypatch.setattr(tui.app, "find_images", find_images)
    return tmp_path


def digests(folder: Path) -> dict[str, bytes]:
    return {path.name: hashlib.sha256(path.read_bytes()).digest() for path in folder.iterdir()}


def told(case: Opened) -> bool:
    return "that a batch may take" in case.text()


def rows(case: Opened) -> ContactRows:
    found: ContactRows = case.app.screen.query_one(ContactRows)
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (300, 90)])
async def test_twelve_are_tried_and_all_is_told(pictures: Path, size: tuple[int, int]) -> None:
    before = digests(pictures)
    async with opened(paths=(str(pictures),), size=size) as case:
        await case.develop("invert")
        await case.pilot.press("M", "Q")
        await case.until(lambda: told(case))
        await case.until(lambda: len(rows(case)._drawn) == 11)
        assert isinstance(case.app.screen, ContactSheetScreen)
        text = case.text()
        assert "Contact sheet: 12 of 14 files" in text
        assert "14 files, 0 MP, 1 of 12 tried failed" in text
        assert "about 0:" in text
        assert "wait" in text
        assert "p00.png" in text
        assert "! p13.png" in text
        assert " failed " in text.replace("tried failed", "")
        strips = rows(case)._drawn[0]
        tile = rows(case)._tile
        assert all(isinstance(strip, CellStrip) and strip.cell_length <= tile[0] for strip in strips)
        assert len(strips) <= tile[1]
        await case.pilot.press("escape")
        assert case.app.screen is case.app.main
        assert not case.engine.submitted
    assert digests(pictures) == before


async def test_it_is_reached_from_the_dialog_and_starts_what_that_says(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.develop("invert")
        await case.pilot.press("M", "a")
        dialog = case.app.screen
        assert isinstance(dialog, ApplyScreen)
        await dialog.pondered()
        await case.pilot.press("tab", *["right"] * dialog._format.options.index("jpeg"))
        await dialog.pondered()
        await case.pilot.press("f3")
        await case.until(lambda: told(case))
        assert "p00.jpg" in case.text()
        await case.pilot.press("escape")
        assert case.app.screen is dialog
        buttons = dialog.query_one(Buttons)
        await case.pilot.click(buttons, offset=(buttons.render_line(0).text.index("contact"), 0))
        await case.until(lambda: told(case))
        await case.pilot.click(case.app.screen.query_one(Buttons), offset=(2, 0))
        await case.until(lambda: case.engine.submitted)
        (asked,) = case.engine.submitted
        assert (asked.format, len(asked.tasks), asked.stack) == ("jpeg", 14, Stack.parse(["invert"]))
        assert case.app.screen is case.app.main


async def test_from_the_key_the_batch_is_started_as_last_time_and_waits_its_turn(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.develop("invert")
        await case.pilot.press("Q")
        await case.until(lambda: told(case))
        await case.pilot.press("enter")
        await case.until(lambda: case.engine.submitted)
        (asked,) = case.engine.submitted
        assert [os.path.basename(task.source) for task in asked.tasks] == ["p00.png"]
        assert asked.output == str(pictures / "developed")
        assert asked.turn == 1


async def test_as_many_at_a_time_as_the_setting_says(pictures: Path) -> None:
    for word, turn in (("3", 3), ("all", 0)):
        settings = Settings(Config({"batches": word}))
        async with opened(FakeEngine(running=True, frames=0), paths=(str(pictures),), settings=settings) as case:
            await case.develop("invert")
            await case.until(lambda case=case: case.app.bridge.batch.running)  # type: ignore[misc]
            await case.pilot.press("a")
            await case.until(lambda case=case: "share the cores" in case.text())  # type: ignore[misc]
            await case.pilot.press("enter")
            await case.until(lambda case=case: case.engine.submitted)  # type: ignore[misc]
            assert case.engine.submitted[0].turn == turn


async def test_one_that_will_wait_is_told_before(pictures: Path) -> None:
    async with opened(FakeEngine(running=True, frames=0), paths=(str(pictures),)) as case:
        await case.develop("invert")
        await case.until(lambda: case.app.bridge.batch.running)
        await case.pilot.press("a")
        await case.until(lambda: "this one waits for its turn" in case.text())


async def test_each_with_its_own_edits_is_tried_with_them(pictures: Path) -> None:
    write_edits(str(pictures / "p02.png"), Stack.parse(["invert"]), None)
    async with opened(paths=(str(pictures),)) as case:
        await case.pilot.press("M", "a", "shift+tab", "right")
        await case.until(lambda: "1 file, such as" in case.text())
        await case.pilot.press("f3")
        await case.until(lambda: told(case))
        assert "Contact sheet: 1 file" in case.text()
        assert "p02.png" in case.text()


async def test_a_large_run_is_offered_one(pictures: Path) -> None:
    for number in range(LARGE):
        (pictures / f"q{number}.jpg").touch()
    async with opened(paths=(str(pictures),)) as case:
        await case.pilot.press("M", "a")
        await case.until(lambda: "114 files" in case.text())
        words = " ".join(case.text().replace("│", " ").split())
        assert "a large run: f3 tries 12 of them" in words


async def test_what_cannot_be_tried_says_why(pictures: Path) -> None:
    (pictures / "developed").mkdir()
    (pictures / "developed" / "p00.png").touch()
    async with opened(paths=(str(pictures),)) as case:
        await case.develop("invert")
        await case.pilot.press("Q")
        await case.until(lambda: "exists already" in case.text())
        await case.pilot.press("enter")
        assert not case.engine.submitted


async def test_leaving_it_early_leaves_nothing_running(pictures: Path) -> None:
    async with opened(paths=(str(pictures),)) as case:
        await case.develop("invert")
        await case.pilot.press("M", "Q", "escape")
        assert case.app.screen is case.app.main
        assert case.app.bridge.sampling._stop.is_set()
        await case.pilot.press("Q")
        await case.until(lambda: told(case))


@pytest.mark.parametrize("count", [1, 2, 5, 11, 12])
@pytest.mark.parametrize(("width", "height"), [(76, 13), (116, 28), (296, 80), (30, 40), (12, 3)])
def test_tiles_fill_the_room_and_leave_none_out(count: int, width: int, height: int) -> None:
    across, (columns, lines) = tiling(count, width, height, 1)
    down = -(-count // across)
    assert across * columns + across - 1 <= width
    assert lines >= 1
    if height >= 2 * count or width >= 12 * count:
        assert down * (lines + 1) <= height
