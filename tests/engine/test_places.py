"""Filters that depend on a pixel's place: the same pattern in tiles, previews and far away; what their numbers are."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.ndimage import zoom

from engine import apply
from engine.kernels import elementary
from engine.lattice import halves
from engine.stack import Stack
from tests.engine.oracle import assert_true

Singles = NDArray[np.float32]
FAR = 40_000
"""Wider than any camera's picture."""


def lowbias32(x: int) -> int:
    """Wellons' hash as it is printed."""
    x = (x ^ x >> 16) * 0x7FEB352D & 0xFFFFFFFF
    x = (x ^ x >> 15) * 0x846CA68B & 0xFFFFFFFF
    return x ^ x >> 16


def grey(height: int, width: int, value: float = 0.5, channels: int = 1) -> Singles:
    return np.full((height, width, channels), value, np.float32)


def made(pixels: Singles, *stack: str) -> Singles:
    result: Singles = apply(pixels, list(stack), light="encoded")
    return result


@pytest.mark.parametrize(
    "stack",
    ["grain:size=1.7,amount=0.3", "add-noise:amount=0.3", "halftone:cell=4.3,angle=17", "dither:levels=5,matrix=8x8"],
)
@pytest.mark.parametrize("shape", [(2, FAR), (FAR, 2)])
def test_patterns_are_true_far_from_the_corner(stack: str, shape: tuple[int, int]) -> None:
    pixels = grey(*shape, 0.4)
    assert_true(made(pixels, stack), pixels, Stack.parse([stack]), "encoded")


@pytest.mark.parametrize("scale", [1.0, 1 / 1.5, 0.123456789, -0.9876, 20.0, 1e-3])
def test_a_scale_in_halves_is_the_scale(scale: float) -> None:
    coarse, fine = halves(scale)
    places = np.arange(65536, dtype=np.float32) + np.float32(0.5)
    exact = places.astype(np.float64) * coarse
    np.testing.assert_array_equal(places * np.float32(coarse), exact)
    assert coarse + fine == scale
    assert abs(fine) <= abs(scale) / 64.0


@pytest.mark.parametrize("factor", [0.5, 0.25])
@pytest.mark.parametrize("stack", ["grain:size=12,amount=0.2", "halftone:cell=32,angle=20"])
def test_a_preview_shows_the_pattern_of_the_result(stack: str, factor: float) -> None:
    whole = made(grey(192, 240), stack)[..., 0]
    every = round(1.0 / factor)
    averaged = whole.reshape(192 // every, every, 240 // every, every).mean(axis=(1, 3))
    scaled, _ = Stack.parse([stack]).scaled(factor)
    preview = apply(grey(192 // every, 240 // every), scaled, light="encoded")[..., 0]
    assert np.corrcoef(preview.ravel(), averaged.ravel())[0, 1] > 0.97


def test_grain_too_fine_for_a_preview_is_as_faint_as_in_a_reduced_result() -> None:
    whole = made(grey(400, 400), "grain:amount=0.2,size=1,midtones=0")[..., 0]
    preview = made(grey(100, 100), "grain:amount=0.2,size=0.25,midtones=0")[..., 0]
    reduced = whole.reshape(100, 4, 100, 4).mean(axis=(1, 3))
    assert preview.std() == pytest.approx(reduced.std(), rel=0.05)


@pytest.mark.parametrize("stack", ["grain:seed={},amount=0.1,midtones=0", "add-noise:seed={},amount=0.1"])
def test_a_seed_decides_and_others_make_something_else(stack: str) -> None:
    first, again, other = (made(grey(90, 90), stack.format(seed)) - 0.5 for seed in (7, 7, 8))
    np.testing.assert_array_equal(first, again)
    assert abs(np.corrcoef(first.ravel(), other.ravel())[0, 1]) < 0.05
    assert first.std() == pytest.approx(0.1, rel=0.05)
    assert abs(first.mean()) < 0.005


@pytest.mark.parametrize("name", ["grain", "add-noise"])
def test_coloured_noise_is_of_its_own_in_each_channel(name: str) -> None:
    shape = (90, 90, 0.5, 3)
    together, apart = (made(grey(*shape), f"{name}:colour={word},amount=0.1") for word in ("grey", "coloured"))
    assert np.abs(np.ptp(together, axis=2)).max() < 1e-6
    related = np.corrcoef(apart.reshape(-1, 3), rowvar=False) - np.eye(3)
    assert np.abs(related).max() < 0.05


def test_grain_lies_in_the_midtones() -> None:
    black, middle, white = (made(grey(60, 60, value), "grain:midtones=1,amount=0.1") for value in (0.0, 0.5, 1.0))
    assert np.ptp(black) == np.ptp(white) == 0.0
    assert middle.std() == pytest.approx(0.1, rel=0.1)


def test_the_hash_is_the_published_one() -> None:
    """The bits behind what the kernels say, from Python's whole numbers."""
    for x, y, seed in [(0, 0, 0), (1, 0, 0), (5999, 3999, 65535), (-1, 3, 2)]:
        bits = lowbias32(lowbias32(lowbias32(seed) + y & 0xFFFFFFFF) + x & 0xFFFFFFFF)
        assert elementary.chance(x, y, seed) == (bits >> 8) / 2**24
        total = sum(bits >> shift & 255 for shift in (0, 8, 16, 24))
        assert elementary.bell(x, y, seed) == (total - 510) / elementary.BELL


def test_neighbours_have_nothing_to_do_with_each_other() -> None:
    noise = made(grey(300, 300, 0.0), "add-noise:distribution=uniform,amount=1")[..., 0]
    spectrum = np.abs(np.fft.fft2(noise - noise.mean())) ** 2 / noise.size
    smooth = zoom(spectrum, 0.1, order=1, grid_mode=True, mode="grid-wrap")
    assert noise.max() <= 3.0**0.5
    assert 0.5 < smooth.mean() < 1.5
    for rows, columns in ((0, 1), (1, 0), (1, 1), (0, 2), (2, 0)):
        moved = np.roll(noise, (rows, columns), (0, 1))
        assert abs(np.corrcoef(noise.ravel(), moved.ravel())[0, 1]) < 0.02


@pytest.mark.parametrize("tone", [0.0, 0.002, 0.01, 0.1, 0.3, 0.5, 0.9, 0.99, 1.0])
def test_a_halftone_keeps_tones(tone: float) -> None:
    printed = made(grey(400, 400, tone), "halftone:cell=16,angle=30")
    assert printed.mean() == pytest.approx(tone, abs=0.003)
    if tone in (0.0, 1.0):
        np.testing.assert_array_equal(printed, grey(400, 400, tone))


def test_a_dithered_ramp_keeps_its_tones_and_has_few_levels() -> None:
    ramp = np.broadcast_to(np.linspace(0.0, 1.0, 512, dtype=np.float32), (64, 512))[..., np.newaxis].copy()
    dithered = made(ramp, "dither:levels=3,matrix=8x8")
    assert set(np.unique(dithered)) == {0.0, 0.5, 1.0}
    means = [part.reshape(64, -1, 64).mean(axis=(0, 2)) for part in (dithered[..., 0], ramp[..., 0])]
    np.testing.assert_allclose(*means, atol=0.01)


def test_light_leaks_from_where_it_should_and_adds_only() -> None:
    for angle, edge in ((0, np.s_[:, -1]), (90, np.s_[0]), (180, np.s_[:, 0]), (-90, np.s_[-1])):
        lit = made(grey(80, 120, 0.0), f"light-leak:angle={angle},strength=1,colour=white")
        assert lit.min() == 0.0
        assert lit[edge].max() == lit.max() == pytest.approx(1.0, abs=0.01)
