"""Light and code values against IEC 61966-2-1 written down a second time, in float64 and compiled for float32."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import apply
from engine.light import LUMINANCE, SRGB, ToneCurve, decode, encode
from engine.planner import make_plan
from engine.stack import Stack
from tests.engine.oracle import to_code, to_light

CURVES = st.builds(
    ToneCurve,
    g=st.floats(0.2, 5.0),
    a=st.floats(0.5, 2.0),
    b=st.floats(0.0, 0.2),
)


def test_srgb_is_the_standards() -> None:
    codes = np.linspace(-2.0, 2.0, 100_001)
    np.testing.assert_allclose(decode(codes, SRGB.decoding()), to_light(codes), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(encode(codes, SRGB.encoding()), to_code(codes), rtol=2e-7, atol=1e-15)


def test_luminance_is_that_of_the_standards_primaries() -> None:
    assert sum(LUMINANCE) == pytest.approx(1.0, abs=1e-12)


@given(curve=st.one_of(CURVES, st.just(SRGB)), code=st.floats(-4.0, 4.0))
def test_encoding_undoes_decoding_and_both_are_odd(curve: ToneCurve, code: float) -> None:
    x = np.array([code])
    light = decode(x, curve.decoding())
    np.testing.assert_allclose(encode(light, curve.encoding()), x, rtol=1e-6, atol=1e-6)
    np.testing.assert_array_equal(decode(-x, curve.decoding()), -light)


@pytest.mark.parametrize("depth", ["uint8", "uint16"])
def test_every_code_survives_light_and_a_window_there(depth: str) -> None:
    count = 1 << (8 * np.dtype(depth).itemsize)
    pixels = np.arange(count, dtype=depth).reshape(-1, 256)
    stack = Stack.parse(["gaussian-blur:sigma=0.01"])
    assert len(make_plan(stack, (4, 4, 1), depth).passes[0].stages) == 3
    np.testing.assert_array_equal(apply(pixels, stack, workers=1), pixels)


def test_float32_light_is_close_far_beyond_white() -> None:
    pixels = np.linspace(-30.0, 30.0, 20_000, dtype=np.float32).reshape(100, 200)
    found = apply(pixels, ["exposure:ev=1"], workers=1)
    expected = to_code(2.0 * to_light(pixels.astype(np.float64)))
    assert (np.abs(found - expected) <= 1e-5 * np.maximum(1.0, np.abs(expected))).all()
