"""Two workers against one on a kernel that computes much: a Gaussian of sigma 10 on 24 megapixels."""

import time

import numpy as np

import engine
from tests.long.figures.figure import Figure

ROUNDS = 7
STACK = ["gaussian-blur:sigma=10"]
SHAPE = (4000, 6000, 3)


def measure(rounds: int) -> list[Figure]:
    """One worker and two in turn, on the same arrays; one ratio for each turn."""
    pixels = np.random.default_rng(1).integers(0, 256, SHAPE, np.uint8)
    out = np.empty_like(pixels)
    for workers in (1, 2):
        engine.apply(pixels[:64, :64], STACK, workers=workers)
    turns = [(seconds(pixels, out, 1), seconds(pixels, out, 2)) for _ in range(rounds)]
    one, two = (sorted(column)[rounds // 2] for column in zip(*turns, strict=True))
    return [
        Figure(
            name="Two workers over one, Gaussian sigma 10, 24 megapixels",
            unit="times",
            bound="at least",
            limit=1.8,
            values=tuple(alone / together for alone, together in turns),
            note=f"{one:.2f} s against {two:.2f} s",
        )
    ]


def seconds(pixels: np.ndarray, out: np.ndarray, workers: int) -> float:
    """How long one picture takes."""
    began = time.perf_counter()
    engine.apply(pixels, STACK, workers=workers, out=out)
    return time.perf_counter() - began
