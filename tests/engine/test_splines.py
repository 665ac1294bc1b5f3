"""Splines keep the error they state, stay level where curves do, and know an odd curve from another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.accuracy import Span
from engine.filters import gamma, levels, solarise
from engine.kernels.elementary import line
from engine.light import SRGB, decode, encode
from engine.operation import Curve
from engine.staging.splines import PIECES, Spline, evaluate, fit

Floats = NDArray[np.float64]
ENCODE, DECODE = Curve(encode, SRGB.encoding(), ""), Curve(decode, SRGB.decoding(), "")
CURVES = st.one_of(
    st.just(ENCODE),
    st.just(DECODE),
    st.floats(0.3, 3.0).map(lambda value: Curve(gamma.curve, (1.0 / value,), "")),
    st.tuples(st.floats(-2.0, 2.0), st.floats(-0.5, 0.5)).map(lambda each: Curve(line, each, "")),
    st.tuples(st.floats(0.0, 0.4), st.floats(0.5, 1.0), st.floats(0.4, 2.5)).map(
        lambda each: Curve(levels.curve, levels.constants(dict(zip(("black", "white", "mid"), each, strict=True))), "")
    ),
)


def followed(spline: Spline, values: Floats, pieces: int) -> Floats:
    """What the numbers of a spline say, in float64, the piece found in the bits of float32."""
    scale, shift, last, bits = spline.numbers[:4]
    tables = spline.numbers[4:].reshape(6, pieces)
    places = np.clip((np.abs(values) if spline.odd else values) * scale + shift, 1.0, last)
    index = (places.astype(np.float32).view(np.int32) >> int(bits)) % pieces
    found = np.zeros_like(values)
    for table in tables[1:]:
        found = found * (places - tables[0][index]) + table[index]
    return np.copysign(1.0, values) * found if spline.odd else found


@given(
    curves=st.lists(CURVES, min_size=1, max_size=3),
    low=st.sampled_from([0.0, -0.3, -2.0]),
    high=st.sampled_from([1.0, 1.6, 9.0]),
    pieces=st.sampled_from(PIECES),
    clipped=st.booleans(),
)
def test_the_error_is_as_stated(curves: list[Curve], low: float, high: float, pieces: int, clipped: bool) -> None:
    made = fit(curves, Span(low, high), pieces, clipped=clipped)
    values = np.random.default_rng(3).uniform(low, high, 5000)
    exact = evaluate(curves, values, clipped=clipped)
    rounding = 1e-6 * max(1.0, np.abs(exact).max())
    assert np.abs(followed(made, values, pieces) - exact).max() <= 1.5 * made.error + rounding


@pytest.mark.parametrize("pieces", PIECES)
def test_tone_curves_are_splines_true_enough_for_16_bits(pieces: int) -> None:
    for curve in (ENCODE, DECODE):
        assert fit([curve], Span(-0.2, 1.2), pieces, clipped=False).error < 0.2 / 65535


def test_a_piece_ends_where_a_tone_curve_bends() -> None:
    """With a bend within a piece the error would be 2e-5."""
    for intercept in (0.02, 0.01, -0.05):
        behind = [Curve(line, (0.8, intercept), ""), DECODE]
        assert fit(behind, Span(0.1, 1.0), 32, clipped=False).error < 1e-7


def test_level_ends_cost_no_pieces() -> None:
    narrow = Curve(levels.curve, levels.constants({"black": 0.4, "white": 0.45, "mid": 1.0}), "")
    made = fit([narrow], Span(-50.0, 80.0), 16, clipped=False)
    assert made.error < 1e-9
    assert not made.odd


def test_only_curves_that_are_odd_are_taken_for_such() -> None:
    inverse = Curve(line, (-1.0, 1.0), "")
    assert fit([ENCODE], Span(-1.0, 1.0), 16, clipped=False).odd
    assert not fit([ENCODE, inverse], Span(-1.0, 1.0), 16, clipped=False).odd
    assert not fit([ENCODE], Span(-1.0, 1.0), 16, clipped=True).odd


def test_a_curve_that_is_level_everywhere_is_followed() -> None:
    flat = Curve(line, (0.0, 0.3), "")
    made = fit([flat], Span(0.0, 1.0), 16, clipped=True)
    np.testing.assert_allclose(followed(made, np.linspace(-1.0, 2.0, 9), 16), 0.3)


def test_what_happens_next_to_black_counts_in_a_span_of_any_width() -> None:
    white = levels.constants({"black": 0.0, "white": 0.125, "mid": 1.0})
    curves = [ENCODE, Curve(levels.curve, white, ""), Curve(solarise.reverse, (1.0, 1.0), "")]
    values = np.linspace(0.0, 0.01, 5000)
    for high in (1.0, 2.0, 8.0, 50.0, 9000.0):
        made = fit(curves, Span(-high, high), PIECES[-1], clipped=True)
        off = np.abs(followed(made, values, PIECES[-1]) - evaluate(curves, values, clipped=True)).max()
        assert off <= 1.5 * made.error + 1e-6, high


def test_a_jump_next_to_the_end_of_a_span_is_no_end() -> None:
    turned = Curve(solarise.reverse, (1.0, 1.0), "")
    made = fit([turned], Span(0.05, 1.004), PIECES[-1], clipped=True)
    assert abs(followed(made, np.array([1.003]), PIECES[-1])[0]) <= made.error + 1e-6
