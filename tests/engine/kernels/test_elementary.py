"""The functions that curves are made of: compiled for float32, they keep within stated bounds of float64."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine import apply
from engine.kernels import elementary

EXPONENTS = (0.05, 0.2, 1 / 2.4, 0.5, 1.0, 1.7, 2.4, 5.0, 20.0)
FIXED, SLOPE = 3e-7, 1.5e-7
"""The relative error of x ** e is at most FIXED + SLOPE |e log2 x|: that of float32, times what the power does."""


def through_gamma(x: NDArray[np.float32], exponent: float) -> NDArray[np.float32]:
    """x ** exponent as every plan computes it."""
    stack = [f"gamma:gamma={1.0 / exponent!r}"]
    found: NDArray[np.float32] = apply(x.reshape(1, -1), stack, light="encoded", workers=1)
    return found[0]


def all_sizes(bits: float) -> NDArray[np.float32]:
    """Numbers of every size from 2 ** -bits to 2 ** bits, close together around 1 and 0.5."""
    random = np.random.default_rng(4)
    logs = np.concatenate([random.uniform(-bits, bits, 20_000), random.uniform(-1.0, 0.1, 20_000)])
    return np.exp2(logs).astype(np.float32)


@pytest.mark.parametrize("exponent", EXPONENTS)
def test_a_power_is_within_its_bound(exponent: float) -> None:
    x = all_sizes(min(120.0, 120.0 / exponent))
    # An exponent of 1 is neutral, and left out of the plan.
    rounded = np.float64(np.float32(1.0 / (1.0 / exponent)))
    exact = x.astype(np.float64) ** rounded
    error = np.abs(through_gamma(x, exponent) - exact) / exact
    bound = FIXED + SLOPE * np.abs(rounded * np.log2(x.astype(np.float64)))
    assert (error / bound).max() <= 1.0


@pytest.mark.parametrize("exponent", [0.2, 2.4])
def test_a_power_is_odd_and_keeps_0_and_1(exponent: float) -> None:
    x = all_sizes(20.0)
    np.testing.assert_array_equal(through_gamma(-x, exponent), -through_gamma(x, exponent))
    ends = through_gamma(np.array([0.0, -0.0, 1.0, -1.0], np.float32), exponent)
    np.testing.assert_allclose(ends, [0.0, 0.0, 1.0, -1.0], atol=3e-7)
    np.testing.assert_array_equal(np.signbit(ends), [False, True, False, True])


def test_a_power_never_falls_where_tones_rise() -> None:
    tones = np.arange(65536, dtype=np.float32) / np.float32(65535.0)
    for exponent in (1 / 2.4, 2.4):
        codes = np.floor(through_gamma(tones, exponent) * 65535.0 + 0.5)
        assert (np.diff(codes) >= 0.0).all()


def test_the_length_of_a_gradient_is_within_a_few_units_of_the_last_place() -> None:
    random = np.random.default_rng(8)
    pixels = random.random((40, 50)).astype(np.float32)
    wide = np.pad(pixels.astype(np.float64), 1, mode="edge")
    rows = wide[:, :-2] + 2.0 * wide[:, 1:-1] + wide[:, 2:]
    columns = wide[:-2] + 2.0 * wide[1:-1] + wide[2:]
    exact = np.hypot(rows[2:] - rows[:-2], columns[:, 2:] - columns[:, :-2]) / 4.0
    assert np.abs(apply(pixels, ["sobel"], workers=1) - exact).max() < 1e-6


@pytest.mark.parametrize("amount", [-5.0, 5.0])
def test_a_power_of_two_and_a_root_are_within_a_few_units_of_the_last_place(amount: float) -> None:
    """A hard vignette in a picture of one row: the exponent goes through all that lies between 0 and the amount."""
    white = np.ones((1, 4001), np.float32)
    stack = [f"vignette:amount={amount},radius=0.5,softness=1,roundness=1"]
    t = 2.0 * np.abs(np.arange(4001) - 2000.0) / np.hypot(4001.0, 1.0)
    exact = np.exp2(amount * (3.0 * t**2 - 2.0 * t**3))
    found = apply(white, stack, workers=1, light="encoded")[0]
    assert np.abs(found / exact - 1.0).max() < 3e-6


def test_in_float64_they_are_what_their_names_say() -> None:
    x = np.array([-2.0, -0.5, 0.0, 0.5, 2.0])
    np.testing.assert_allclose(elementary.power(x, 2.0), [-4.0, -0.25, 0.0, 0.25, 4.0])
    np.testing.assert_allclose(elementary.clip(x, -1.0, 1.0), [-1.0, -0.5, 0.0, 0.5, 1.0])
    np.testing.assert_allclose(elementary.choose(x > 0.0, x, 9.0), [9.0, 9.0, 9.0, 0.5, 2.0])
    np.testing.assert_allclose(elementary.sign(x), [-1.0, -1.0, 1.0, 1.0, 1.0])
    np.testing.assert_allclose(elementary.minimum(x, 0.0), [-2.0, -0.5, 0.0, 0.0, 0.0])
    np.testing.assert_allclose(elementary.maximum(x, 0.0), [0.0, 0.0, 0.0, 0.5, 2.0])
    np.testing.assert_allclose(elementary.exp2(x), [0.25, 0.5**0.5, 1.0, 2.0**0.5, 4.0])
    np.testing.assert_allclose(elementary.floor(x), [-2.0, -1.0, 0.0, 0.0, 2.0])
    np.testing.assert_allclose(elementary.sqrt(x * x), [2.0, 0.5, 0.0, 0.5, 2.0])
    assert elementary.magnitude(3.0, -4.0) == 5.0
    assert elementary.averaged(1.0, 2.0, ()) == 1.0
