"""Error diffusion: exact of codes, true on the average, in order whoever works on it, and stopped at once."""

import threading
import time
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import apply
from engine.filters import find
from engine.kernels.layout import CANCEL, GO, PAUSE
from engine.planner import make_plan
from engine.run.compiler import compiler
from engine.run.rendering import Desk, Rendering, StoppedError
from engine.run.together import render
from engine.stack import Stack
from tests.engine.oracle import TOPS
from tests.engine.pictures import DEPTHS, made

NAME = "floyd-steinberg"


def rendering_of(pixels: NDArray[Any], *specifications: str) -> tuple[Rendering, NDArray[Any]]:
    height, width, channels = pixels.shape
    plan = make_plan(Stack.parse(specifications), (height, width, channels), pixels.dtype.name)
    target = np.empty_like(pixels)
    return Rendering(plan, compiler(), pixels, target), target


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("levels", [2, 3, 7, 64])
def test_not_a_pixel_of_a_picture_is_another_than_the_oracles(depth: str, channels: int, levels: int) -> None:
    pixels = made("beyond", (90, 101, channels), depth, seed=levels)
    colours = channels - 1 + channels % 2
    values = pixels.astype(np.float64) / TOPS[depth]
    alpha = None if colours == channels else values[..., -1]
    expected, _ = find(NAME).oracle(values[..., :colours], alpha, {"levels": levels})
    result = apply(pixels, [f"{NAME}:levels={levels}"]).reshape(pixels.shape)
    codes = expected.astype(np.float32) if depth == "float32" else np.floor(expected * TOPS[depth] + 0.5)
    np.testing.assert_array_equal(result[..., :colours], codes)
    np.testing.assert_array_equal(result[..., colours:], pixels[..., colours:])


def test_all_codes_are_the_nearest_parts_of_what_the_oracle_counts_in() -> None:
    for depth in ("uint8", "uint16"):
        codes = np.arange(int(TOPS[depth]) + 1).astype(depth).reshape(-1, 1)
        expected, _ = find(NAME).oracle(codes[..., np.newaxis] / TOPS[depth], None, {"levels": 64})
        found = apply(codes, [f"{NAME}:levels=64"])
        np.testing.assert_array_equal(found, np.floor(expected[..., 0] * TOPS[depth] + 0.5))


@pytest.mark.parametrize("steps", [(), ("exposure:ev=0.5",), ("exposure:ev=0.3", "sepia")])
@pytest.mark.parametrize("depth", DEPTHS)
def test_means_of_small_squares_are_those_of_the_picture(depth: str, steps: tuple[str, ...]) -> None:
    """Behind other steps, too, where one pixel that is rounded otherwise turns many."""
    ramp = np.linspace(0.1, 0.7, 320)
    ramps = np.dstack([np.tile(ramp, (160, 1)), np.tile(ramp[::-1], (160, 1)), np.full((160, 320), 0.4)])
    pixels = ramps.astype(np.float32) if depth == "float32" else np.round(ramps * TOPS[depth]).astype(depth)

    def means(picture: NDArray[Any]) -> NDArray[np.float64]:
        blocks = picture.reshape(10, 16, 20, 16, 3).astype(np.float64)
        return np.asarray(np.clip(blocks, 0.0, TOPS[depth]).mean(axis=(1, 3))) / TOPS[depth]

    found, wanted = apply(pixels, [*steps, f"{NAME}:levels=4"]), apply(pixels, steps) if steps else pixels
    # A mean of 256 pixels misses what crosses its borders.
    assert np.abs(means(found) - means(wanted)).max() < 0.02
    assert set(np.unique(np.round(found / TOPS[depth] * 3.0, 2))) <= {0.0, 1.0, 2.0, 3.0}


def test_what_follows_reads_levels_that_are_not_rounded() -> None:
    pixels = np.full((8, 8), 128, np.uint8)
    found = apply(pixels, [f"{NAME}:levels=3", "contrast:amount=0.9"], light="encoded")
    assert set(found.ravel()) <= {0, 127, 128, 255}


def test_hidden_pixels_neither_take_nor_give() -> None:
    pixels = made("noise", (60, 70, 4), "uint8", seed=4)
    hidden = pixels[..., 3] == 0
    other = pixels.copy()
    other[hidden, :3] = 255 - other[hidden, :3]
    first, second = apply(pixels, [NAME]), apply(other, [NAME])
    np.testing.assert_array_equal(first[~hidden], second[~hidden])
    np.testing.assert_array_equal(first[hidden, :3], np.where(pixels[hidden, :3] >= 128, 255, 0))


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_pauses_and_many_workers_leave_no_trace(workers: int) -> None:
    pixels = made("noise", (1500, 1200, 3), "uint8", seed=6)
    expected = apply(pixels, [NAME], workers=1)
    for _ in range(5):
        rendering, target = rendering_of(pixels, NAME)
        thread = threading.Thread(target=render, args=(rendering, workers))
        thread.start()
        while thread.is_alive():
            rendering.signal(PAUSE)
            time.sleep(0.0005)
            rendering.signal(GO)
            time.sleep(0.001)
        thread.join()
        np.testing.assert_array_equal(target, expected)
        assert list(rendering.shares.values()) == [1500 * 1200]


def test_it_stops_between_rows_and_counts_its_tiles() -> None:
    pixels = np.full((6000, 4000, 3), 100, np.uint8)
    rendering, _ = rendering_of(pixels, NAME)
    desk, stopped = Desk(0), list[float]()

    def lead() -> None:
        try:
            rendering.lead(desk)
        except StoppedError:
            stopped.append(time.perf_counter())

    thread = threading.Thread(target=lead)
    thread.start()
    while desk.progress[0] < 3:
        time.sleep(0.001)
    asked = time.perf_counter()
    rendering.signal(CANCEL)
    thread.join()
    assert stopped
    assert stopped[0] - asked < 0.1
    assert desk.progress[0] < desk.progress[1]
