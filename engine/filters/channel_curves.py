"""Channel curves: red, green and blue through a smooth curve each."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.errors import SpecError
from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values
from engine.filters import curves
from engine.kernels.elementary import clip
from engine.parameters import Text

MOST = 8
"""Points of a curve: a pixel's kernel takes 96 numbers."""
PIECES = MOST - 1
HEIGHT = MOST + 3 * PIECES
GREEN, BLUE = HEIGHT + 1, 2 * (HEIGHT + 1)
"""Where a channel's numbers begin: the places of points, three coefficients of pieces, the first point's height."""
CHANNELS = ("red", "green", "blue")
STRAIGHT = "[0 0; 1 1]"


def read(text: str) -> Floats:
    """The points as `curves` takes them, but fewer; SpecError where they are none."""
    points = curves.read(text)
    if len(points) > MOST:
        raise SpecError(f"the curve of a channel must have 2 to {MOST} points, not {len(points)}.")
    return points


def through(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """The first point's height and the rise within each piece as far as the channel has come in it."""
    n = constants
    red, green, blue = n[HEIGHT], n[GREEN + HEIGHT], n[BLUE + HEIGHT]
    for k in range(PIECES):
        t = clip(colours[0], n[k], n[k + 1]) - n[k]
        red = red + t * (n[MOST + k] + t * (n[MOST + PIECES + k] + t * n[MOST + 2 * PIECES + k]))
    for g in range(GREEN, GREEN + PIECES):
        t = clip(colours[1], n[g], n[g + 1]) - n[g]
        green = green + t * (n[MOST + g] + t * (n[MOST + PIECES + g] + t * n[MOST + 2 * PIECES + g]))
    for b in range(BLUE, BLUE + PIECES):
        t = clip(colours[2], n[b], n[b + 1]) - n[b]
        blue = blue + t * (n[MOST + b] + t * (n[MOST + PIECES + b] + t * n[MOST + 2 * PIECES + b]))
    return red, green, blue


def constants(values: Values) -> Constants:
    """Those of three curves in turn."""
    return tuple(number for name in CHANNELS for number in curves.pieces(read(values[name]), MOST))


def colours(values: Values) -> bool:
    """A grey picture becomes coloured unless all three are the same curve."""
    return len({values[name] for name in CHANNELS}) > 1


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's PCHIP interpolation through the points of each channel; level beyond the first and the last."""
    from scipy.interpolate import PchipInterpolator

    made = []
    for k, name in enumerate(("red", "green", "blue")):
        tones, heights = np.fromstring(values[name].replace(";", " ").strip("[]"), sep=" ").reshape(-1, 2).T
        made.append(PchipInterpolator(tones, heights)(np.clip(colour[..., k % colour.shape[2]], tones[0], tones[-1])))
    together = colour.shape[2] == 1 and values["red"] == values["green"] == values["blue"]
    return np.dstack(made[:1] if together else made), alpha


def curve(name: str, default: str) -> Text:
    """That of one channel."""
    return Text(
        name=name,
        default=default,
        allowed=f"2 to {MOST} points such as [0 0; 0.5 0.6; 1 1], from dark to light",
        read=read,
        form="curve",
        examples=(
            "0 0; 1 1",
            "[0 1; 1 0]",
            "[0.1 0; 0.9 1]",
            "[0 0.2; 0.3 0.2; 0.31 1; 0.6 0.1; 1 0.5]",
            "[0 0; .1 .9; .2 .1; .3 .8; .4 .2; .5 .7; .6 .3; 1 .6]",
        ),
        help=f"What becomes of {name}: each point is a tone and another, 0 none and 1 full {name}.",
    )


FILTER = Filter(
    name="channel-curves",
    group="tone",
    help="Sends red, green and blue through a curve each, to give shadows or highlights a colour or to take one away. "
    "The curves are smooth, as that of curves is, which sends all three through the same.",
    light="encoded",
    kind=Pixel(function=through, gain=lambda _values: 1.0, constants=constants, colours=colours),
    oracle=oracle,
    parameters=(
        curve("red", "[0 0; 0.25 0.2; 0.75 0.8; 1 1]"),
        curve("green", STRAIGHT),
        curve("blue", "[0 0.05; 1 0.95]"),
    ),
    neutral=dict.fromkeys(CHANNELS, STRAIGHT),
    example="channel-curves:red=[0 0; 0.25 0.2; 0.75 0.82; 1 1],blue=[0 0.08; 0.5 0.5; 1 0.9]",
)
