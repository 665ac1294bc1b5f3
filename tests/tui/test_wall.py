"""Thumbnails: those in view are asked for and shown, the cursor and the keys are those of the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.tui.opened import Opened, folder, opened
from tui.output.strip import CellStrip
from tui.widgets.thumb_grid import COLUMNS, GAP, HEADING, HIGH, ROWS

__all__ = ["folder"]


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Thirty, each of its own colour; the third is damaged."""
    for number in range(30):
        colour = (127 * (number % 3), 127 * (number // 3 % 3), 127 * (number // 9 % 3))
        Image.new("RGB", (60, 40), colour).save(tmp_path / f"p{number:02}.png")
    (tmp_path / "p02.png").write_bytes(b"nonsense")
    return tmp_path


def shade(case: Opened, index: int) -> str:
    """The colour in the middle of a thumbnail, as the terminal is told it."""
    wall = case.app.main.wall
    row, column = divmod(index - wall._first * wall.across, wall.across)
    strip = wall.render_line(HEADING + row * HIGH + ROWS // 2)
    assert isinstance(strip, CellStrip)
    pen = strip.pens[column * (COLUMNS + GAP) + COLUMNS // 2]
    return f"{pen[0]};{pen[1]}"


async def test_every_image_has_its_own_thumbnail(pictures: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with opened(paths=(str(pictures),), size=(120, 40)) as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.press("w", "w")
        wall = case.app.main.wall
        await case.until(lambda: {*range(wall.page)} <= {*wall._drawn})
        assert wall._drawn[2] == ()
        shades = [shade(case, index) for index in range(wall.page) if index != 2]
        assert len(set(shades)) == len(shades)
        assert all(f"p{index:02}.png" in case.text() for index in range(wall.page))
        assert f"p{wall.page + wall.across:02}.png" not in case.text()


async def test_the_cursor_goes_by_rows_and_brings_others_into_view(pictures: Path) -> None:
    async with opened(paths=(str(pictures),), size=(120, 40)) as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.press("w", "w")
        wall, images = case.app.main.wall, case.app.main.images
        await case.pilot.press("down", "right")
        assert images.cursor == wall.across + 1
        await case.pilot.press("end")
        await case.until(lambda: 29 in wall._drawn)
        assert "p29.png" in case.text()
        assert "p00.png" not in case.text()
        await case.pilot.press("up", "up", "up", "up", "up", "up")
        assert "p00.png" in case.text()


async def test_marks_and_the_mouse_are_those_of_the_list(pictures: Path) -> None:
    async with opened(paths=(str(pictures),), size=(120, 40)) as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.press("w", "w", "space")
        assert case.app.main.images.marked == {0}
        assert "● " in case.lines()[1 + HEADING + ROWS]
        assert "1 marked" in case.text()
        await case.pilot.click("#wall", offset=(COLUMNS + GAP + 3, HEADING + HIGH + 2))
        assert case.app.main.images.cursor == case.app.main.wall.across + 1
        await case.pilot.double_click("#wall", offset=(3, 2))
        await case.until(lambda: not case.app.main.has_class("-wall"))
        assert case.app.main.images.cursor == 0


async def test_a_rating_is_shown_at_once(pictures: Path) -> None:
    async with opened(paths=(str(pictures),), size=(120, 40)) as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.press("w", "w", "4")
        await case.until(lambda: "4 p00.png" in case.text())


async def test_finding_is_seen_there_too(pictures: Path) -> None:
    async with opened(paths=(str(pictures),), size=(120, 40)) as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.press("w", "w", "slash")
        await case.type("p1")
        assert "/p1" in case.text()
        await case.until(lambda: "p11.png" in case.text() and "p05.png" not in case.text())


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("size", [(20, 10), (80, 24), (300, 90)])
async def test_it_fits_any_terminal(size: tuple[int, int]) -> None:
    async with opened(size=size) as case:
        await case.pilot.press("w", "w", "end", "home", "pagedown")
        assert case.app.main.images.cursor == min(case.app.main.wall.page, 11)
        assert all(len(line) >= size[0] - 1 for line in case.lines())
