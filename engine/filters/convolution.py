"""Convolution: a kernel of one's own, typed as rows of numbers."""

from __future__ import annotations

import math

import numpy as np

from engine.errors import SpecError
from engine.filter import Filter, Floats, Values
from engine.kinds.convolution import Convolution
from engine.parameters import Slider, Text

WIDEST = 15
"""Rows and columns of a kernel, at most."""
LARGEST = 1e6
"""Magnitude of a number."""
STRONGEST = 100.0
"""What the weights' magnitudes may add up to: rounding counts as often as they say."""


def rows_of(text: str) -> list[list[float]]:
    """The numbers of a kernel; SpecError for what is none."""
    rows = [row.replace(",", " ").split() for row in text.split(";")]
    try:
        numbers = [[float(word) for word in row] for row in rows]
    except ValueError as error:
        word = str(error).partition(": ")[2]
        raise SpecError(f"{word} is no number; write rows of numbers with a semicolon between rows.") from None
    wide = len(numbers[0])
    if any(len(row) != wide for row in numbers):
        raise SpecError("The rows are not equally long; give each row as many numbers.")
    if wide % 2 == 0 or len(numbers) % 2 == 0 or max(wide, len(numbers)) > WIDEST:
        raise SpecError(f"The kernel has {len(numbers)} rows of {wide} numbers; let both be odd and at most {WIDEST}.")
    if not all(math.isfinite(number) and abs(number) <= LARGEST for row in numbers for number in row):
        raise SpecError(f"The kernel has a number beyond {LARGEST:g}; make all of them smaller.")
    return numbers


def weights(values: Values) -> Floats:
    """The numbers over the divisor."""
    numbers = np.array(rows_of(values["kernel"]))
    total = abs(math.fsum(numbers.ravel()))
    scaled: Floats = numbers / (values["divisor"] or total or 1.0)
    return scaled


def check(values: Values) -> None:
    """Refuse what float32 numbers cannot tell from noise."""
    strength = float(np.abs(weights(values)).sum())
    if strength > STRONGEST:
        raise SpecError(
            f"kernel: its magnitudes over the divisor add up to {strength:.4g}; choose a divisor that makes it at most "
            f"{STRONGEST:g}."
        )


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's correlation with replicated borders, over the divisor, and the offset added.

    A divisor of 0 stands for the magnitude of the kernel's sum, or for 1 where that is 0. A kernel whose numbers are
    above 0 or 0 weighs colours by alpha and averages alpha; with any other alpha stays.
    """
    from scipy.ndimage import correlate

    kernel = np.array([row.split() for row in values["kernel"].replace(",", " ").split(";")], np.float64)
    total, offset = kernel.sum(), values["offset"]
    kernel /= values["divisor"] or abs(total) or 1.0

    def summed(planes: Floats) -> Floats:
        result: Floats = correlate(planes, kernel[..., np.newaxis], mode="nearest")
        return result

    if alpha is None or kernel.min() < 0.0 or kernel.max() == 0.0:
        return summed(colour) + offset, alpha
    weight = summed(alpha[..., np.newaxis]) / kernel.sum()
    averaged = summed(colour * alpha[..., np.newaxis]) / np.where(weight > 0.0, weight, 1.0)
    return np.where(weight > 0.0, averaged, colour * kernel.sum()) + offset, weight[..., 0]


FILTER = Filter(
    name="convolution",
    group="edges",
    help="Replaces each pixel by a sum of its neighbours with weights of your own. Type them as rows of numbers.",
    light="encoded",
    kind=Convolution(weights=weights, offset=lambda values: values["offset"]),
    oracle=oracle,
    parameters=(
        Text(
            name="kernel",
            default="0 -1 0; -1 5 -1; 0 -1 0",
            help="Rows of weights with semicolons between them, the middle one for the pixel itself.",
            allowed=f"odd numbers of rows and columns, up to {WIDEST} x {WIDEST}, such as 0 -1 0; -1 5 -1; 0 -1 0",
            read=rows_of,
            examples=(
                "1",
                "1 2 1; 2 4 2; 1 2 1",
                "-1 -1 -1; -1 8 -1; -1 -1 -1",
                "-2 -1 0; -1 1 1; 0 1 2",
                "1 0 0 0 1.5",
                "0.5; 0; -.25; 0; 3",
                "0 0 0; 0 -1 0; 0 0 0",
                "0 0 1 0 0; 0 1 2 1 0; 1 2 4 2 1; 0 1 2 1 0; 0 0 1 0 0",
            ),
        ),
        Slider(
            name="divisor",
            default=0.0,
            low=0.0,
            high=100000.0,
            control=(0.0, 64.0),
            step=1.0,
            help="What all weights are divided by; 0 stands for their sum, so that even areas keep their lightness.",
        ),
        Slider(
            name="offset",
            default=0.0,
            low=-1.0,
            high=1.0,
            control=(-1.0, 1.0),
            step=0.05,
            help="What is added to the result, in parts of full scale: 0.5 shows differences on mid grey.",
        ),
    ),
    check=check,
    example="convolution:kernel=-2 -1 0; -1 1 1; 0 1 2",
)
