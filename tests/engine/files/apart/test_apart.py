"""Decoding in a process apart: what a child may say and do, and that its end is one file's fault and nothing else's."""

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from engine.child import environment
from engine.errors import ImageError
from engine.files.apart.cell import Cell
from engine.files.apart.memory import shared_by, shared_empty
from engine.files.apart.order import Order
from engine.files.apart.pool import Pool, pool
from engine.files.decode import decode
from engine.files.format import Facts, UnsupportedError
from engine.files.limits import Limits
from engine.files.proxy import proxy
from tests.engine.files.conftest import Maker

LIAR = str(Path(__file__).with_name("liar.py"))
FACTS = Facts(width=3, height=2, channels=3, depth=8)
DEADLINE = 30.0
Liar = Callable[[str], Pool]


@pytest.fixture
def liar(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Liar]:
    """A pool of children that answer in one way."""
    monkeypatch.setenv("PYTHONPATH", str(root))
    made = []

    def pool_of(what: str) -> Pool:
        made.append(Pool(lambda: Cell((sys.executable, LIAR, what))))
        return made[-1]

    yield pool_of
    for each in made:
        each.close()


def until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DEADLINE
    while not reached():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.01)


@pytest.mark.parametrize(
    "what", ["shape", "negative", "words", "nothing", "list", "notes", "numbers", "profile", "large"]
)
def test_a_child_that_lies_is_not_believed(liar: Liar, what: str) -> None:
    with pytest.raises(UnsupportedError, match=r"ended the process that decoded it"):
        liar(what).decode(Order("png", FACTS), b"file", 10, np.empty)


@pytest.mark.parametrize("what", ["dies", "ends", "endless", "garbage", "half"])
def test_a_child_that_is_gone_is_one_files_fault(liar: Liar, what: str) -> None:
    pool = liar(what)
    for _ in range(2):
        with pytest.raises(UnsupportedError) as fault:
            pool.decode(Order("png", FACTS), b"file", 10, np.empty)
        assert ("signal 11" in str(fault.value)) == (what == "dies")


def test_a_child_that_hangs_is_given_up(liar: Liar) -> None:
    with pytest.raises(
        UnsupportedError, match=r"took more than 0.3 seconds to decode and was given up: raise --max-sec"
    ):
        liar("hangs").decode(Order("png", FACTS), b"file", 0.3, np.empty)


def test_a_child_that_says_it_slowly_is_given_up_no_later(liar: Liar) -> None:
    drips, began = liar("drips"), time.monotonic()
    with pytest.raises(UnsupportedError, match=r"took more than 0.5 seconds"):
        drips.decode(Order("png", FACTS), b"file", 0.5, np.empty)
    assert time.monotonic() - began < DEADLINE


@pytest.mark.skipif(sys.platform != "linux", reason="open files are counted as Linux lists them")
def test_descriptors_that_a_child_sends_are_not_taken(liar: Liar) -> None:
    giver = liar("gives")

    def count() -> int:
        giver.decode(Order("png", FACTS), b"file", 10, np.empty)
        gc.collect()
        return len(os.listdir("/proc/self/fd"))

    first = count()
    assert [count() for _ in range(5)] == [first] * 5


def test_what_a_child_says_is_harmless_and_short(liar: Liar) -> None:
    raster = liar("shouts").decode(Order("png", FACTS), b"file", 10, np.empty)
    assert len(raster.notes) == 4
    assert all(note.isprintable() and len(note) < 300 for note in raster.notes)


def test_pixels_lie_where_they_were_asked_for(liar: Liar) -> None:
    mine = shared_empty(2 * 3 * 3)
    order = Order("png", FACTS)
    lent = liar("sound").decode(order, b"file", 10, lambda shape, kind: mine.view(kind).reshape(shape))
    assert lent.pixels.ctypes.data == mine.ctypes.data
    assert shared_by(np.empty(5, np.uint8)) is None
    assert shared_by(mine[3:]) is None


@pytest.mark.skipif(sys.platform != "linux", reason="seals are for Linux")
def test_shared_memory_cannot_be_taken_away() -> None:
    memory = shared_by(shared_empty(4096))
    assert memory is not None
    for size in (0, 8192):
        with pytest.raises(PermissionError):
            os.ftruncate(memory.descriptor, size)


def test_a_killed_child_is_replaced(save: Maker, limits: Limits) -> None:
    path = save("a.png")
    expected = decode(path, limits).image.pixels
    for child in psutil.Process().children():
        child.send_signal(signal.SIGKILL)
    assert np.array_equal(decode(path, limits).image.pixels, expected)


def test_nothing_is_left_open(save: Maker, limits: Limits) -> None:
    paths = [save("a.png"), save("b.webp"), save("c.tif"), save("d.png", Image.new("LA", (9, 7), (3, 200)))]
    bad = save("e.png")
    bad.write_bytes(bad.read_bytes()[:90])

    def round_of_all() -> tuple[int, int]:
        for path in paths:
            decode(path, limits)
            proxy(path, 5, 5, limits)
        with pytest.raises(ImageError):
            decode(bad, limits)
        gc.collect()
        return len(os.listdir("/proc/self/fd")), len(psutil.Process().children())

    first = round_of_all()
    assert [round_of_all() for _ in range(10)][-1] == first


def test_a_child_is_out_of_reach_of_the_terminal_and_ends_with_its_parent(root: Path) -> None:
    program = (
        "import time; from engine.files.apart.cell import Cell; cell = Cell(); "
        "print(cell._process.pid, flush=True); time.sleep(99)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], env=environment(), stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    assert os.getsid(child.pid) == child.pid
    parent.kill()
    parent.communicate()
    until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("import pathlib; pathlib.Path(sys.argv[1]).write_text('a')", "File too large"),
        ("_limit(0, 5); bytearray(1 << 30); print('taken')", "MemoryError"),
        ("print(resource.getrlimit(resource.RLIMIT_CORE))", "(0, 0)"),
        ("print(open('/proc/self/status').read())", "NoNewPrivs:\t1"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="what Linux limits")
def test_a_child_may_do_little(tmp_path: Path, action: str, said: str) -> None:
    program = (
        "import resource, sys; from engine.files.apart.__main__ import _confine, _limit; "
        "from engine.files.apart.order import Order; from engine.files.format import Facts; "
        f"order = Order('png', Facts(3, 2, 3, 8)); _confine(); {action}"
    )
    told = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "x")],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in told.stdout + told.stderr
    assert not (tmp_path / "x").exists() or (tmp_path / "x").stat().st_size == 0


def test_children_are_at_hand_before_they_are_needed() -> None:
    made = Pool()
    made.prepare(2)
    assert len(made._idle) == 2
    made.prepare(2)
    assert len(made._idle) == 2
    picture = BytesIO()
    Image.new("RGB", (3, 2), "red").save(picture, "PNG")
    assert made.decode(Order("png", FACTS), picture.getvalue(), 30, np.empty).pixels[0, 0].tolist() == [255, 0, 0]
    made.close()
    assert pool() is pool()


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(max_side=47), "48 pixels a side, more than the 47 that are read: if you trust it, raise --max-side"),
        (Limits(max_pixels=100), "--max-pixels"),
        (Limits(max_decoding=1000), "--max-decoding"),
        (Limits(max_bytes=10), "--max-bytes"),
    ],
)
def test_each_limit_names_its_flag(save: Maker, limits: Limits, said: str) -> None:
    with pytest.raises(ImageError) as refused:
        decode(save("a.png"), limits)
    assert said in str(refused.value)


def test_the_limit_on_frames(save: Maker) -> None:
    frames = [Image.new("L", (8, 8), shade) for shade in (1, 90, 200)]
    path = save("a.tif", frames[0], save_all=True, append_images=frames[1:])
    assert decode(path, Limits(max_frames=3)).notes
    with pytest.raises(ImageError, match=r"has 3 pictures, more than 2: if you trust it, raise --max-frames"):
        decode(path, Limits(max_frames=2))
