"""What a measurement is made with, as a frozen value. It measures nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.lab.job import Job, exposure_gamma, reduced

if TYPE_CHECKING:
    from engine.lab.job import Bytes

LEAST_RUNS = 5
SMALL = 0.01
"""Megapixels of the job whose result all strategies are compared by."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The same for all strategies."""

    workers: int
    runs: int = LEAST_RUNS
    seconds: float = 0.12
    """How long one worker is to take for a step; the work is sized for that, for each strategy."""
    most: float = 24.0
    """Megapixels of the largest picture."""


def job_of(picture: Bytes, megapixels: float, bands: int = 16) -> Job:
    """The job on a picture of H x W x 3, reduced or repeated to about so many megapixels."""
    job = Job(reduced(picture, megapixels), exposure_gamma(), bands=bands)
    return job if job.megapixels > 0.8 * megapixels else job.sized(megapixels)


def small_job(picture: Bytes) -> Job:
    """The job that every strategy does before it is measured."""
    return job_of(picture, SMALL)


def bands_for(workers: int) -> int:
    """So many that the last ones do not leave most workers idle."""
    return 16 * math.ceil(workers / 4)
