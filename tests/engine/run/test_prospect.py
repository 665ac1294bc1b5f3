"""What a file will take, told from its headers: never less than decoding, filtering and encoding it really takes."""

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from engine.batch.specification import Specification
from engine.errors import ImageError
from engine.files.apart.memory import shared_empty
from engine.files.decode import decode, decode_bytes
from engine.files.header import examine_file
from engine.files.limits import Limits
from engine.job import Task
from engine.run.prospect import Prospects
from engine.stack import Stack
from tests.engine.pictures import made

HEIGHT, WIDTH = 1000, 1400
PEAKS = """
import json, sys
from pathlib import Path
import numpy as np
from engine.files.decode import decode_bytes
from engine.files.encode import FORMATS, encode, encoding_work
from engine.files.formats import formats
from engine.files.header import examine_file
from engine.files.limits import Limits
from engine.image import Image
from engine.run.allocation import return_freed_memory

def status(name):
    line, = (line for line in open("/proc/self/status") if line.startswith(name))
    return int(line.split()[1]) * 1024

def peak(act):
    open("/proc/self/clear_refs", "w").write("5")
    before = status("VmRSS")
    kept = act()
    return status("VmHWM") - before

def decoding(path):
    form, facts, edition = examine_file(path, Limits())
    size = edition.size
    data = path.read_bytes()
    pixels = facts.width * facts.height * facts.channels * facts.itemsize
    taken = peak(lambda: decode_bytes(path, data, Limits()))
    return {"what": path.name, "taken": taken, "said": size + pixels + facts.work}

def encoding(pixels, format, quality):
    what = f"{format} {quality}: {pixels.dtype} x {pixels.shape[2]}"
    taken = peak(lambda: encode(Image(pixels), format, quality))
    return {"what": what, "taken": taken, "said": encoding_work(pixels.shape, pixels.itemsize, format, quality)}

return_freed_memory()
random = np.random.default_rng(0)
paths, told = sorted(Path(sys.argv[1]).iterdir()), []
HEIGHT, WIDTH = map(int, sys.argv[2:])
for path in {path.suffix: path for path in paths}.values():
    decoding(path)
told += map(decoding, paths)
for channels in (1, 3, 4):
    codes = random.integers(0, 2, (HEIGHT, WIDTH, channels), np.uint8)
    for pixels in (codes * 255, codes.astype(np.float32)):
        own = [(name, 90) for name in FORMATS if not formats()[name].extra]
        for format, quality in own + [("jpeg", 80), ("jpeg", 100), ("webp", 100)]:
            if format in ("jpeg", "png", "tiff") or pixels.itemsize == 1:
                encode(Image(pixels[:64, :64].copy()), format, quality)
                told.append(encoding(pixels, format, quality))
print(json.dumps(told))
"""
"""Prints what decoding each file of a folder and encoding noise took, and what was said beforehand."""
SLACK = 2 << 20
"""Small blocks that the C library keeps, and what the system counts late."""


def saved(folder: Path, width: int = WIDTH, height: int = HEIGHT) -> None:
    """Files of every kind that is decoded in a way of its own."""
    colour, alpha = (
        Pillow.fromarray(made("noise", (70, 90, channels), "uint8", 1)).resize((width, height)) for channels in (3, 4)
    )
    grey, palette = colour.convert("L"), colour.convert("P")
    colour.save(folder / "plain.jpg")
    colour.save(folder / "passes.jpg", progressive=True, subsampling=0, quality=95)
    grey.save(folder / "grey.jpg", progressive=True)
    colour.convert("CMYK").save(folder / "ink.jpg", progressive=True)
    faulty = bytearray((folder / "plain.jpg").read_bytes())
    faulty[len(faulty) // 2 : len(faulty) // 2 + 8] = b"\xff\xd9" * 4
    (folder / "faulty.jpg").write_bytes(faulty)
    for name, picture in (("colour", colour), ("alpha", alpha), ("grey", grey), ("grey alpha", colour.convert("LA"))):
        picture.save(folder / f"{name}.png")
        picture.save(folder / f"{name}.tif", compression="tiff_lzw")
    for name, picture in (("palette", palette), ("bits", colour.convert("1"))):
        picture.save(folder / f"{name}.png")
    palette.save(folder / "clear palette.png", transparency=3)
    colour.save(folder / "clear colour.png", transparency=(1, 2, 3))
    colour.convert("LAB").save(folder / "lab.tif")
    for name, picture in (("colour", colour), ("alpha", alpha)):
        picture.save(folder / f"{name}.webp", quality=80)
        picture.save(folder / f"{name} exact.webp", lossless=True, quality=0, method=0)
    for name, picture in (("colour", colour), ("alpha", alpha), ("grey", grey)):
        picture.save(folder / f"{name}.gif")
        picture.save(folder / f"{name}.bmp")
        picture.save(folder / f"{name}.avif", speed=10)


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from Linux's /proc")
def test_codecs_take_no_more_than_is_said_beforehand(tmp_path: Path, root: Path, photograph: Any) -> None:
    for channels in (1, 2, 3, 4):
        photograph(f"{channels}.png", (HEIGHT, WIDTH, channels), "uint16")
        photograph(f"{channels}.tiff", (HEIGHT, WIDTH, channels), "uint16")
        photograph(f"{channels} floats.tiff", (HEIGHT, WIDTH, channels), "float32")
    saved(tmp_path / "in")
    done = subprocess.run(
        [sys.executable, "-c", PEAKS, str(tmp_path / "in"), str(HEIGHT), str(WIDTH)],
        cwd=root,
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert len(told) > 40
    beyond = [each for each in told if each["taken"] > each["said"] + SLACK]
    assert not beyond


def prospects(stack: list[str], *paths: Path, **settings: Any) -> tuple[Prospects, tuple[Task, ...]]:
    tasks = tuple(Task(str(path), f"{path}.out") for path in paths)
    return Prospects(Specification(tasks, Stack.parse(stack), **settings), workers=2), tasks


def test_the_plan_is_that_of_the_decoded_picture(photograph: Any) -> None:
    for depth in ("uint8", "uint16"):
        path = photograph(f"{depth}.png", (40, 60, 4), depth)
        asked, (task,) = prospects(["gaussian-blur:sigma=2"], path)
        prospect = asked.of(task)
        pixels = decode(path, Limits()).image.pixels
        assert prospect.plan is asked.plan(task, pixels.shape, pixels.dtype.name, b"")
        assert prospect.format == "png"
        assert prospect.plan.shape_out == pixels.shape


def test_pictures_alike_share_a_plan(photograph: Any) -> None:
    asked, tasks = prospects(["invert"], photograph("a.png"), photograph("b.png"), photograph("c.png", (61, 80, 3)))
    first, second, third = (asked.of(task).plan for task in tasks)
    assert first is second
    assert first is not third


def test_more_is_needed_between_passes_and_for_other_formats(photograph: Any) -> None:
    path = photograph("a.jpg", (600, 800, 3))
    needs = []
    for stack, settings in (
        (["invert"], {"quality": 50}),
        (["gaussian-blur:sigma=40"] * 3, {"quality": 50}),
        (["gaussian-blur:sigma=40"] * 3, {"format": "webp", "quality": 100}),
    ):
        asked, (task,) = prospects(stack, path, **settings)
        needs.append(asked.of(task).need)
    assert needs[0] >= 2 * 600 * 800 * 3
    assert needs == sorted(needs)
    assert needs[2] > needs[0]


def test_a_turned_picture_needs_both(tmp_path: Path) -> None:
    needs = []
    for orientation in (1, 6):
        path = tmp_path / f"{orientation}.jpg"
        exif = Pillow.Exif()
        exif[0x0112] = orientation
        Pillow.fromarray(made("noise", (600, 800, 3), "uint8", 1)).save(path, exif=exif, progressive=True)
        asked, (task,) = prospects(["invert"], path)
        needs.append(asked.of(task))
    assert needs[1].plan.shape_out == (800, 600, 3)
    assert needs[1].need >= needs[0].need


def test_a_file_that_changes_after_its_headers_were_read_is_refused(photograph: Any) -> None:
    path, larger = photograph("a.png", (40, 60, 3)), photograph("b.png", (41, 60, 3))
    _, facts, _ = examine_file(path, Limits())
    with pytest.raises(ImageError, match=r"^a\.png was changed while"):
        decode_bytes("a.png", larger.read_bytes(), Limits(), promised=facts)
    same = decode_bytes("a.png", path.read_bytes(), Limits(), promised=facts)
    assert same.image.pixels.shape == (40, 60, 3)


def test_decoders_put_pixels_where_they_are_told(tmp_path: Path) -> None:
    saved(tmp_path, 96, 64)
    for path in tmp_path.iterdir():
        lent: list[np.ndarray[Any, Any]] = []

        def empty(shape: tuple[int, ...], dtype: Any, lent: list[Any] = lent) -> Any:
            size = math.prod(shape) * np.dtype(dtype).itemsize
            lent.append(shared_empty(size).view(dtype).reshape(shape))
            return lent[-1]

        _, facts, _ = examine_file(path, Limits())
        pixels = decode_bytes(path, path.read_bytes(), Limits(), empty=empty).image.pixels
        assert [each for each in lent if np.shares_memory(each, pixels)], path.name
        assert pixels.shape == (facts.height, facts.width, facts.channels), path.name
        assert pixels.itemsize == facts.itemsize, path.name
        np.testing.assert_array_equal(pixels, decode(path, Limits()).image.pixels)
