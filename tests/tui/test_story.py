"""One sitting, from finding to finished outputs, by keys alone, with the real engine on real photographs."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine import apply
from engine.job import State
from engine.sidecars.edits import read_edits
from engine.sidecars.rating import read_rating
from engine.stack import Stack
from tests.tui.test_real_engine import Watched
from tui.app import Safelight

NAMES = ("astronaut.png", "fig-bowl.png", "mountain-sunset.png")


@pytest.fixture
def folder(photographs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three photographs in a folder below the one that is opened."""
    monkeypatch.delenv("SAFELIGHT_EDITS")
    (tmp_path / "roll" / "iceland").mkdir(parents=True)
    for name in NAMES:
        shutil.copy(photographs / name, tmp_path / "roll" / "iceland")
    return tmp_path / "roll"


def kept(path: Path) -> list[str]:
    return [step.filter for step in read_edits(str(path)).stack.steps]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


async def find_and_rate(case: Watched, iceland: Path) -> None:
    app, pilot = case.app, case.pilot
    # 1 to 3: into the folder below, look at its thumbnails, and back to the list.
    await pilot.press("L")
    await case.until(lambda: "iceland" in case.text())
    await case.type("ice")
    await pilot.press("enter")
    await case.until(lambda: app.main.images.count == 3 and len(app.main.images.facts) == 3)
    await pilot.press("w")
    await case.until(lambda: len(app.main.wall._drawn) == 3)
    await pilot.press("w", "w")
    # 4 to 6: find one by its letters, see it pixel by pixel, and what its file tells.
    await pilot.press("slash")
    await case.type("astr")
    await pilot.press("enter")
    await case.until(lambda: app.bridge.preview.path == str(iceland / "astronaut.png"))
    await pilot.press("z", "shift+right", "z", "I")
    await case.until(lambda: "512 × 512" in case.text())
    await pilot.press("escape", "slash", "escape")
    # 7 to 9: rate two and reject one.
    await pilot.press("home", "5", "n", "4", "n", "x")
    await case.until(lambda: [read_rating(str(iceland / name)) for name in NAMES] == [5, 4, -1])


async def develop(case: Watched, iceland: Path) -> None:
    app, pilot = case.app, case.pilot
    # 10 to 13: develop the first, compare, change one's mind, and change it back.
    await pilot.press("home")
    await case.until(lambda: app.bridge.preview.path == str(iceland / "astronaut.png"))
    await case.add("exposure")
    await pilot.press(*["right"] * 10, "E")
    await case.settled()
    await pilot.press("E", "u")
    assert app.bridge.stack != Stack.parse(["exposure:ev=1"])
    await pilot.press("ctrl+r")
    assert app.bridge.stack == Stack.parse(["exposure:ev=1"])
    # 14 to 16: the second gets a look of its own, then the first one's, and back by undo.
    await pilot.press("tab", "n")
    await case.until(lambda: app.bridge.stack == Stack())
    await case.add("sepia")
    await case.until(lambda: kept(iceland / "fig-bowl.png") == ["sepia"])
    await pilot.press("tab", "m", "home", "Y")
    await case.until(lambda: kept(iceland / "fig-bowl.png") == ["exposure"])
    await pilot.press("n", "u")
    await case.until(lambda: kept(iceland / "fig-bowl.png") == ["sepia"])


async def carry_and_apply(case: Watched, iceland: Path, picked: Path, out: Path) -> None:
    app, pilot = case.app, case.pilot
    # 17 and 18: the two good ones go to another folder, edits and ratings with them.
    await pilot.press("U", "home", "m", "m", "r", "ctrl+u")
    await case.type(str(picked))
    await pilot.press("enter")
    await case.until(lambda: app.main.images.count == 1)
    assert names(iceland) == ["mountain-sunset.png", "mountain-sunset.png.xmp"]
    # 19: there, each is applied with its own edits.
    app.open_folder(str(picked))
    await case.until(lambda: app.main.images.count == 2 and app.main.images.complete)
    await pilot.press("M", "a", "shift+tab", "right", "tab", "ctrl+u")
    await case.type(str(out))
    await case.until(lambda: "2 files, such as out" in case.text())
    await pilot.press("enter")
    await case.until(lambda: app.bridge.batch._snapshot is not None and not app.bridge.batch.running)
    assert app.bridge.batch._snapshot is not None
    assert app.bridge.batch._snapshot.state is State.DONE


async def test_from_finding_to_finished_files(folder: Path, photographs: Path) -> None:
    iceland, picked, out = folder / "iceland", folder / "picked", folder / "out"
    app = Safelight([str(folder)])
    async with app.run_test(size=(120, 50)) as pilot:
        case = Watched(app, pilot)
        await case.until(lambda: app.has_started and app.main.images.complete)
        await find_and_rate(case, iceland)
        await develop(case, iceland)
        await carry_and_apply(case, iceland, picked, out)
        # 20: out.
        await pilot.press("q")
    for name, stack in (("astronaut.png", "exposure:ev=1"), ("fig-bowl.png", "sepia")):
        with Image.open(picked / name) as source, Image.open(out / name) as made:
            assert np.array_equal(np.asarray(made), apply(np.asarray(source), Stack.parse([stack])))
        assert (picked / name).read_bytes() == (photographs / name).read_bytes()
    assert names(out) == ["astronaut.png", "fig-bowl.png"]
    assert [read_rating(str(picked / name)) for name in NAMES[:2]] == [5, 4]
