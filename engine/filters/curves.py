"""Curves: tones through a smooth curve that goes through points."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.errors import SpecError
from engine.filter import Constants, Filter, Floats, Table, Values
from engine.kernels.elementary import clip
from engine.parameters import Text

MOST = 12
PIECES = MOST - 1
APART = 0.01
"""Between two points at least, so that no curve is steeper than float32 numbers are fine."""
START = MOST + 3 * PIECES
"""The place of the first point's height among the constants."""


def read(text: str) -> Floats:
    """The points as rows of tone and new tone; SpecError where they are none."""
    parts = [part.split() for part in text.strip().removeprefix("[").removesuffix("]").split(";")]
    try:
        points = np.array([[float(number) for number in part] for part in parts])
    except ValueError:
        points = np.empty(0)
    if points.ndim != 2 or points.shape[1] != 2:
        raise SpecError("each point must be two numbers, with ; between points, as in [0 0; 0.5 0.6; 1 1].")
    if not 2 <= len(points) <= MOST:
        raise SpecError(f"a curve must have 2 to {MOST} points, not {len(points)}.")
    if not ((points >= 0.0) & (points <= 1.0)).all():
        raise SpecError("every number must lie between 0 (black) and 1 (white).")
    if (np.diff(points[:, 0]) < APART).any():
        raise SpecError(f"points must go from dark to light, each at least {APART} after the one before.")
    return points


def through(x: Any, constants: Constants) -> Any:
    """The first point's height and the rise within each piece as far as x has come in it; level beyond the ends."""
    made = constants[START]
    for k in range(PIECES):
        t = clip(x, constants[k], constants[k + 1]) - constants[k]
        a, b, c = constants[MOST + k], constants[MOST + PIECES + k], constants[MOST + 2 * PIECES + k]
        made = made + t * (a + t * (b + t * c))
    return made


def constants(values: Values) -> Constants:
    """Of as many points as there may be."""
    return pieces(read(values["points"]), MOST)


def pieces(points: Floats, most: int) -> Constants:
    """Places of the points, coefficients of the pieces, first height; pieces that are not needed have no width."""
    tones, heights = points.T
    widths, rises = np.diff(tones), np.diff(heights) / np.diff(tones)
    slopes = slopes_at_points(widths, rises)
    start, end = slopes[:-1], slopes[1:]
    bends = ((3.0 * rises - 2.0 * start - end) / widths, (start + end - 2.0 * rises) / widths**2)
    spare = most - len(tones)
    coefficients = np.pad([start, *bends], ((0, 0), (0, spare)))
    return *np.pad(tones, (0, spare), mode="edge"), *coefficients.ravel(), heights[0]


def slopes_at_points(widths: Floats, rises: Floats) -> Floats:
    """Of a monotone cubic (Fritsch and Carlson, SIAM Journal on Numerical Analysis 17, 1980).

    Between pieces that rise or fall both it is their harmonic mean, weighted as Fritsch and Butland do (SIAM Journal on
    Scientific and Statistical Computing 5, 1984), else 0; at the ends that of the parabola through three points, kept
    from turning.
    """
    if len(rises) == 1:
        return np.repeat(rises, 2)
    before, after = rises[:-1], rises[1:]
    first, second = widths[:-1] + 2.0 * widths[1:], 2.0 * widths[:-1] + widths[1:]
    alike = before * after > 0.0
    product = np.where(alike, before * after, 0.0)
    inner = product * (first + second) / np.where(alike, first * after + second * before, 1.0)
    return np.array([_at_end(widths, rises), *inner, _at_end(widths[::-1], rises[::-1])])


def _at_end(widths: Floats, rises: Floats) -> float:
    slope = rises[0] + widths[0] * (rises[0] - rises[1]) / (widths[0] + widths[1])
    if slope * rises[0] <= 0.0:
        return 0.0
    return float(3.0 * rises[0] if rises[0] * rises[1] < 0.0 and abs(slope) > 3.0 * abs(rises[0]) else slope)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's PCHIP interpolation through the points; level beyond the first and the last."""
    from scipy.interpolate import PchipInterpolator

    numbers = np.array(values["points"].replace(";", " ").strip("[]").split(), np.float64)
    tones, heights = numbers[0::2], numbers[1::2]
    return PchipInterpolator(tones, heights)(np.clip(colour, tones[0], tones[-1])), alpha


FILTER = Filter(
    name="curves",
    group="tone",
    help="Sends tones through a curve that you draw with points. It is smooth and nowhere leaves what lies between two "
    "neighbouring points.",
    light="encoded",
    kind=Table(curve=through, constants=constants),
    oracle=oracle,
    parameters=(
        Text(
            name="points",
            default="[0 0; 0.25 0.2; 0.75 0.8; 1 1]",
            allowed=f"2 to {MOST} points such as [0 0; 0.5 0.6; 1 1], from dark to light",
            read=read,
            form="curve",
            examples=(
                "0 0; 1 1",
                "[0 1; 1 0]",
                "[0.1 0; 0.9 1]",
                "[0 0.2; 0.3 0.2; 0.31 1; 0.6 0.1; 1 0.5]",
                "[0 0; .1 .9; .2 .1; .3 .8; .4 .2; .5 .7; .6 .3; .7 .6; .8 .4; .9 .5; .95 .5; 1 .45]",
            ),
            help="Each point is a tone and what becomes of it: 0 is black, 1 is white. channel-curves has a curve for "
            "each of red, green and blue.",
        ),
    ),
    neutral={"points": "[0 0; 1 1]"},
    example="curves:points=[0 0; 0.25 0.18; 0.7 0.8; 1 1]",
)
