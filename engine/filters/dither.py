"""Dither: few tones that look like many, by a threshold that differs from pixel to pixel."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values
from engine.kernels.elementary import clip, floor
from engine.parameters import Choice, Slider

PLACES = 3
"""Bits of a pixel's place that the largest matrix takes."""


def order(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """The level below the tone, or above it where the rest is more than the matrix says."""
    red, green, blue = colours
    half, zero, one, two = constants[0], constants[1], constants[2], constants[3]
    x, y = place[0] - half, place[1] - half
    x_half, y_half = floor(x * half), floor(y * half)
    x_quarter, y_quarter = floor(x_half * half), floor(y_half * half)
    x_eighth, y_eighth = floor(x_quarter * half), floor(y_quarter * half)
    right, down = x - two * x_half, y - two * y_half
    threshold = constants[6] + constants[7] * (two * abs(right - down) + down)
    right, down = x_half - two * x_quarter, y_half - two * y_quarter
    threshold = threshold + constants[8] * (two * abs(right - down) + down)
    right, down = x_quarter - two * x_eighth, y_quarter - two * y_eighth
    threshold = threshold + constants[9] * (two * abs(right - down) + down)
    steps, step = constants[4], constants[5]
    return (
        clip(floor(red * steps + threshold) * step, zero, one),
        clip(floor(green * steps + threshold) * step, zero, one),
        clip(floor(blue * steps + threshold) * step, zero, one),
    )


def constants(values: Values) -> Constants:
    """What `order` takes: the weight of each bit of a place is a quarter of the one before, or 0 beyond the matrix."""
    bits, steps = int(values["matrix"]) + 1, values["levels"] - 1.0
    weights = (0.25 ** (bit + 1) if bit < bits else 0.0 for bit in range(PLACES))
    return (0.5, 0.0, 1.0, 2.0, steps, 1.0 / steps, 0.5 * 0.25**bits, *weights)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """floor(c (levels - 1) + (B + 1/2) / n^2) / (levels - 1), limited to 0..1.

    B is Bayer's n x n matrix ("An optimum method for two-level rendition of continuous-tone pictures", ICC 1973):
    each of its four quarters is four times the smaller one, plus 0, 2, 3 and 1.
    """
    matrix = np.zeros((1, 1))
    for _ in range(int(values["matrix"]) + 1):
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    height, width = colour.shape[:2]
    rows, columns = np.mgrid[:height, :width] % len(matrix)
    threshold = (matrix[rows, columns] + 0.5) / matrix.size
    steps = values["levels"] - 1.0
    return np.clip(np.floor(colour * steps + threshold[..., np.newaxis]) / steps, 0.0, 1.0), alpha


FILTER = Filter(
    name="dither",
    group="look",
    help="Leaves few tones and mixes them pixel by pixel, as old computers did. From afar the picture looks as before.",
    light="encoded",
    kind=Pixel(function=order, gain=lambda _: 1.0, constants=constants),
    oracle=oracle,
    parameters=(
        Slider(
            name="levels",
            default=2.0,
            low=2.0,
            high=64.0,
            control=(2.0, 16.0),
            step=1.0,
            whole=True,
            help="Tones of each channel that are left: 2 makes black and white of a grey picture, 8 colours of others.",
        ),
        Choice(
            name="matrix",
            choices=("2x2", "4x4", "8x8"),
            default=1.0,
            help="Bayer's matrix: how many pixels there are before thresholds repeat; more look finer.",
        ),
    ),
    jumps=True,
    example="dither:levels=3,matrix=8x8",
)
