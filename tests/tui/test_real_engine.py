"""The app with the real engine, from opening a folder to finished files."""

from __future__ import annotations

import asyncio
import gc
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from textual.pilot import Pilot

from engine.job import State
from tests.tui.opened import Opened
from tui.app import Safelight
from tui.screens.apply import ApplyScreen

NAMES = ("nuthatch.jpg", "paint-brushes.jpg", "two-dogs.jpg")


@pytest.fixture
def folder(photographs: Path, tmp_path: Path) -> Path:
    """Copies of three photographs, so that results can lie beside them."""
    for name in NAMES:
        shutil.copy(photographs / name, tmp_path)
    return tmp_path


class Watched(Opened):
    """The app with an engine of its own."""

    def __init__(self, app: Safelight, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def until(self, condition: object) -> None:
        """Wait longer than for a fake: kernels may have to be compiled."""
        assert callable(condition)
        async with asyncio.timeout(120):
            while not condition():  # noqa: ASYNC110 - the engine sets no event either
                await asyncio.sleep(0.01)


async def test_two_photographs_are_developed_and_applied(folder: Path) -> None:
    app = Safelight([str(folder)])
    async with app.run_test(size=(120, 50)) as pilot:
        case = Watched(app, pilot)
        await case.until(lambda: app.has_started)
        # A warm engine may be there before the list has told of its first image.
        await case.until(lambda: "6028 × 3391" in case.text())
        assert gc.get_freeze_count(), "what is loaded would be looked through again and again"
        await case.settled()
        await pilot.press("j", "j")
        await case.settled()
        assert "two-dogs.jpg" in app.main.caption.render_line(0).text
        await case.add("exposure")
        plain = app.main.picture.strips
        await pilot.press(*["right"] * 10)
        await case.settled()
        assert case.values == [("exposure", True, {"ev": 1.0})]
        assert app.main.picture.strips != plain
        await pilot.press("tab", "up", "space", "space", "a")
        assert isinstance(app.screen, ApplyScreen)
        await case.until(lambda: "2 files, such as developed/paint-brushes.jpg" in case.text())
        await pilot.press("enter")
        await case.until(lambda: app.main.engine.snapshot is not None and app.main.engine.snapshot.state.over)
        snapshot = app.main.engine.snapshot
        assert snapshot is not None
        assert snapshot.state is State.DONE
        assert (snapshot.done, snapshot.failed, snapshot.left) == (2, 0, 0)
        pictures = [np.asarray(Image.open(folder / name)) for name in ("paint-brushes.jpg", "two-dogs.jpg")]
        # Such a batch may be over between two looks at it, so that no lane is ever seen at work.
        pixels = sum(each.shape[0] * each.shape[1] for each in pictures)
        assert sum(lane.megapixels for lane in snapshot.lanes) == pytest.approx(pixels / 1e6)
        assert sum(lane.busy_seconds for lane in snapshot.lanes) > 0.0
        await case.until(lambda: "done: 2 files" in case.text())
        await pilot.press("q")
    assert sorted(path.name for path in (folder / "developed").iterdir()) == ["paint-brushes.jpg", "two-dogs.jpg"]
    before, after = (
        np.asarray(Image.open(each / "two-dogs.jpg").convert("L")) for each in (folder, folder / "developed")
    )
    assert after.mean() > before.mean() * 1.2
