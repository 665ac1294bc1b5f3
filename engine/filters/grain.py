"""Grain: the unevenness of film, which depends on a seed and a pixel's place and on nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values
from engine.kernels import elementary
from engine.kernels.elementary import clip, floor, uneven
from engine.lattice import halves
from engine.light import LUMINANCE
from engine.parameters import Choice, Slider

STRONGEST = 4.0
"""More than any grain is: four bytes and the mean of four such sums lie within 3.5 standard deviations each."""


def sprinkle(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Plus a number that looks random for the four grains around, by the amount that the tone takes."""
    red, green, blue = colours
    x, y = place[0], place[1]
    coarse, fine, half, zero, one = constants[0], constants[1], constants[2], constants[3], constants[4]
    across, along = x * coarse, y * coarse
    column, row = floor(across), floor(along)
    right, down = (across - column) + (x * fine - half), (along - row) + (y * fine - half)
    next_column, next_row = floor(right), floor(down)
    column, row, right, down = column + next_column, row + next_row, right - next_column, down - next_row
    tone = clip(constants[10] * red + constants[11] * green + constants[12] * blue, zero, one)
    amount = constants[5] + constants[6] * tone * (one - tone)
    return (
        red + amount * uneven(column, row, right, down, constants[7]),
        green + amount * uneven(column, row, right, down, constants[8]),
        blue + amount * uneven(column, row, right, down, constants[9]),
    )


def constants(values: Values) -> Constants:
    """What `sprinkle` takes; each channel has a seed of its own if there is colour."""
    amount = values["amount"] * min(1.0, values["size"])
    even, more = amount * (1.0 - values["midtones"]), 4.0 * amount * values["midtones"]
    seeds = (4.0 * values["seed"] + channel * values["colour"] for channel in range(3))
    return (*halves(1.0 / values["size"]), 0.5, 0.0, 1.0, even, more, *seeds, *LUMINANCE)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """c + amount min(1, size) w n, w = 1 - midtones + midtones 4 L (1 - L), L being Rec. 709 luma limited to 0..1.

    n is bilinear noise of variance 1 on a lattice with a point in the middle of every `size` pixels. Grains smaller
    than a pixel average out.
    """
    height, width, channels = colour.shape
    at = (np.arange(height) + 0.5) / values["size"] - 0.5, (np.arange(width) + 0.5) / values["size"] - 0.5
    rows, columns = np.meshgrid(*(np.floor(each) for each in at), indexing="ij")
    down, right = np.meshgrid(*(each - np.floor(each) for each in at), indexing="ij")
    weights = np.array([0.2126, 0.7152, 0.0722]) if channels == 3 else np.ones(1)
    tone = np.clip(colour @ weights, 0.0, 1.0)
    amount = values["amount"] * min(1.0, values["size"]) * (1.0 - values["midtones"] * (2.0 * tone - 1.0) ** 2)
    noise = [
        elementary.uneven(columns, rows, right, down, 4 * values["seed"] + values["colour"] * channel)
        for channel in range(3 if values["colour"] else channels)
    ]
    return colour + amount[..., np.newaxis] * np.stack(noise, axis=2), alpha


FILTER = Filter(
    name="grain",
    group="look",
    help="Adds the grain of film, most of it in the midtones. The same seed always makes the same grain.",
    light="encoded",
    kind=Pixel(
        function=sprinkle,
        gain=lambda values: 1.0 + STRONGEST * values["amount"],
        constants=constants,
        colours=lambda values: bool(values["colour"]),
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=0.05,
            low=0.0,
            high=1.0,
            control=(0.0, 0.3),
            step=0.01,
            help="How far tones stray, as a standard deviation: 0 changes nothing, 1 is the way from black to white.",
        ),
        Slider(
            name="size",
            default=1.5,
            low=0.05,
            high=100.0,
            control=(1.0, 8.0),
            step=0.5,
            unit="px",
            help="The width of a grain; grains smaller than a pixel average out and are fainter.",
        ),
        Slider(
            name="midtones",
            default=0.7,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.1,
            help="How much of the grain black and white are spared: 0 is the same grain everywhere, 1 none there.",
        ),
        Choice(
            name="colour",
            choices=("grey", "coloured"),
            default=0.0,
            help="`grey` makes lighter and darker grains, `coloured` has grains of its own for red, green and blue, in "
            "grey pictures too.",
        ),
        Slider(
            name="seed",
            default=0.0,
            low=0.0,
            high=65535.0,
            control=(0.0, 20.0),
            step=1.0,
            whole=True,
            help="Another number makes other grain of the same kind.",
        ),
    ),
    neutral={"amount": 0.0},
    example="grain:amount=0.08,size=2",
)
