"""What decoding PNGs in a process apart costs: processor time against decoding them here, alternated in one run."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from engine.files.apart.memory import shared_empty
from engine.files.apart.order import Order
from engine.files.apart.pool import pool
from engine.files.encode import encode
from engine.files.format import Empty, Facts, Raster
from engine.files.formats import formats
from engine.image import Image as Picture

SIZE = 1732, 1155
COUNT, ROUNDS = 40, 7
Decoder = Callable[[bytes, Facts, Empty], Raster]
FORM = formats()["png"]


@pytest.fixture(scope="module")
def batch(photographs: Path) -> list[bytes]:
    """PNGs of two megapixels, of photographs."""
    paths = sorted(photographs.rglob("*.jpg"))[:8]
    pictures = [np.asarray(Image.open(path).convert("RGB").resize(SIZE)) for path in paths]
    files = [encode(Picture(pixels), "png", 90) for pixels in pictures]
    return [files[number % len(files)] for number in range(COUNT)]


def here(data: bytes, facts: Facts, empty: Empty) -> Raster:
    return FORM.decode(data, facts, empty)


def apart(data: bytes, facts: Facts, empty: Empty) -> Raster:
    return pool().decode(Order("png", facts), data, 60.0, empty)


def used() -> float:
    """Seconds of processor time of this process and of its children."""
    mine = time.process_time()
    return mine + sum(sum(child.cpu_times()[:2]) for child in psutil.Process().children())


def taken(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of processor time, and of the clock."""
    began, before = time.monotonic(), used()
    work()
    return used() - before, time.monotonic() - began


def lent(buffer: np.ndarray) -> Empty:  # type: ignore[type-arg]
    """Memory that was used before, as a batch lends it."""
    return lambda shape, kind: buffer.view(kind).reshape(shape)


def decoded(decoder: Decoder, batch: list[bytes], empty: Empty) -> Iterator[np.ndarray]:  # type: ignore[type-arg]
    for data in batch:
        yield decoder(data, FORM.examine(BytesIO(data)), empty).pixels


def test_what_a_process_apart_costs(batch: list[bytes]) -> None:
    size = SIZE[0] * SIZE[1] * 3
    ways = {"here": (here, lent(np.empty(size, np.uint8))), "apart": (apart, lent(shared_empty(size)))}
    for data in batch[:2]:
        facts = FORM.examine(BytesIO(data))
        pictures = [decoder(data, facts, empty).pixels for decoder, empty in ways.values()]
        assert np.array_equal(*pictures)
    figures: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for turn in range(ROUNDS):
        for way in list(ways)[:: 1 if turn % 2 else -1]:
            figures[way].append(taken(lambda way=way: list(decoded(ways[way][0], batch, ways[way][1]))))  # type: ignore[misc]
    saving = taken(lambda: [encode(Picture(pixels), "png", 90) for pixels in decoded(here, batch[:8], np.empty)])
    cpu, wall = ({way: statistics.median(each[at] for each in figures[way]) for way in ways} for at in (0, 1))
    more = cpu["apart"] - cpu["here"]
    whole = saving[0] * COUNT / 8
    print(f"\n{COUNT} PNGs of 2 Mpx on {os.cpu_count()} cores, medians of {ROUNDS} rounds")
    for way in ways:
        print(f"{way}: {cpu[way]:.3f} s of processor, {wall[way]:.3f} s of the clock")
    print(f"decoding: {100 * more / cpu['here']:+.1f} % of processor time")
    print(f"a batch that decodes and saves PNGs without a filter ({whole:.2f} s): {100 * more / whole:+.1f} %")
