"""Lightness, chroma and hue as the eye sees them (Oklch, Ottosson 2020), to 8-bit sRGB and back."""

from __future__ import annotations

import math

from tui.output.xterm import CHROMA, perceived

TO_CONES = ((1.0, 0.3963377774, 0.2158037573), (1.0, -0.1055613458, -0.0638541728), (1.0, -0.0894841775, -1.2914855480))
TO_LIGHT = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
"""The inverse of the matrices of `tui.output.xterm`: Oklab to cone responses, and those to linear red, green, blue."""
MOST = 0.33
"""Chroma that no colour of sRGB exceeds."""
ROUNDS = 16
SLACK = 1e-4

Lch = tuple[float, float, float]
"""Lightness 0 to 1, chroma 0 to MOST, hue 0 to 360 degrees."""


def to_lch(code: int) -> Lch:
    """Of the colour 0xRRGGBB; a grey has hue 0."""
    lightness, a, b = perceived(code >> 16, code >> 8 & 255, code & 255)
    a, b = a / CHROMA, b / CHROMA
    chroma = math.hypot(a, b)
    return lightness, chroma, math.degrees(math.atan2(b, a)) % 360.0 if chroma > SLACK else 0.0


def to_code(lch: Lch) -> int:
    """The colour 0xRRGGBB, with as much of the chroma as a screen can show."""
    lightness, chroma, hue = lch
    if not _fits(_light(lch)):
        low, high = 0.0, chroma
        for _ in range(ROUNDS):
            middle = (low + high) / 2
            low, high = (middle, high) if _fits(_light((lightness, middle, hue))) else (low, middle)
        chroma = low
    red, green, blue = (_encoded(each) for each in _light((lightness, chroma, hue)))
    return red << 16 | green << 8 | blue


def _light(lch: Lch) -> list[float]:
    """Linear red, green and blue."""
    lightness, chroma, hue = lch
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    cones = [(x * lightness + y * a + z * b) ** 3 for x, y, z in TO_CONES]
    return [sum(share * cone for share, cone in zip(row, cones, strict=True)) for row in TO_LIGHT]


def _fits(light: list[float]) -> bool:
    return all(-SLACK <= each <= 1.0 + SLACK for each in light)


def _encoded(light: float) -> int:
    light = min(max(light, 0.0), 1.0)
    value = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * value)
