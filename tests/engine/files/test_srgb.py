"""What counts as sRGB: its parametric form in grey and in colour, and no other curve of grey."""

import struct
from dataclasses import astuple

import pytest

from engine.files.srgb import is_srgb
from engine.light import SRGB

PARAMETRIC = struct.pack(">4s4xI5i", b"para", 3 << 16, *(round(value * 65536) for value in astuple(SRGB)[:5]))
INK = struct.pack(">4s4xI5H", b"curv", 5, 0, 9000, 20000, 40000, 65535)
"""Dot gain, as printers' grey profiles have it."""
GAMMA = struct.pack(">4s4xIHxx", b"curv", 1, round(2.2 * 256))


def grey_profile(curve: bytes) -> bytes:
    """A profile of that curve alone, with what a reader looks at before it."""
    head = bytes(16) + b"GRAYXYZ " + bytes(12) + b"acsp" + bytes(88)
    return head + struct.pack(">I4sII", 1, b"kTRC", 144, len(curve)) + curve


@pytest.mark.parametrize(
    ("curve", "expected"), [(PARAMETRIC, True), (INK, False), (GAMMA, False)], ids=["parametric", "ink", "gamma"]
)
def test_grey_is_srgb_by_its_parametric_curve_alone(curve: bytes, expected: bool) -> None:
    assert is_srgb(grey_profile(curve)) is expected


def test_what_is_no_profile_is_not_srgb(srgb: bytes) -> None:
    assert is_srgb(srgb)
    assert not is_srgb(b"")
    assert not is_srgb(srgb[:140])
