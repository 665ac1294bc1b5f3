"""Pixelate."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.pixelate import Pixelate
from engine.parameters import Slider


def side(values: Values) -> int:
    """In whole pixels."""
    return max(1, int(values["size"] + 0.5))


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Sums of blocks by NumPy's reduceat, over their sizes; colour weighted by alpha, straight where there is none."""
    length = max(1, int(np.floor(values["size"] + 0.5)))
    height, width = colour.shape[:2]

    def summed(planes: Floats) -> Floats:
        rows = np.add.reduceat(planes, np.arange(0, height, length), axis=0)
        sums = np.add.reduceat(rows, np.arange(0, width, length), axis=1)
        made: Floats = np.repeat(np.repeat(sums, length, axis=0), length, axis=1)[:height, :width]
        return made

    count = summed(np.ones((height, width, 1)))
    straight = summed(colour) / count
    if alpha is None:
        return straight, None
    cover = summed(alpha[..., np.newaxis])
    seen = cover > 0.0
    averaged = summed(colour * alpha[..., np.newaxis]) / np.where(seen, cover, 1.0)
    return np.where(seen, averaged, straight), (cover / count)[..., 0]


FILTER = Filter(
    name="pixelate",
    group="look",
    help="Turns the picture into large square blocks, each the mean of the light that fell on it. It hides faces and "
    "number plates from the eye, not from someone who tries hard.",
    light="linear",
    kind=Pixelate(side=side),
    oracle=oracle,
    parameters=(
        Slider(
            name="size",
            default=16.0,
            low=1.0,
            high=1000.0,
            control=(1.0, 100.0),
            step=1.0,
            unit="px",
            help="The side of a block, rounded to whole pixels.",
        ),
    ),
    neutral={"size": 1.0},
    example="pixelate:size=24",
)
