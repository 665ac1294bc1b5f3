"""Otsu: black and white, parted where the tones fall into two groups."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Values
from engine.kernels.elementary import choose, clip, floor
from engine.kinds.measured import CLASSES, FINE, HALVES, LUMA, WITHIN, Measured, classes_of

NEAR = 1e-9
"""Parts by which variances that may be the same differ at most in float64."""


def part(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """1 where the luma of the classes is above the threshold, else 0, as where there is no number."""
    zero, one, fine, halves, part_of = constants[4], constants[5], constants[6], constants[7], constants[8]
    red, green, blue = clip(colours[0], zero, one), clip(colours[1], zero, one), clip(colours[2], zero, one)
    total = constants[0] * floor((floor(red * fine) - floor(red * halves)) * part_of)
    total = total + constants[1] * floor((floor(green * fine) - floor(green * halves)) * part_of)
    total = total + constants[2] * floor((floor(blue * fine) - floor(blue * halves)) * part_of)
    made = choose(total >= constants[3], one, zero)
    return made, made, made


def threshold(counts: Floats) -> int:
    """The last class of the darker group; the darkest of those that part equally well, the only one if there is one."""
    there = np.flatnonzero(counts)
    darker, brightness = counts[there].cumsum(), (counts * np.arange(CLASSES))[there].cumsum()
    if there.size < 2:
        return int(there[0]) if there.size else 0
    total, bright = darker[-1], brightness[-1]
    weights, apart = (darker * (total - darker))[:-1], (bright * darker - brightness * total)[:-1]
    between = apart**2 / weights
    # Sums are whole numbers, so that what float64 cannot tell apart is told apart exactly.
    close = np.flatnonzero(between >= between.max() * (1.0 - NEAR))
    exact = [
        Fraction(
            (int(bright) * int(darker[k]) - int(brightness[k]) * int(total)) ** 2,
            int(darker[k]) * int(total - darker[k]),
        )
        for k in close
    ]
    return int(there[close[exact.index(max(exact))]])


def constants(values: Values, statistics: Floats) -> Constants:
    """Weights of the colours, the smallest sum that is white, the limits, and what classes are made with."""
    weights = tuple(float(each) for each in LUMA)
    white = 256.0 * (threshold(statistics[0]) + 1.0)
    return *weights, white, 0.0, 1.0, FINE, HALVES, 1.0 / WITHIN


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """1 above the threshold that maximises w0 w1 (m0 - m1)^2, else 0 (Otsu, 1979, eq. 14 and 18).

    w and m are the counts and means of luma at or below it and above it. Luma is (54 r + 183 g + 19 b) // 256 of the
    65536 classes of the code values; transparent pixels do not count. N. Otsu, "A Threshold Selection Method from
    Gray-Level Histograms", IEEE Transactions on Systems, Man, and Cybernetics 9(1).
    """
    classes = classes_of(colour)
    luma = classes @ [54.0, 183.0, 19.0] // 256.0 if colour.shape[2] == 3 else classes[..., 0]
    seen = luma if alpha is None else luma[alpha > 0.0]
    tones, counts = np.unique(seen[~np.isnan(seen)], return_counts=True)
    best, found = Fraction(-1), 0 if tones.size == 0 else int(tones[0])
    pixels, total = int(counts.sum()), sum(int(tone) * int(count) for tone, count in zip(tones, counts, strict=True))
    below = dark = 0
    for tone, count in zip(tones[:-1], counts[:-1], strict=True):
        below, dark = below + int(count), dark + int(tone) * int(count)
        apart = Fraction(dark, below) - Fraction(total - dark, pixels - below)
        if below * (pixels - below) * apart**2 > best:
            best, found = below * (pixels - below) * apart**2, int(tone)
    return np.repeat((luma > found).astype(np.float64)[..., np.newaxis], colour.shape[2], axis=2), alpha


FILTER = Filter(
    name="otsu",
    group="tone",
    help="Makes all tones black or white, parted where they fall into two groups. It finds the threshold by itself.",
    light="encoded",
    kind=Measured(gathers="luma", function=part, constants=constants),
    oracle=oracle,
    example="otsu",
    jumps=True,
)
