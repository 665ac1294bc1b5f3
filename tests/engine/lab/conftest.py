"""A small picture with borders, outlines and noise, and what the job makes of it by other hands."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import correlate1d

from engine.lab.job import Job, exposure_gamma


@pytest.fixture
def job() -> Job:
    """Rows that no count of bands divides."""
    random = np.random.default_rng(8)
    return Job(random.integers(0, 256, (37, 29, 3), dtype=np.uint8), exposure_gamma(), number=11, wait=0.001, bands=5)


@pytest.fixture
def expected(job: Job) -> bytes:
    """By SciPy in float64, rounded once, and by adding."""
    picture: NDArray[np.float64] = job.table[job.pixels].astype(np.float64)
    weights = np.array(job.weights) / sum(job.weights)
    for axis in (0, 1):
        picture = correlate1d(picture, weights, axis=axis, mode="nearest")
    blurred = np.floor(picture + 0.5).astype(np.uint8)
    return blurred.tobytes() + np.full(job.bands, 89, np.int64).tobytes()
