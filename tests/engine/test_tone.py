"""Tone curves from colour profiles: gamma, parametric and tabulated ones, and garbage."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.files.tone import tone_of
from engine.light import SRGB, ToneCurve


def fixed(*values: float) -> bytes:
    """ICC's s15Fixed16Number."""
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def gamma(value: float) -> bytes:
    return struct.pack(">4s4xIH", b"curv", 1, round(value * 256))


def parametric(kind: int, *values: float) -> bytes:
    return struct.pack(">4s4xHH", b"para", kind, 0) + fixed(*values)


def table(*entries: int) -> bytes:
    return struct.pack(f">4s4xI{len(entries)}H", b"curv", len(entries), *entries)


IDENTITY = struct.pack(">4s4xI", b"curv", 0)
SRGB_CURVE = parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def profile(**curves: bytes) -> bytes:
    """As much of a profile as holds these tags."""
    at = 128 + 4 + 12 * len(curves)
    entries, data = b"", b""
    for name, curve in curves.items():
        entries += struct.pack(">4sII", name.encode(), at + len(data), len(curve))
        data += curve
    return bytes(128) + struct.pack(">I", len(curves)) + entries + data


def rgb(*curves: bytes) -> bytes:
    red, green, blue = curves if len(curves) == 3 else curves * 3
    return profile(wtpt=bytes(20), rTRC=red, gTRC=green, bTRC=blue)


@pytest.mark.parametrize(
    ("icc", "curve"),
    [
        (b"", SRGB),
        (rgb(gamma(2.2)), ToneCurve(g=563 / 256)),
        (profile(kTRC=gamma(1.8)), ToneCurve(g=461 / 256)),
        (rgb(IDENTITY), ToneCurve(g=1.0)),
        (rgb(parametric(0, 1.5)), ToneCurve(g=1.5)),
        (rgb(table(0, 20, 200, 65535)), SRGB),
        (rgb(gamma(2.2), gamma(2.2), gamma(1.8)), SRGB),
        (profile(rTRC=gamma(2.2)), SRGB),
        (rgb(parametric(4, 2.4, 1.0, 0.0, 0.1, 0.1, 0.0, 0.0)), SRGB),
        (rgb(parametric(0, 0.0)), SRGB),
        (rgb(parametric(0, -2.0)), SRGB),
        (rgb(parametric(3, 2.4, 1.0, -0.1, 0.1, 0.1)), SRGB),
        (rgb(gamma(0.0)), SRGB),
        (rgb(SRGB_CURVE[:-3]), SRGB),
    ],
)
def test_one_curve_for_all_channels_counts_and_nothing_else(icc: bytes, curve: ToneCurve) -> None:
    assert tone_of(icc) == curve


def test_the_parametric_form_of_srgb_is_srgb() -> None:
    found = tone_of(rgb(SRGB_CURVE))
    assert found.decoding() == pytest.approx(SRGB.decoding(), abs=2e-5)
    assert found is not SRGB


@given(junk=st.binary(max_size=300))
def test_garbage_counts_as_srgb_and_never_fails(junk: bytes) -> None:
    assert isinstance(tone_of(junk), ToneCurve)
    assert isinstance(tone_of(bytes(128) + junk), ToneCurve)


@given(at=st.integers(0, 400), value=st.integers(0, 255), end=st.integers(0, 400))
def test_a_damaged_profile_gives_a_usable_curve(at: int, value: int, end: int) -> None:
    whole = bytearray(rgb(SRGB_CURVE))
    whole[at % len(whole)] = value
    curve = tone_of(bytes(whole[: end or None]))
    assert 0.1 <= curve.g <= 10.0
    assert 0.1 <= curve.a <= 10.0
    assert curve.b >= 0.0
    assert curve.c >= 0.0
