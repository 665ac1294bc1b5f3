"""Thumbnails beside the names of the list: the same rows, keys and mouse, in few bytes on a thin line."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from textual import events

from tests.tui.driver import Cell, EmulatedDriver, composed, terminal_of
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened, folder, opened
from tests.tui.test_quietness import DEADLINE, until
from tui.app import Safelight
from tui.output.colours import Colours
from tui.output.strip import CellStrip
from tui.widgets.thumb_grid import HEADING, MARK, SMALL

__all__ = ["DEADLINE", "folder"]
COUNT, PRESSES = 60, 24


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Sixty of noise, written in the order of their names, the third of them damaged."""
    random = np.random.default_rng(5)
    for number in range(COUNT):
        path = tmp_path / f"p{number:02}.png"
        Image.fromarray(random.integers(0, 256, (40, 60, 3), np.uint8)).save(path)
        os.utime(path, (86_400 * number, 86_400 * number))
    (tmp_path / "p02.png").write_bytes(b"nonsense")
    return tmp_path


def late(case: Opened, row: int) -> int:
    """Cells of a row's thumbnail."""
    strip = case.app.main.wall.render_line(HEADING + row * SMALL[1] + 1)
    assert isinstance(strip, CellStrip)
    return sum(strip.late)


async def test_names_numbers_and_dates_stand_beside_thumbnails(pictures: Path) -> None:
    async with opened(paths=(str(pictures),), size=(120, 40)) as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.press("w")
        wall, images = case.app.main.wall, case.app.main.images
        await case.until(lambda: {*range(wall.page)} <= {*wall._drawn} & {*images.facts})
        text = case.text()
        assert "p00.png" in text
        assert "~1970-01-02" in text
        assert "cannot be read" in text
        assert [late(case, row) for row in range(4)] == [SMALL[0], SMALL[0], 0, SMALL[0]]
        await case.pilot.press("end", "space")
        await case.until(lambda: COUNT - 1 in wall._drawn)
        assert " ● " in case.text()
        assert "p59.png" in case.text()
        await case.pilot.press("home", "pagedown")
        assert images.cursor == wall.page


async def test_the_mouse_chooses_and_marks(pictures: Path) -> None:
    async with opened(paths=(str(pictures),), size=(120, 40)) as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.press("w", "tab")
        await case.pilot.click("#wall", offset=(MARK + SMALL[0] + 3, HEADING + 2 * SMALL[1] + 1))
        assert case.app.main.pane == "images"
        assert case.app.main.images.cursor == 2
        await case.pilot.click("#wall", offset=(1, HEADING + SMALL[1]))
        assert case.app.main.images.marked == {1}


async def test_it_goes_round_list_names_and_wall(pictures: Path) -> None:
    async with opened(paths=(str(pictures),), size=(120, 40)) as case:
        for expected in ("beside", "wall", "none"):
            await case.pilot.press("w")
            assert case.app.main.thumbs == expected
        await case.pilot.press("w", "F")
        await case.until(lambda: case.app.main.picture.size == (120, 39))


def chars(cells: list[list[Cell]]) -> list[list[str]]:
    """What is there, whatever its colours: a thin line has fewer."""
    return [["█" if char in "▀▄█" else char for char, *_ in row] for row in cells]


async def test_an_arrow_held_on_a_thin_line_stays_within_its_bytes(pictures: Path) -> None:
    engine, size = FakeEngine(dark=True), (120, 50)
    colours = Colours("truecolor", "a test says so")
    app = Safelight((str(pictures),), make_engine=lambda: engine, driver_class=EmulatedDriver, colours=colours)
    running = asyncio.create_task(app.run_async(size=size))
    await until(lambda: app.has_started and app.bridge.stack is not None and app.bridge.preview.settled)
    app.sight.link.chosen = "thin"
    app.survey()
    terminal = terminal_of(app)

    def shown() -> bool:
        wall = app.main.wall
        return (
            app.bridge.preview.settled
            and all(row in wall._drawn for row in (wall.window() or ()))
            and chars(composed(app)) == chars([terminal.terminal.cells(y) for y in range(size[1])])
        )

    app.post_message(events.Key("w", "w"))
    await until(lambda: app.main.thumbs == "beside" and shown())
    terminal.count()
    for number in range(1, PRESSES):
        app.post_message(events.Key("j", "j"))
        await until(lambda number=number: app.main.images.cursor == number and shown())
    spent = terminal.count() / PRESSES
    assert spent < 1_500, spent
    app.exit(0)
    await running


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("size", [(20, 10), (80, 24), (300, 90)])
async def test_it_fits_any_terminal(size: tuple[int, int]) -> None:
    async with opened(size=size) as case:
        await case.pilot.press("w", "end", "home", "pagedown")
        assert all(len(line) >= size[0] - 1 for line in case.lines())
