"""Despeckle: lone pixels that stand out take the middle value of their neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Constants, Filter, Floats, Neighbourhood, Square, Values, Window
from engine.kernels.elementary import clip, maximum, minimum
from engine.parameters import Slider


def middle(square: Square, constants: Constants) -> Any:
    """The middle of a square, or as far as it lies outside its neighbours' range what these have in their middle."""
    (a, b, c), (d, centre, e), (f, g, h) = square
    nothing, whole, half, per_threshold, amount = constants[0], constants[1], constants[2], constants[3], constants[4]
    # Batcher's network for eight values (Knuth 5.3.4), less what only puts in order what is not asked for.
    a, b = minimum(a, b), maximum(a, b)
    c, d = minimum(c, d), maximum(c, d)
    e, f = minimum(e, f), maximum(e, f)
    g, h = minimum(g, h), maximum(g, h)
    a, c = minimum(a, c), maximum(a, c)
    b, d = minimum(b, d), maximum(b, d)
    e, g = minimum(e, g), maximum(e, g)
    f, h = minimum(f, h), maximum(f, h)
    b, c = minimum(b, c), maximum(b, c)
    f, g = minimum(f, g), maximum(f, g)
    lowest, highest = minimum(a, e), maximum(d, h)
    # Of two sorted fours the fourth and fifth of all: the smallest of what is high, the largest of what is low.
    high = minimum(minimum(d, h), maximum(b, f))
    low = maximum(maximum(a, e), minimum(c, g))
    outside = maximum(maximum(centre - highest, lowest - centre), nothing)
    share = amount * clip(outside * per_threshold - whole, nothing, whole)
    return centre + share * (half * (low + high) - centre)


def constants(values: Values) -> Constants:
    """What `middle` takes."""
    return 0.0, 1.0, 0.5, 1.0 / values["threshold"], values["amount"]


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """With e how far a sample lies outside the range of its eight neighbours, borders replicated:
    c + amount clip(e / threshold - 1, 0, 1) (median of the neighbours - c), each channel by itself. Alpha stays.
    """
    height, width = colour.shape[:2]
    wide = np.pad(colour, ((1, 1), (1, 1), (0, 0)), mode="edge")
    places = [(y, x) for y in range(3) for x in range(3) if (y, x) != (1, 1)]
    around = np.stack([wide[y : y + height, x : x + width] for y, x in places])
    outside = np.maximum(np.maximum(colour - around.max(axis=0), around.min(axis=0) - colour), 0.0)
    share = values["amount"] * np.clip(outside / values["threshold"] - 1.0, 0.0, 1.0)
    return colour + share * (np.median(around, axis=0) - colour), alpha


FILTER = Filter(
    name="despeckle",
    group="noise",
    help="Removes hot pixels and dust of a single pixel, and touches nothing else. "
    "What stands out from all its neighbours takes their middle value.",
    light="encoded",
    kind=Window(
        step=Neighbourhood(
            function=middle, constants=constants, gain=lambda values: 1.0 + 2.0 * values["amount"] / values["threshold"]
        ),
        alpha="straight",
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="threshold",
            default=0.1,
            low=0.01,
            high=1.0,
            control=(0.01, 0.5),
            step=0.01,
            help="How far a pixel may lie outside its neighbours' range, in parts of full scale; twice as far goes.",
        ),
        Slider(
            name="amount",
            default=1.0,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.05,
            help="How far towards the middle value: 1 is all the way.",
        ),
    ),
    neutral={"amount": 0.0},
    example="despeckle:threshold=0.05",
)
