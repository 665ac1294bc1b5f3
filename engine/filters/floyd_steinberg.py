"""Floyd-Steinberg: few tones that look like many, as each pixel's error passes on to its neighbours."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.diffusion import WHOLE, Diffusion
from engine.parameters import Slider


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Floyd and Steinberg 1976, "An adaptive algorithm for spatial greyscale", in whole numbers.

    Each channel is limited to 0..1 and rounded to parts of 65536, times levels - 1; a pixel becomes the nearest
    multiple of 65536, the upper one of two as near, and what is left goes to its neighbours: 7/16 to the right, 3, 5
    and 1 below from left to right. What a pixel gets is added up first and then rounded to a whole number, halves
    upwards. All rows go from left to right; what leaves the picture is lost. Alpha stays. Where it is less than half a
    part, errors neither come nor go.
    """
    height, width, channels = colour.shape
    steps = values["levels"] - 1.0
    wanted = np.rint(np.clip(np.nan_to_num(colour, nan=0.0), 0.0, 1.0) * WHOLE) * steps
    seen = np.ones((height, width, 1)) if alpha is None else (np.rint(alpha * WHOLE) > 0.0)[..., np.newaxis]
    error, made = np.zeros((height + 1, width + 2, channels)), np.empty_like(colour)
    # Pixels of a line that falls one row in two columns do not depend on each other.
    for place in range(width + 2 * height):
        y = np.arange(max(0, (place - width + 2) // 2), min(height, place // 2 + 1))
        x = place - 2 * y
        got = 7.0 * error[y + 1, x] + 3.0 * error[y, x + 2] + 5.0 * error[y, x + 1] + error[y, x]
        found = wanted[y, x] + seen[y, x] * np.floor((got + 8.0) / 16.0)
        level = np.floor(found / WHOLE + 0.5)
        error[y + 1, x + 1] = seen[y, x] * (found - level * WHOLE)
        made[y, x] = level / steps
    return made, alpha


FILTER = Filter(
    name="floyd-steinberg",
    group="look",
    help="Leaves few tones and scatters them so that their mixture is true, without a pattern that repeats. "
    "What a pixel lacks is made up for by those to the right and below.",
    light="encoded",
    kind=Diffusion(levels=lambda values: int(values["levels"])),
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
    ),
    # In whole numbers: exact of the codes of a file. Rounding before it may turn one pixel, and all that follow.
    diverges=True,
    example="floyd-steinberg:levels=3",
)
