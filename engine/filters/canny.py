"""Canny: edges as thin white lines."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Matrix, Separable, Series, Values, Window
from engine.filters import gaussian_blur, unsharp_mask
from engine.kinds.ridges import Ridges
from engine.light import LUMINANCE
from engine.parameters import Slider


def luma(_values: Values) -> Floats:
    """The same weighted sum for all three channels."""
    return np.tile([*LUMINANCE, 0.0], (3, 1))


def taps(values: Values, tail: float) -> tuple[float, ...]:
    """Of the Gaussian."""
    return unsharp_mask.taps({"radius": values["sigma"]}, tail)


def thresholds(values: Values) -> tuple[float, float]:
    """Both in parts of full scale, in order."""
    low, high = sorted((values["low"] / 100.0, values["high"] / 100.0))
    return low, high


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """White where the slope of blurred Rec. 709 luma is a ridge of at least `low` that leads to one of at least `high`.

    J. Canny, "A Computational Approach to Edge Detection", IEEE Transactions on Pattern Analysis and Machine
    Intelligence 8(6), 1986, with the slopes (x, y) of Sobel over 4, and lines connected through all 8 neighbours. On a
    ridge the slope is no less than on both sides, by linear interpolation where the gradient's line leaves the square
    of 3 x 3. Where slopes are the same to 2^-13, that which comes first in the gradient's direction, taken with the
    sign that makes x + 0.3217 y positive, is the ridge; thresholds are met to 2^-13 as well. Beyond borders pixels
    repeat.
    """
    from scipy.ndimage import label, map_coordinates, sobel

    weights = np.array([0.2126, 0.7152, 0.0722]) if colour.shape[2] == 3 else np.ones(1)
    tone = gaussian_blur.oracle((colour @ weights)[..., np.newaxis], alpha, {"sigma": values["sigma"]})[0][..., 0]
    down, across = (sobel(tone, axis=axis, mode="nearest") / 4.0 for axis in (0, 1))
    strength, near = np.hypot(across, down), 2.0**-13
    longest = np.maximum(np.maximum(np.abs(across), np.abs(down)), 1e-300)
    ahead = np.where(across + 0.3217 * down < 0.0, -1.0, 1.0) * np.stack([down, across]) / longest
    here = np.indices(strength.shape)
    before, behind = (map_coordinates(strength, here + side * ahead, order=1, mode="nearest") for side in (-1.0, 1.0))
    ridge = (strength > before + near) & (strength > behind - near)
    low, high = sorted((values["low"] / 100.0, values["high"] / 100.0))
    lines, _ = label(ridge & (strength >= low - near), structure=np.ones((3, 3)))
    followed = np.isin(lines, np.unique(lines[(lines > 0) & (strength >= high - near)]))
    return np.repeat(followed[..., np.newaxis].astype(np.float64), colour.shape[2], axis=2), alpha


FILTER = Filter(
    name="canny",
    group="edges",
    help="Draws edges as thin white lines on black. Faint lines stay where they go on from strong ones.",
    light="encoded",
    kind=Series(
        kinds=(
            Matrix(rows=luma),
            Window(step=Separable(taps=taps, sigma=lambda values: values["sigma"]), alpha="weighted"),
            Ridges(thresholds=thresholds),
        )
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="sigma",
            default=1.4,
            low=0.0,
            high=50.0,
            control=(0.0, 5.0),
            step=0.1,
            unit="px",
            help="The Gaussian that goes before: the larger it is, the fewer and the coarser are the edges.",
        ),
        Slider(
            name="low",
            default=3.0,
            low=0.0,
            high=100.0,
            control=(0.0, 20.0),
            step=0.5,
            unit="%",
            help="How strong an edge must be where it goes on from a strong one; black next to white is 100 %.",
        ),
        Slider(
            name="high",
            default=8.0,
            low=0.0,
            high=100.0,
            control=(0.0, 40.0),
            step=0.5,
            unit="%",
            help="How strong an edge must be somewhere to be drawn. The lower of the two counts as low.",
        ),
    ),
    example="canny",
    jumps=True,
)
