"""The tone curve of a picture, from its colour profile (ICC.1:2022, 9.2 and 10.6, 10.18)."""

from __future__ import annotations

import struct

from engine.light import SRGB, ToneCurve

TAGS_AT = 128
MOST_TAGS = 100
CURVES = (b"rTRC", b"gTRC", b"bTRC")


def tone_of(icc: bytes) -> ToneCurve:
    """The profile's curve, if it is one parametric curve for all channels; else that of sRGB.

    Curves given as tables count as sRGB's: those in use are tables of it.
    """
    tags = tags_of(icc)
    try:
        curves = {tags[name] for name in CURVES} if CURVES[0] in tags else {tags[b"kTRC"]}
        return _curve(*curves)
    except (struct.error, KeyError, TypeError, IndexError):
        return SRGB


def tags_of(icc: bytes) -> dict[bytes, bytes]:
    """The content of each tag of a profile by its name; none for what is no profile."""
    try:
        count = struct.unpack_from(">I", icc, TAGS_AT)[0]
        entries = [struct.unpack_from(">4sII", icc, TAGS_AT + 4 + 12 * index) for index in range(min(count, MOST_TAGS))]
    except struct.error:
        return {}
    return {name: icc[start : start + size] for name, start, size in entries}


def _curve(tag: bytes) -> ToneCurve:
    kind, first = struct.unpack_from(">4s4xI", tag)
    if kind == b"curv" and first == 0:
        curve = ToneCurve(g=1.0)
    elif kind == b"curv" and first == 1:
        curve = ToneCurve(g=struct.unpack_from(">H", tag, 12)[0] / 256)
    elif kind == b"para" and first >> 16 in (0, 3):
        curve = ToneCurve(*(value / 65536 for value in struct.unpack_from(">i" if first == 0 else ">5i", tag, 12)))
    else:
        return SRGB
    usable = (
        0.1 <= curve.g <= 10.0 and 0.1 <= curve.a <= 10.0 and curve.b >= 0.0 and curve.c >= 0.0 and 0.0 <= curve.d < 1.0
    )
    return curve if usable else SRGB
