"""Culling in the app: groups in place of the list, by key and by mouse, with ratings on disk at the end."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PIL import Image

from engine.run import culling as engine_culling
from engine.sidecars.rating import REJECTED, read_rating, write_rating
from tests.engine.culling.made import blurred, brighter, exif, opened
from tests.tui.opened import Opened
from tests.tui.opened import opened as open_app
from tui.screens.question import QuestionScreen
from tui.values import Cull

BURST = ["DSC_2.jpg", "DSC_3.jpg", "DSC_1.jpg"]
"""From the best on."""


@pytest.fixture
def shoot(tmp_path: Path, photographs: Path) -> Path:
    """A burst of three, two near duplicates, a stranger, one misnamed, one cut short."""
    scene = opened(photographs / "two-dogs.jpg", 700)
    for number, frame in enumerate((blurred(2)(scene), scene, blurred(1)(scene)), 1):
        frame.save(tmp_path / f"DSC_{number}.jpg", quality=90, exif=exif(f"2026:05:01 10:00:0{number}"))
    boats = opened(photographs / "rowing-boats.jpg", 700)
    boats.save(tmp_path / "boats.jpg")
    brighter(1)(boats).save(tmp_path / "boats-2.jpg")
    opened(photographs / "pier-in-fog.jpg", 700).save(tmp_path / "a-pier.jpg")
    Image.new("RGB", (60, 40), (90, 20, 20)).save(tmp_path / "misnamed.jpg", "PNG")
    (tmp_path / "cut.jpg").write_bytes((tmp_path / "a-pier.jpg").read_bytes()[:9000])
    return tmp_path


def names(case: Opened) -> list[str]:
    """Of the rows, from the first to the last."""
    images = case.app.main.images
    return [images.entries[place].name for place in images.view]


def jpegs(folder: Path) -> list[Path]:
    return list(folder.glob("*.jpg"))


async def culled(case: Opened) -> Cull:
    """Press the key and wait for what comes of it."""
    images = case.app.main.images
    await case.until(lambda: images.complete)
    await case.pilot.press("K")
    await case.until(lambda: images.cull is not None)
    await case.pilot.pause()
    assert images.cull is not None
    return images.cull


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (300, 90)])
async def test_groups_take_the_place_of_the_list(shoot: Path, size: tuple[int, int]) -> None:
    async with open_app(paths=(str(shoot),), size=size) as case:
        cull = await culled(case)
        assert names(case) == [*BURST, "boats.jpg", "boats-2.jpg", "misnamed.jpg", "cut.jpg"]
        assert [len(group) for group in cull.groups] == [3, 2]
        lines = case.lines()
        assert "CULLING" in lines[1]
        assert "2 groups" in lines[1]
        assert "best of a burst of 3: sharpest" in lines[2]
        assert lines[3].startswith(" ★   DSC_2.jpg")
        assert lines[4].startswith(" │   DSC_3.jpg")
        assert lines[5].startswith(" ╰   DSC_1.jpg")
        assert lines[6].startswith(" ★   boats.jpg")
        assert lines[7].startswith(" ╰   boats-2.jpg")
        assert "W" in lines[7][: case.app.main.images.size.width]
        assert lines[8].startswith(" ≠   misnamed.jpg")
        assert lines[9].startswith(" !   cut.jpg")
        assert "2 groups of 5 images, 2 broken or misnamed. D rejects all but the best." in case.text()
        await case.pilot.press("down")
        assert "2 of a burst of 3" in case.lines()[2]
        await case.until(lambda: case.engine.looks[-1].path.endswith("DSC_3.jpg"))
        await case.pilot.press("end")
        assert case.lines()[2].startswith(" is damaged or cut short")
        await case.pilot.press("K")
        assert case.app.main.images.cull is None
        assert len(names(case)) == 8
        assert case.app.main.images.current is not None
        assert case.app.main.images.current.name == "cut.jpg"


async def test_ratings_by_the_keys_of_the_list(shoot: Path) -> None:
    async with open_app(paths=(str(shoot),)) as case:
        await culled(case)
        await case.pilot.press("4", "down", "x")
        await case.until(lambda: read_rating(str(shoot / "DSC_3.jpg")) == REJECTED)
        await case.until(lambda: "✗ DSC_3.jpg" in case.text() and "4 DSC_2.jpg" in case.text())
        assert read_rating(str(shoot / "DSC_2.jpg")) == 4
        assert names(case)[:3] == BURST


async def test_a_group_side_by_side(shoot: Path) -> None:
    async with open_app(paths=(str(shoot),)) as case:
        await culled(case)
        await case.pilot.press("C")
        await case.until(lambda: len(case.engine.looks[-1].panes) == 3)
        assert [Path(pane.path).name for pane in case.engine.looks[-1].panes] == BURST


async def test_all_but_the_best_are_rejected_after_a_question(shoot: Path) -> None:
    write_rating(str(shoot / "DSC_1.jpg"), 2)
    write_rating(str(shoot / "DSC_2.jpg"), 3)
    async with open_app(paths=(str(shoot),)) as case:
        await culled(case)
        await case.pilot.press("D")
        await case.until(lambda: isinstance(case.app.screen, QuestionScreen))
        await case.pilot.press("n")
        await case.until(lambda: case.app.screen is case.app.main)
        assert not (shoot / "DSC_3.jpg.xmp").exists()
        await case.pilot.press("D")
        await case.until(lambda: isinstance(case.app.screen, QuestionScreen))
        await case.pilot.press("y")
        await case.until(lambda: "2 images rejected; 1 rated before stays as it is." in case.text())
        rated = {path.name: read_rating(str(path)) for path in jpegs(shoot)}
        assert {name for name, rating in rated.items() if rating == REJECTED} == {"DSC_3.jpg", "boats-2.jpg"}
        assert (rated["DSC_2.jpg"], rated["DSC_1.jpg"]) == (3, 2)
        await case.until(lambda: "✗ DSC_3.jpg" in case.text())


async def test_the_mouse_reaches_it_all(shoot: Path) -> None:
    async with open_app(paths=(str(shoot),), size=(160, 40)) as case:
        await case.until(lambda: case.app.main.images.complete)
        bar = case.app.main.key_bar
        await case.pilot.click(bar, offset=(case.lines()[-1].index("K cull"), 0))
        await case.until(lambda: case.app.main.images.cull is not None)
        await case.pilot.click(case.app.main.images, offset=(8, 5))
        assert case.app.main.images.current is not None
        assert case.app.main.images.current.name == "boats.jpg"
        await case.pilot.click(case.app.main.images, offset=(0, 6))
        assert len(case.app.main.images.marked) == 1
        await case.pilot.press("escape")
        await case.until(lambda: "D reject others" in case.lines()[-1])
        await case.pilot.click(bar, offset=(case.lines()[-1].index("D reject others"), 0))
        await case.until(lambda: isinstance(case.app.screen, QuestionScreen))


async def test_only_the_marked_are_culled(shoot: Path) -> None:
    async with open_app(paths=(str(shoot),)) as case:
        images = case.app.main.images
        await case.until(lambda: images.complete)
        places = {entry.name: place for place, entry in enumerate(images.entries)}
        images.marked = {places["DSC_1.jpg"], places["DSC_3.jpg"], places["a-pier.jpg"]}
        cull = await culled(case)
        assert names(case) == ["DSC_3.jpg", "DSC_1.jpg"]
        assert cull.total == 3


async def test_who_is_busy_elsewhere_is_told_and_not_moved(shoot: Path) -> None:
    async with open_app(paths=(str(shoot),)) as case:
        images = case.app.main.images
        await case.until(lambda: images.complete)
        case.app.main.enter("stack")
        case.app.run_command("cull")
        await case.until(lambda: "2 groups of 5 images, 2 broken or misnamed. K shows them." in case.text())
        assert (case.app.main.pane, images.cursor, images.cull) == ("stack", 0, None)
        case.app.main.enter("images")
        await case.pilot.press("K")
        await case.until(lambda: images.cull is not None)
        assert names(case)[:3] == BURST


async def test_the_same_images_are_not_scored_twice(shoot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(paths=(str(shoot),)) as case:
        await culled(case)
        await case.pilot.press("K")
        case.app.main.images.mark([0], True)
        monkeypatch.setattr(case.app.bridge.culling, "begin", None)
        await culled(case)
        assert names(case)[:3] == BURST
        assert not case.app.main.images.marked


async def test_nothing_alike_is_said(tmp_path: Path, photographs: Path) -> None:
    for name in ("nuthatch.jpg", "pier-in-fog.jpg"):
        opened(photographs / name, 300).save(tmp_path / name)
    async with open_app(paths=(str(tmp_path),)) as case:
        await culled(case)
        assert names(case) == []
        assert "No two images are alike," in case.text()
        assert "K shows all again." in case.text()
        await case.pilot.press("C", "x", "D", "right")
        await case.pilot.press("K")
        assert len(names(case)) == 2


async def test_an_empty_folder_has_nothing_to_cull(tmp_path: Path) -> None:
    async with open_app(paths=(str(tmp_path),)) as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.press("K")
        await case.until(lambda: "There is no image to cull." in case.text())


async def test_letters_the_wall_and_another_order_go_with_groups(shoot: Path) -> None:
    async with open_app(paths=(str(shoot),)) as case:
        await culled(case)
        await case.pilot.press("slash")
        await case.type("boat")
        assert names(case) == ["boats.jpg", "boats-2.jpg"]
        assert "CULLING  /boat" in case.lines()[1]
        await case.pilot.press("escape")
        await case.pilot.press("w")
        await case.until(lambda: case.app.main.wall.beside and case.text().count("★") == 2)
        await case.pilot.press("w")
        await case.until(lambda: "★" in case.text() and case.app.main.wall.size.width == 120)
        assert case.text().count("★") == 2
        await case.pilot.press("w", "S")
        await case.until(lambda: case.app.main.images.cull is None)
        assert not case.app.main.has_class("-cull")
        assert len(names(case)) == 8


async def test_it_is_watched_and_stopped(tmp_path: Path, photographs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        os.symlink(photographs / "two-dogs.jpg", tmp_path / f"{number}.jpg")
    go, real = threading.Semaphore(4), engine_culling.proxy

    def proxy(*asked: object) -> object:
        assert go.acquire(timeout=60)
        return real(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(engine_culling, "proxy", proxy)
    async with open_app(paths=(str(tmp_path),)) as case:
        await case.until(lambda: case.app.main.images.complete)
        await case.pilot.press("K")
        await case.until(lambda: "4 of 30 scored" in case.text())
        assert "K stops it" in case.text()
        await case.until(lambda: "Ddecode" in case.text().replace(" ", ""))
        # The list is there as ever meanwhile.
        await case.pilot.press("down", "down")
        assert case.app.main.images.cursor == 2
        await case.pilot.press("K")
        for _ in range(26):
            go.release()
        await case.until(lambda: case.app.main.images.cull is not None)
        cull = case.app.main.images.cull
        assert cull is not None
        assert 4 <= cull.scored < 30
        assert f"{cull.scored} of 30 images scored" in case.text()
        assert not case.app.bridge.culling.under_way


async def test_another_folder_ends_it(shoot: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    async with open_app(paths=(str(shoot),)) as case:
        await culled(case)
        case.app.open_folder(str(tmp_path_factory.mktemp("other")))
        await case.until(lambda: case.app.main.images.complete)
        assert case.app.main.images.cull is None
        await case.pilot.pause()
        assert "CULLING" not in case.text()
