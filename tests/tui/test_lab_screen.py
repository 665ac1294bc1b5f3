"""The laboratory in the app: one picture by several strategies, the same for all, with the time that each took."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from engine.lab.strategies import strategies
from tests.tui.opened import Opened, opened
from tui.screens.lab import LabScreen


@pytest.fixture
def picture(tmp_path: Path, photographs: Path) -> Path:
    """A small one, so that pure Python is quick."""
    with Image.open(photographs / "nuthatch.jpg") as whole:
        whole.resize((90, 60)).save(tmp_path / "a.png")
    return tmp_path


async def enter(case: Opened) -> LabScreen:
    await case.until(lambda: case.app.main.images.complete)
    await case.pilot.press("A")
    await case.until(lambda: isinstance(case.app.screen, LabScreen))
    assert isinstance(case.app.screen, LabScreen)
    return case.app.screen


def developed(screen: LabScreen, name: str) -> bool:
    return name in screen._times and screen._picture.strips == screen._times[name].strips


async def measured(case: Opened, screen: LabScreen, name: str) -> None:
    await case.until(lambda: name in screen._times and "processed in" in case.text())


async def test_every_way_makes_the_same_picture_and_has_its_time(picture: Path) -> None:
    async with opened(paths=(str(picture),)) as case:
        screen = await enter(case)
        await measured(case, screen, "one-thread")
        first = screen._picture.strips
        await case.pilot.press("right", "right", "b")
        await case.until(lambda: screen._picture.strips != first)
        made = {}
        for name in ("one-thread", "threads-python", "threads-numpy"):
            row = [each for each, _, _ in screen._strategies].index(name)
            screen._rows.move_to(row)
            await case.until(partial(developed, screen, name))
            await case.pilot.pause(0.05)
            made[name] = list(screen._picture.strips)
        assert made["one-thread"] == made["threads-python"] == made["threads-numpy"]
        assert "exposure +0.2 stops   gamma 1.00   and a Gaussian blur" in case.text()
        assert re.search(r"processed in [\d.]+ ms \([\d,]+ Mpx/s\), drawn in [\d.]+ ms", case.text())
        await case.pilot.press("escape")
        await case.until(lambda: not case.app.bridge.laboratory._trays)


async def test_what_cannot_run_here_says_so_and_the_others_do(picture: Path) -> None:
    gone = [name for name, each in strategies().items() if each.missing()]
    if not gone:
        pytest.skip("every strategy can run here")
    async with opened(paths=(str(picture),)) as case:
        screen = await enter(case)
        await measured(case, screen, "one-thread")
        screen._rows.move_to([each for each, _, _ in screen._strategies].index(gone[0]))
        await case.until(lambda: "not here" in case.text())
        screen._rows.move_to(0)
        await case.until(lambda: "processed in" in case.text())


@pytest.mark.parametrize("size", [(80, 24), (300, 90)])
async def test_it_fits_any_terminal(picture: Path, size: tuple[int, int]) -> None:
    async with opened(paths=(str(picture),), size=size) as case:
        screen = await enter(case)
        await measured(case, screen, "one-thread")
        assert screen._picture.size.width > 10
        assert case.app.main.picture.size.width > 10
