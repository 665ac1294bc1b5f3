"""Auto contrast: all channels stretched alike, from the darkest tones of the picture to its brightest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.filter import Filter
from engine.filters.auto_levels import CLIP, ends, line, stretch
from engine.kinds.measured import Measured, classes_of

if TYPE_CHECKING:
    from engine.filter import Constants, Floats, Values


def constants(values: Values, statistics: Floats) -> Constants:
    """The same line three times, and the limits."""
    return *(3 * line(*ends(statistics.sum(axis=0), values["clip"]))), 0.0, 1.0


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """(x - low) / (high - low) clipped to 0..1, low and high being tones of all channels together in their order.

    Tones are those of 65536 classes; as many samples as `clip` says, rounded down, lie beyond each end. A picture of
    one tone is clipped and no more. Transparent pixels do not count.
    """
    seen = colour.ravel() if alpha is None else colour[alpha > 0.0].ravel()
    tones = np.sort(classes_of(seen[~np.isnan(seen)])) / 65535.0
    cut = int(tones.size * values["clip"] // 100.0)
    low, high = (tones[cut], tones[-1 - cut]) if tones.size else (0.0, 0.0)
    return np.clip((colour - low) / (high - low) if low < high else colour, 0.0, 1.0), alpha


FILTER = Filter(
    name="auto-contrast",
    group="tone",
    help="Stretches the picture from its darkest tones to its brightest. All colours alike, so that none is tinted.",
    light="encoded",
    kind=Measured(gathers="tones", function=stretch, constants=constants),
    oracle=oracle,
    parameters=(CLIP,),
    example="auto-contrast:clip=1",
)
