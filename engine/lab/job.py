"""The work that every strategy does, in whole numbers so that all give the same bytes. It runs nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bytes: TypeAlias = NDArray[np.uint8]


class Step(IntEnum):
    """What is done to every band before the next step begins; 0 is for a worker that has nothing to do."""

    TONE = 1
    BLUR = 2
    FIBONACCI = 3
    WAIT = 4

    @property
    def title(self) -> str:
        """For people."""
        return ("exposure and gamma", "Gaussian blur", "Fibonacci", "wait")[self - 1]

    @property
    def unit(self) -> str:
        """What its rate counts, per second."""
        return "Mpx/s" if self <= Step.BLUR else "Mcalls/s" if self is Step.FIBONACCI else "waits/s"


WEIGHTS = (1, 4, 6, 4, 1)
"""Binomial: a Gaussian of variance 1 pixel. Their sum is a power of two, so that dividing is a shift."""


@dataclass(frozen=True, slots=True)
class Job:
    """A picture and what is done to it, and the numbers and waits that follow."""

    pixels: Bytes
    """Height x width x 3, C-contiguous."""
    table: Bytes
    """256 entries: exposure and gamma."""
    weights: tuple[int, ...] = WEIGHTS
    number: int = 16
    """Each band computes the Fibonacci number of this index, naively."""
    wait: float = 0.005
    """Seconds that each band waits for nothing, as for a disk or a network."""
    bands: int = 16

    @property
    def line(self) -> int:
        """Samples of one row."""
        return int(self.pixels.shape[1]) * 3

    @property
    def megapixels(self) -> float:
        """Of the picture."""
        return int(self.pixels.shape[0]) * int(self.pixels.shape[1]) / 1e6

    def rows(self, band: int) -> tuple[int, int]:
        """First row of a band, and the one after its last."""
        height = int(self.pixels.shape[0])
        return band * height // self.bands, (band + 1) * height // self.bands

    def amount(self, step: Step) -> float:
        """How much a step does, in what its unit counts."""
        if step <= Step.BLUR:
            return self.megapixels
        return self.bands * calls(self.number) / 1e6 if step is Step.FIBONACCI else float(self.bands)

    def sized(self, megapixels: float) -> Job:
        """The same work on the picture repeated downwards, or cut, to about so many megapixels."""
        height, width = self.pixels.shape[:2]
        rows = max(1, round(megapixels * 1e6 / width))
        places = np.arange(rows) % (2 * height)
        mirrored = np.minimum(places, 2 * height - 1 - places)
        return replace(self, pixels=np.ascontiguousarray(self.pixels[mirrored]))


def exposure_gamma(stops: float = 0.5, gamma: float = 1.2) -> Bytes:
    """The table of 256 entries: light times 2 to the `stops`, then to the power 1 / gamma, rounded half up."""
    light = np.minimum(np.arange(256) / 255.0 * 2.0**stops, 1.0)
    table: Bytes = np.floor(255.0 * light ** (1.0 / gamma) + 0.5).astype(np.uint8)
    return table


def calls(number: int) -> int:
    """Function calls that the naive Fibonacci of this index makes, its first among them: 2 F(n + 1) - 1."""
    before, value = 0, 1
    for _ in range(number):
        before, value = value, before + value
    return 2 * value - 1


def reduced(pixels: Bytes, megapixels: float) -> Bytes:
    """Every n-th pixel of H x W x C, so that at most about so many megapixels are left, as 3 channels."""
    step = max(1, math.ceil(math.sqrt(pixels.shape[0] * pixels.shape[1] / (megapixels * 1e6))))
    few = pixels[::step, ::step]
    return np.ascontiguousarray(few[..., :3] if few.shape[2] >= 3 else np.repeat(few[..., :1], 3, axis=2))
