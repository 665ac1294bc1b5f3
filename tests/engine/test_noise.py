"""Filters against noise and softness: what is no number stays within reach, noise goes, edges stay."""

import numpy as np
import pytest

from engine import apply
from engine.stack import Step
from tests.engine.oracle import reach
from tests.engine.pictures import made

STEPS = (
    "wavelet-denoise:levels=3",
    "guided-filter:radius=3",
    "non-local-means:search-radius=3,patch-radius=1",
    "richardson-lucy:sigma=0.5,iterations=3",
    "despeckle",
    "total-variation:iterations=9",
)
SMOOTHING = (
    "wavelet-denoise:sigma=0.05",
    "guided-filter:radius=4,epsilon=0.02",
    "non-local-means:strength=0.1",
    "total-variation",
)


@pytest.mark.parametrize("specification", STEPS)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_stays_within_reach(specification: str, bad: float) -> None:
    step = Step.parse(specification)
    distance = reach(step.declaration, dict(step.values))
    clean = made("noise", (64, 61, 3), "float32", seed=2)
    dirty = clean.copy()
    dirty[31, 30, 1] = bad
    with np.errstate(invalid="ignore"):
        found, expected = (apply(each, [specification], workers=1) for each in (dirty, clean))
    rows, columns = np.nonzero((found != expected).any(axis=2))
    assert rows.size == 0 or max(abs(rows - 31).max(), abs(columns - 30).max()) <= distance


@pytest.mark.parametrize("specification", SMOOTHING)
def test_noise_goes_and_an_edge_stays(specification: str) -> None:
    clean = np.full((64, 64), 0.2, np.float32)
    clean[:, 32:] = 0.8
    noisy = clean + np.random.default_rng(5).normal(0.0, 0.05, clean.shape).astype(np.float32)
    result = apply(noisy, [specification], workers=1)
    assert np.abs(result - clean)[:, :26].mean() < np.abs(noisy - clean)[:, :26].mean() / 2.0
    assert (result[:, 33] - result[:, 30]).mean() > 0.45


def test_a_soft_picture_becomes_sharper() -> None:
    sharp = np.kron(made("steps", (6, 6, 3), "float32", seed=4), np.ones((8, 8, 1), np.float32))
    soft = apply(sharp, ["gaussian-blur:sigma=1"], workers=1)
    result = apply(soft, ["richardson-lucy:sigma=1,iterations=15"], workers=1)
    assert np.abs(result - sharp).mean() < 0.8 * np.abs(soft - sharp).mean()
