"""Halftone: tones as larger and smaller dots, as newspapers print them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values
from engine.kernels.elementary import choose, diamond, printed
from engine.lattice import halves
from engine.light import LUMINANCE
from engine.parameters import Choice, Slider

INKS = (-30.0, 30.0, -45.0)
"""Degrees from the screen of black, which is customarily at 45, to those of cyan (15), magenta (75) and yellow (0)."""
EDGE = 8.0**0.5
"""Thresholds change by this at most over the width of a cell."""


def screen(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Paper where a dot's threshold is above what the tone leaves to ink, with an edge a pixel wide."""
    red, green, blue = colours
    x, y = place[0], place[1]
    edge, light, lighter, one = constants[12], constants[13], constants[14], constants[15]
    grey, together = light * red + lighter * green + (one - light - lighter) * blue, light > one - one
    first = diamond(x, y, constants[0], constants[1], constants[2], constants[3])
    second = diamond(x, y, constants[4], constants[5], constants[6], constants[7])
    third = diamond(x, y, constants[8], constants[9], constants[10], constants[11])
    return (
        printed(choose(together, grey, red), first, edge),
        printed(choose(together, grey, green), second, edge),
        printed(choose(together, grey, blue), third, edge),
    )


def constants(values: Values) -> Constants:
    """What `screen` takes: for each channel cosine and sine in cells for a pixel; weights of 0 keep channels apart."""
    together = values["ink"] == 0.0
    screens: list[float] = []
    for ink in INKS:
        angle = math.radians(values["angle"] + (0.0 if together else ink))
        screens += (*halves(math.cos(angle) / values["cell"]), *halves(math.sin(angle) / values["cell"]))
    return (*screens, EDGE / values["cell"], *(LUMINANCE[:2] if together else (0.0, 0.0)), 1.0)


def _inked(tone: Floats, covered: Floats, edge: float) -> Floats:
    """Of the oracle, for tones from 0 to 1."""
    ink = np.interp(1.0 - tone, [0.0, 1 / 256, 255 / 256, 1.0], [-1 / 256, 1 / 256, 255 / 256, 257 / 256])
    width = np.clip(np.minimum(edge, 1.0 - abs(2.0 * tone - 1.0)), 1 / 128, None)
    sharp = np.clip(0.5 + (covered - ink) / width, 0.0, 1.0)
    made: Floats = tone + (sharp - tone) / max(1.0, edge) ** 2
    return made


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """1/2 + (T - a) / w, limited to 0..1, a = 1 - c being the part that is ink.

    T is the part of a cell that a diamond covers whose edge goes through here. w is sqrt(8) px by the cell, so that a
    dot's edge is about a pixel wide, but not above 2 a and 2 c, so that of a flat tone c exactly that much stays paper.
    Nor is w below 1/128; for lighter or darker tones than half of that, the rest of the way to all paper or all ink is
    doubled. Where w had to be above 1, its inverse squared mixes the result with c. With black ink c is Rec. 709 luma.
    """
    height, width, channels = colour.shape
    y, x = np.mgrid[0.5:height, 0.5:width] / values["cell"]
    if values["ink"] == 0.0:
        tones = [colour @ (np.array([0.2126, 0.7152, 0.0722]) if channels == 3 else np.ones(1))] * channels
        angles = [values["angle"]] * channels
    else:
        tones = [colour[..., channel % channels] for channel in range(3)]
        angles = [values["angle"] + 15.0 - 45.0, values["angle"] + 75.0 - 45.0, values["angle"] - 45.0]
    made = []
    for tone, degrees in zip(tones, angles, strict=True):
        cosine, sine = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
        radius = abs((x * cosine + y * sine) % 1.0 - 0.5) + abs((y * cosine - x * sine) % 1.0 - 0.5)
        covered = np.where(radius <= 0.5, 2.0 * radius**2, 1.0 - 2.0 * (1.0 - radius) ** 2)
        made.append(_inked(np.clip(tone, 0.0, 1.0), covered, np.sqrt(8.0) / values["cell"]))
    return np.stack(made, axis=2), alpha


FILTER = Filter(
    name="halftone",
    group="look",
    help="Makes tones of larger and smaller dots of ink, as newspapers print them. From afar the tones look as before.",
    light="encoded",
    kind=Pixel(function=screen, gain=lambda _: 1.0, constants=constants, colours=lambda values: bool(values["ink"])),
    oracle=oracle,
    parameters=(
        Slider(
            name="cell",
            default=8.0,
            low=0.1,
            high=100.0,
            control=(3.0, 40.0),
            step=1.0,
            unit="px",
            help="From a dot to the next. Below three pixels dots fade into the tone itself.",
        ),
        Slider(
            name="angle",
            default=45.0,
            low=-360.0,
            high=360.0,
            control=(0.0, 90.0),
            step=5.0,
            unit="°",
            help="The angle of black ink's rows of dots; inks of other colours keep their angles to it.",
        ),
        Choice(
            name="ink",
            choices=("black", "coloured"),
            default=0.0,
            help="`black` prints the luminance, `coloured` prints cyan, magenta and yellow, 30 and 15 degrees apart.",
        ),
    ),
    example="halftone:cell=6",
)
