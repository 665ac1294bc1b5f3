"""The figures of `docs/culling.md`, as lines to read: `python -m tests.engine.culling.figures`. It asserts nothing."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np

from engine.culling.groups import groups
from engine.culling.score import Score
from engine.run.culling import Culling
from tests.engine.culling.made import exif, make, opened

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


def speed(folder: Path) -> None:
    """Pictures a second of 24 megapixels."""
    picture = opened(IMAGES / "nuthatch.jpg", 6028).resize((6000, 4000))
    paths = [folder / f"{number}.jpg" for number in range(40)]
    picture.save(paths[0], quality=92, exif=exif("2026:05:01 10:00:00"))
    for path in paths[1:]:
        path.write_bytes(paths[0].read_bytes())
    size = paths[0].stat().st_size / 1e6
    scored([str(paths[0])])
    for workers in (1, 2):
        rates = [len(paths) / scored([str(path) for path in paths], workers)[1] for _ in range(3)]
        print(f"24 Mpx JPEG of {size:.1f} MB, {workers} threads: {max(rates):.1f} pictures a second")


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
    for measure in (finding, speed):
        with tempfile.TemporaryDirectory() as scratch:
            measure(Path(scratch))
    grouping()
