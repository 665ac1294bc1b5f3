"""Greyscale: luminance in all three channels."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Matrix, Values
from engine.light import LUMINANCE


def rows(values: Values) -> Floats:
    """Three rows of luminance weights."""
    return np.hstack([np.tile(LUMINANCE, (3, 1)), np.zeros((3, 1))])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Rec. 709 luminance; a grey picture stays as it is."""
    if colour.shape[2] == 1:
        return colour, alpha
    grey = 0.2126 * colour[..., 0] + 0.7152 * colour[..., 1] + 0.0722 * colour[..., 2]
    return np.repeat(grey[..., np.newaxis], 3, axis=2), alpha


FILTER = Filter(
    name="greyscale",
    group="colour",
    help="Removes all colour and keeps the brightness that the eye sees. The picture keeps its three channels.",
    light="linear",
    kind=Matrix(rows=rows),
    oracle=oracle,
    example="greyscale",
)
