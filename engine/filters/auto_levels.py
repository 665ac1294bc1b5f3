"""Auto levels: each channel stretched from its darkest tones to its brightest."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Values
from engine.kernels.elementary import clip
from engine.kinds.measured import CLASSES, Measured, classes_of
from engine.parameters import Slider


def stretch(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Each colour by a line of its own, clipped."""
    red, green, blue = colours
    low, high = constants[6], constants[7]
    return (
        clip(red * constants[0] + constants[1], low, high),
        clip(green * constants[2] + constants[3], low, high),
        clip(blue * constants[4] + constants[5], low, high),
    )


def ends(counts: Floats, percent: float) -> tuple[float, float]:
    """The lowest and the highest tone that are left when so many percent of the samples are left out at each end.

    As Pillow's ImageOps.autocontrast: the lowest has more samples at or below it than are left out.
    """
    total, below = counts.sum(), counts.cumsum()
    left_out = total * percent // 100.0
    low = int(np.searchsorted(below, left_out, side="right"))
    high = CLASSES - 1 - int(np.searchsorted(counts[::-1].cumsum(), left_out, side="right"))
    return low / (CLASSES - 1.0), high / (CLASSES - 1.0)


def line(low: float, high: float) -> tuple[float, float]:
    """Slope and intercept that send `low` to 0 and `high` to 1; those that change nothing where there is one tone."""
    return (1.0 / (high - low), -low / (high - low)) if high > low else (1.0, 0.0)


def constants(values: Values, statistics: Floats) -> Constants:
    """Three lines, and the limits."""
    found = [ends(counts, values["clip"]) for counts in statistics]
    return (*(number for low, high in found for number in line(low, high)), 0.0, 1.0)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """(x - low) / (high - low) clipped to 0..1, low and high being tones of the channel in their order.

    Tones are those of 65536 classes; as many samples as `clip` says, rounded down, lie beyond each end. A channel of
    one tone is clipped and no more. Transparent pixels do not count.
    """
    made = np.clip(colour, 0.0, 1.0)
    for channel in range(colour.shape[2]):
        seen = colour[..., channel] if alpha is None else colour[..., channel][alpha > 0.0]
        tones = np.sort(classes_of(seen[~np.isnan(seen)])) / 65535.0
        cut = int(tones.size * values["clip"] // 100.0)
        if tones.size and tones[cut] < tones[-1 - cut]:
            stretched = (colour[..., channel] - tones[cut]) / (tones[-1 - cut] - tones[cut])
            made[..., channel] = np.clip(stretched, 0.0, 1.0)
    return made, alpha


CLIP = Slider(
    name="clip",
    default=0.5,
    low=0.0,
    high=40.0,
    control=(0.0, 5.0),
    step=0.1,
    unit="%",
    help="How much of the picture may become all black, and how much all white.",
)
FILTER = Filter(
    name="auto-levels",
    group="tone",
    help="Stretches each colour channel from its darkest tones to its brightest. A colour cast goes with the haze.",
    light="encoded",
    kind=Measured(gathers="tones", function=stretch, constants=constants),
    oracle=oracle,
    parameters=(CLIP,),
    example="auto-levels:clip=1",
)
