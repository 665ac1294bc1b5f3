"""Gradient map: tones exchanged for the colours of a gradient."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from engine.errors import SpecError, quoted
from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values, always
from engine.kernels.elementary import clip
from engine.light import LUMINANCE
from engine.parameters import Colour, Slider, Text
from engine.parameters.colour import components

MOST = 6
"""Stops of a gradient, those for black, midtones and white among them."""
PIECES = MOST - 1
FIRST = 3
"""The place of the stops' tones among the constants; the weights of the channels come before."""
BASE = FIRST + MOST
"""The place of the first stop's colour."""
RED, GREEN, BLUE = BASE + 3, BASE + 3 + PIECES, BASE + 3 + 2 * PIECES
"""Where the ways of a channel from each stop to the next begin."""
APART = 0.01
"""Between two stops at least."""

Stop = tuple[float, float]
"""A tone from 0 to 1 and its colour as 0xRRGGBB."""
TYPED = Colour(name="the stop's colour", default=0.0, help="")


def read(text: str) -> list[Stop]:
    """The stops of a text, from dark to light; SpecError where they are none."""
    parts = [part.split() for part in text.strip().removeprefix("[").removesuffix("]").split(";")]
    found: list[Stop] = []
    for part in parts if text.strip() else []:
        try:
            tone, colour = part
            found.append((float(tone), TYPED.parse(colour)))
        except ValueError:
            raise SpecError(
                f"{quoted(' '.join(part))} is no stop: write a tone and a colour, as 0.25 #804020."
            ) from None
    if len(found) > MOST - 3:
        raise SpecError(f"there may be {MOST - 3} more stops, not {len(found)}.")
    if not all(APART <= tone <= 1.0 - APART for tone, _ in found):
        raise SpecError(f"each tone must lie between {APART} and {1.0 - APART}; black and white have theirs already.")
    if any(after[0] - before[0] < 0.99 * APART for before, after in pairwise(found)):
        raise SpecError(f"stops must go from dark to light, each at least {APART} after the one before.")
    return found


def stops(values: Values) -> list[Stop]:
    """All of them, from black to white."""
    middle = (values["position"], values["midtones"])
    return [(0.0, values["shadows"]), *sorted([middle, *read(values["stops"])]), (1.0, values["highlights"])]


def check(values: Values) -> None:
    """No stop may lie on that of the midtones."""
    if any(abs(tone - values["position"]) < 0.99 * APART for tone, _ in read(values["stops"])):
        raise SpecError(f"gradient-map: a stop and the position of the midtones must lie {APART} apart at least.")


def look_up(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """The first colour, and the way within each piece as far as the tone has come in it."""
    n = constants
    tone = n[0] * colours[0] + n[1] * colours[1] + n[2] * colours[2]
    # A loop would ask at each turn whether there are as many constants, and a kernel cannot say that there are not.
    t = clip(tone, n[FIRST], n[FIRST + 1]) - n[FIRST]
    u = clip(tone, n[FIRST + 1], n[FIRST + 2]) - n[FIRST + 1]
    v = clip(tone, n[FIRST + 2], n[FIRST + 3]) - n[FIRST + 2]
    w = clip(tone, n[FIRST + 3], n[FIRST + 4]) - n[FIRST + 3]
    x = clip(tone, n[FIRST + 4], n[FIRST + 5]) - n[FIRST + 4]
    return (
        n[BASE] + t * n[RED] + u * n[RED + 1] + v * n[RED + 2] + w * n[RED + 3] + x * n[RED + 4],
        n[BASE + 1] + t * n[GREEN] + u * n[GREEN + 1] + v * n[GREEN + 2] + w * n[GREEN + 3] + x * n[GREEN + 4],
        n[BASE + 2] + t * n[BLUE] + u * n[BLUE + 1] + v * n[BLUE + 2] + w * n[BLUE + 3] + x * n[BLUE + 4],
    )


def constants(values: Values) -> Constants:
    """What `look_up` takes; pieces that are not needed have no width."""
    chosen = stops(values)
    tones = np.array([tone for tone, _ in chosen])
    reached = np.array([components(code) for _, code in chosen])
    slopes = np.diff(reached, axis=0) / np.diff(tones)[:, np.newaxis]
    spare = (0, MOST - len(chosen))
    ways = np.pad(slopes.T, ((0, 0), spare))
    return *LUMINANCE, *np.pad(tones, spare, mode="edge"), *reached[0], *ways.ravel()


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Linear interpolation of code values at Rec. 709 luma, limited to 0 to 1."""
    luma = colour[..., 0] if colour.shape[2] == 1 else colour @ np.array([0.2126, 0.7152, 0.0722])
    known = {0.0: values["shadows"], values["position"]: values["midtones"], 1.0: values["highlights"]}
    for stop in filter(None, values["stops"].strip("[]").split(";")):
        tone, code = stop.split()
        known[float(tone)] = int(code[1:], 16)
    order = sorted(known)
    planes = []
    for shift in (16, 8, 0):
        codes = [(int(known[tone]) >> shift) % 256 / 255.0 for tone in order]
        planes.append(np.interp(luma, order, codes))
    return np.stack(planes, axis=2), alpha


FILTER = Filter(
    name="gradient-map",
    group="colour",
    help="Exchanges every tone for a colour, from one for black over one for the midtones to one for white. "
    "The picture's own colours go.",
    light="encoded",
    kind=Pixel(function=look_up, gain=lambda values: 1.0, constants=constants, colours=always),
    oracle=oracle,
    parameters=(
        Colour(name="shadows", default=0x10104A, help="What black becomes."),
        Colour(name="midtones", default=0xC84050, help="What the tone at the position becomes."),
        Colour(name="highlights", default=0xFFF0B0, help="What white becomes."),
        Slider(
            name="position",
            default=0.5,
            low=APART,
            high=1.0 - APART,
            control=(0.1, 0.9),
            step=0.05,
            help="The tone that gets the colour of the midtones: 0 is black, 1 is white.",
        ),
        Text(
            name="stops",
            default="",
            allowed=f"up to {MOST - 3} tones with their colours, as [0.2 #402060; 0.8 #ffc080], from dark to light",
            read=read,
            examples=(
                "[0.25 #802080]",
                "[0.2 #402060; 0.8 #ffc080]",
                "[0.1 #000000; 0.2 #ff0000; 0.9 #ffffff]",
            ),
            help="More colours between: each is a tone and what it becomes.",
        ),
    ),
    check=check,
    forms={"gradient": ("shadows", "midtones", "highlights", "position", "stops")},
    example="gradient-map:position=0.4",
)
