"""How bright a picture is, and how much of it is lost in black and white. It judges no scene: night is dark."""

from __future__ import annotations

import math

import numpy as np

from engine.image import Pixels
from engine.light import LUMINANCE, SRGB, decode

GREY = 0.18
"""The light of mid-grey, of white's 1."""
DARKEST = -10.0
"""Stops, of what is black."""
STEP = 4
"""Pixels from one to the next that exposure is told by: a sixteenth of them tells the median as well."""
BLACK, WHITE = 1, 254
"""Codes from which on a channel holds nothing more; JPEG's rounding leaves few at the very ends."""


def exposure(pixels: Pixels) -> float:
    """The median luminance (ITU-R BT.709-6) in stops from mid-grey; uint8, H x W x 1 or 3, in sRGB."""
    few = pixels[::STEP, ::STEP]
    light = np.asarray(decode(np.arange(256) / 255, SRGB.decoding()), np.float32)[few]
    weights = np.array(LUMINANCE if few.shape[2] == 3 else (1.0,), np.float32)
    median = float(np.median(light @ weights))
    return max(DARKEST, math.log2(median / GREY)) if median > 0 else DARKEST


def clipping(pixels: Pixels) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Which share of the pixels each channel has lost in the shadows, and in the highlights; shaped as above."""
    count = pixels.shape[0] * pixels.shape[1]
    found = [np.bincount(pixels[..., channel].ravel(), minlength=256) for channel in range(pixels.shape[2])]
    shadows = tuple(float(each[: BLACK + 1].sum()) / count for each in found)
    return shadows, tuple(float(each[WHITE:].sum()) / count for each in found)
