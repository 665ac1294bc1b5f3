"""Images in another order: real files, sorted while one looks on, the cursor staying with its image."""

import os
import time
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from PIL import Image

from engine.sidecars.rating import write_rating
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import Opened
from tui.app import Safelight
from tui.bridge.ordering import told
from tui.values import Order

FILES = {"a.png": (40, 30, 4.0), "b.png": (10, 10, 1.0), "c.png": (80, 60, 3.0), "d.png": (20, 20, 2.0)}
"""Width, height and when it was written."""
EXPECTED: dict[Order, str] = {
    "name": "abcde",
    "taken": "ebdac",
    "written": "ebdca",
    "size": "cadbe",
    "megapixels": "cadbe",
    "rating": "cbade",
}
BACKWARDS: dict[Order, str] = {"megapixels": "bdace", "rating": "adbce"}
"""Where it is not known of the file that is none, or is the same of two."""


def taken(when: str, fraction: str = "") -> bytes:
    """An EXIF block that tells a time."""
    exif = Image.Exif()
    exif.get_ifd(0x8769).update({0x9003: when, 0x9291: fraction})
    return exif.tobytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four pictures of noise, one of which tells when it was taken, and a file that is none."""
    random = np.random.default_rng(1)
    for name, (width, height, written) in FILES.items():
        exif = taken("1999:05:01 10:00:00") if name == "c.png" else b""
        Image.fromarray(random.integers(0, 256, (height, width, 3), np.uint8)).save(tmp_path / name, exif=exif)
        os.utime(tmp_path / name, (written, written))
    write_rating(str(tmp_path / "c.png"), 5)
    write_rating(str(tmp_path / "b.png"), 2)
    (tmp_path / "e.png").write_bytes(b"none")
    os.utime(tmp_path / "e.png", (0.5, 0.5))
    return tmp_path


@pytest.mark.parametrize("order", get_args(Order)[1:])
def test_what_images_are_ordered_by(folder: Path, order: Order) -> None:
    paths = [str(path) for path in sorted(folder.glob("*.png"))]
    keys = {index: key for part in told(order, [*paths, str(folder / "gone.png")]) for index, key in part.items()}
    found = sorted(range(5), key=lambda index: (keys.get(index, float("inf")), index))
    assert "".join(Path(paths[index]).stem for index in found) == EXPECTED[order]
    assert 5 not in keys
    assert (4 in keys) is (order not in ("megapixels", "rating"))


def test_pictures_of_one_second_are_in_order_by_its_parts(tmp_path: Path) -> None:
    paths = [str(tmp_path / f"{number}.jpg") for number in range(3)]
    for path, fraction in zip(paths, ("75", "5", "250"), strict=True):
        Image.new("RGB", (8, 8)).save(path, exif=taken("2024:02:29 23:59:59", fraction))
    keys = {index: key for part in told("taken", paths) for index, key in part.items()}
    assert sorted(keys, key=keys.__getitem__) == [2, 1, 0]
    assert time.gmtime(keys[0])[:6] == (2024, 2, 29, 23, 59, 59)


def stems(case: Opened) -> str:
    """The images in the order of the rows."""
    images = case.app.main.images
    return "".join(Path(images.entries[place].name).stem for place in images.view)


async def test_the_list_goes_round_the_orders_and_the_cursor_stays_with_its_image(folder: Path) -> None:
    engine = FakeEngine()
    app = Safelight([str(folder)], make_engine=lambda: engine)
    async with app.run_test(size=(120, 40)) as pilot:
        case = Opened(app, pilot, engine)
        await case.until(lambda: app.has_started and app.main.images.complete)
        await case.settled()
        app.main.images.move_to(3)
        await case.until(lambda: engine.looks[-1].path.endswith("d.png"))
        looks = len(engine.looks)
        for order in [*get_args(Order)[1:], "name"]:
            await pilot.press("S")
            await case.until(lambda order=order: stems(case) == EXPECTED[order])
            assert app.main.images.order == order
            assert app.main.images.current is not None
            assert app.main.images.current.name == "d.png"
            backwards = BACKWARDS.get(order, EXPECTED[order][::-1])
            await pilot.press("less_than_sign")
            await case.until(lambda backwards=backwards: stems(case) == backwards)
            assert app.main.images.current.name == "d.png"
        assert len(engine.looks) == looks
        await pilot.press("S", "S", "S")
        await case.until(lambda: stems(case) == EXPECTED["size"])
        await pilot.pause()
        assert "size▾" in case.lines()[1]
        await pilot.press("less_than_sign")
        assert "size▴" in case.lines()[1]
        await pilot.press("less_than_sign", "S", "S", "S", "S")
        await case.until(lambda: stems(case) == EXPECTED["taken"] and len(app.main.images.facts) == 5)
        assert " 1999-05-01" in case.text()
        assert "~1970-01-01" in case.text()
        await pilot.press("S", "S")
        await case.until(lambda: stems(case) == EXPECTED["size"])
        await pilot.press("space")
        assert app.main.images.marked == {3}
        await case.type("/")
        await pilot.press("b", "enter")
        assert stems(case) == "b"
        await pilot.press("slash", "escape")
        assert stems(case) == EXPECTED["size"]
        await pilot.press("q")
