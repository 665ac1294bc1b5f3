"""Whether a colour profile is that of sRGB, so that nothing need be converted. It reads numbers, and converts none."""

from __future__ import annotations

import struct
from dataclasses import astuple

from engine.files.profile import colour_space
from engine.files.tone import tags_of, tone_of
from engine.light import SRGB

PRIMARIES = {b"rXYZ": (0.4361, 0.2225, 0.0139), b"gXYZ": (0.3851, 0.7169, 0.0971), b"bXYZ": (0.1431, 0.0606, 0.7141)}
"""Of IEC 61966-2-1, adapted to D50 (ICC.1:2022, annex E)."""
NEAR = 0.002


def is_srgb(icc: bytes) -> bool:
    """By its tone curve, and by its primaries, beside which a curve given as a table counts as that of sRGB.

    Grey has no primaries, and its tables are of other curves, such as those of ink: it needs a parametric curve.
    """
    tags = tags_of(icc)
    if b"A2B0" in tags or any(abs(a - b) > NEAR for a, b in zip(astuple(tone_of(icc)), astuple(SRGB), strict=True)):
        return False
    if colour_space(icc) == "L":
        return tags.get(b"kTRC", b"").startswith(b"para")
    try:
        found = {name: struct.unpack_from(">3i", tags[name], 8) for name in PRIMARIES}
    except (KeyError, struct.error):
        return False
    return all(
        abs(value / 65536 - wanted) < NEAR
        for name, primary in PRIMARIES.items()
        for value, wanted in zip(found[name], primary, strict=True)
    )
