"""The figures of `docs/culling.md`, as lines to read: `python -m tests.engine.culling.figures`. It asserts nothing."""

from __future__ import annotations

import tempfile
import threading
import time
from collections import Counter
from io import BytesIO
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.culling.groups import groups
from engine.culling.score import SIDE, Score
from engine.culling.sharpness import sharpness
from engine.light import LUMINANCE
from engine.run.culling import Culling
from tests.engine.culling.made import blurred, exif, grainy, make, opened, scenes

IMAGES = Path(__file__).parents[3] / "images"
MANY, PAIRS = 50_000, 5000
DISTANCES = (6, 8, 10, 12, 14, 16)


def scored(paths: list[str], workers: int | None = None) -> tuple[list[Score], float]:
    """The scores, and the seconds that they took."""
    began = time.perf_counter()
    culling = Culling(paths, workers=workers)
    culling.start()
    culling.wait(3600)
    return [each for each in culling.outcomes() if isinstance(each, Score)], time.perf_counter() - began


def encoded() -> bytes:
    """A JPEG of 24 megapixels."""
    file = BytesIO()
    picture = opened(IMAGES / "nuthatch.jpg", 6028).resize((6000, 4000))
    picture.save(file, "JPEG", quality=92, exif=exif("2026:05:01 10:00:00"))
    return file.getvalue()


def speed(folder: Path) -> None:
    """Pictures a second of 24 megapixels."""
    data = encoded()
    paths = [folder / f"{number}.jpg" for number in range(40)]
    for path in paths:
        path.write_bytes(data)
    size = paths[0].stat().st_size / 1e6
    scored([str(paths[0])])
    for workers in (1, 2):
        rates = [len(paths) / scored([str(path) for path in paths], workers)[1] for _ in range(3)]
        print(f"24 Mpx JPEG of {size:.1f} MB, {workers} threads: {max(rates):.1f} pictures a second")


def waiting(folder: Path) -> None:
    """What keeps two threads from working: other processes on the cores, or each other (Linux tells them apart)."""
    (folder / "a.jpg").write_bytes(encoded())
    culling = Culling([str(folder / "a.jpg")] * 200, workers=2)
    culling.start()
    threads = [each.native_id for each in threading.enumerate() if each.name.startswith("worker")]
    time.sleep(1)
    before, began = [schedule(each) for each in threads], time.perf_counter_ns()
    time.sleep(3)
    after, passed = [schedule(each) for each in threads], time.perf_counter_ns() - began
    culling.cancel()
    culling.wait(60)
    for one, other in zip(before, after, strict=True):
        ran, queued = (later - earlier for earlier, later in zip(one, other, strict=True))
        shares = f"ran {ran / passed:.1%}, waited for a core {queued / passed:.1%}"
        print(f"a thread of two: {shares}, for anything else {max(0.0, 1 - (ran + queued) / passed):.1%}")


def schedule(thread: int | None) -> tuple[int, int]:
    """Nanoseconds that a thread has run, and that it stood in line to."""
    ran, queued, _ = Path(f"/proc/self/task/{thread}/schedstat").read_text().split()
    return int(ran), int(queued)


def telling() -> None:
    """Of all scenes, how many are told from themselves out of focus, in ever more noise."""
    found = [scene for _, scene in scenes(IMAGES)]
    for electrons, stops in ((40_000, 0), (4000, 0), (1000, -3), (300, -3)):
        right = []
        for radius in (1, 2, 4):
            pairs = (
                (
                    luma_of(grainy(electrons, stops, 1)(scene)),
                    luma_of(grainy(electrons, stops, 2)(blurred(radius)(scene))),
                )
                for scene in found
            )
            right.append(sum(sharpness(sharp) > sharpness(soft) for sharp, soft in pairs) / len(found))
        shares = ", ".join(f"{share:.0%}" for share in right)
        print(f"{electrons:,} electrons at white, {stops:+d} stops: blurred by 1, 2, 4 pixels told in {shares}")


def luma_of(picture: Image.Image) -> NDArray[np.float32]:
    """As it is judged: of 1024 pixels."""
    picture.thumbnail((SIDE, SIDE))
    return np.asarray(np.asarray(picture, np.float32) @ np.array(LUMINANCE, np.float32), np.float32)


def grouping() -> None:
    """Seconds for many pictures, a tenth of which have a copy."""
    random = np.random.default_rng(1)
    scores = []
    for number in range(MANY - PAIRS):
        waves, fields = int(random.integers(0, 2**64, dtype=np.uint64)), random.bytes(192)
        flat = (0.0,) * 3
        scores.append(Score(f"{number}", 6, 4, "JPEG", "", False, 30.0, 0.0, flat, flat, waves, fields, None, ""))
    for number in range(PAIRS):
        of = scores[number]
        scores.append(
            Score(f"{number}x", 6, 4, "JPEG", "", False, 20.0, 0.0, flat, flat, of.waves ^ 5, of.colours, None, "")
        )
    began = time.perf_counter()
    found = groups(scores)
    print(f"{len(scores):,} hashes, {len(found):,} groups: {time.perf_counter() - began:.2f} s")


def finding(folder: Path) -> None:
    """Of all pairs of one scene, how many are found; how many pairs are of two."""
    of = make(IMAGES, folder)
    scores, _ = scored(list(of))
    alike = sum(count * (count - 1) // 2 for count in Counter(of.values()).values())
    strange = len(of) * (len(of) - 1) // 2 - alike
    print(f"{len(of)} files of {len(set(of.values()))} scenes: {alike:,} pairs alike, {strange:,} strange")
    for distance in DISTANCES:
        pairs = [pair for group in groups(scores, distance) for pair in combinations(group.members, 2)]
        right = sum(of[one.path] == of[other.path] for one, other in pairs)
        print(f"--distance {distance}: {right / alike:.1%} found, {len(pairs) - right} false")


if __name__ == "__main__":
    for measure in (finding, speed, waiting):
        with tempfile.TemporaryDirectory() as scratch:
            measure(Path(scratch))
    grouping()
    telling()
