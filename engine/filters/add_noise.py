"""Noise: each channel of each pixel strays by itself, the same for the same seed and place."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.filter import Colours, Constants, Filter, Floats, Pixel, Values
from engine.kernels import elementary
from engine.kernels.elementary import bell, chance
from engine.parameters import Choice, Slider

FARTHEST = 6.0
"""Standard deviations: twelve bytes added up go no farther."""
UNIFORM = 12.0**0.5
"""The width of a uniform distribution whose standard deviation is 1."""
SUMS = 3


def stray(colours: Colours, place: tuple[Any, Any, Any, Any], constants: Constants) -> Colours:
    """Plus three sums of bytes, or plus a part of the whole width; the other one has a factor of 0."""
    red, green, blue = colours
    x, y = place[0] - constants[0], place[1] - constants[0]
    normal, uniform, half, one, two = constants[1], constants[2], constants[0], constants[3], constants[4]
    first, second, third = constants[5], constants[6], constants[7]
    return (
        red
        + normal * (bell(x, y, first) + bell(x, y, first + one) + bell(x, y, first + two))
        + uniform * (chance(x, y, first) - half),
        green
        + normal * (bell(x, y, second) + bell(x, y, second + one) + bell(x, y, second + two))
        + uniform * (chance(x, y, second) - half),
        blue
        + normal * (bell(x, y, third) + bell(x, y, third + one) + bell(x, y, third + two))
        + uniform * (chance(x, y, third) - half),
    )


def constants(values: Values) -> Constants:
    """What `stray` takes; a seed takes twelve numbers, of which each sum of a channel uses one."""
    amount = values["amount"]
    factors = (0.0, UNIFORM * amount) if values["distribution"] else (amount / SUMS**0.5, 0.0)
    seeds = (12.0 * values["seed"] + 4.0 * channel * values["colour"] for channel in range(3))
    return (0.5, *factors, 1.0, 2.0, *seeds)


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """c + amount n: n has a mean of 0 and a variance of 1, and is uniform, or the sum of twelve uniform bytes.

    The sum of twelve is the classic stand-in for a normal number; it goes no farther than 6 standard deviations.
    """
    height, width, channels = colour.shape
    rows, columns = np.mgrid[:height, :width]
    noise = []
    for channel in range(3 if values["colour"] else channels):
        seed = 12 * values["seed"] + 4 * channel * values["colour"]
        if values["distribution"]:
            noise.append(np.sqrt(12.0) * (elementary.chance(columns, rows, seed) - 0.5))
        else:
            sums = [elementary.bell(columns, rows, seed + each) for each in range(3)]
            noise.append(np.sum(sums, axis=0) / np.sqrt(3.0))
    return colour + values["amount"] * np.stack(noise, axis=2), alpha


FILTER = Filter(
    name="add-noise",
    group="noise",
    help="Adds noise as a weak signal has it, each pixel by itself. The same seed always makes the same noise.",
    light="encoded",
    kind=Pixel(
        function=stray,
        gain=lambda values: 1.0 + FARTHEST * values["amount"],
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
            control=(0.0, 0.5),
            step=0.01,
            help="The standard deviation: 0 changes nothing, 1 is the way from black to white.",
        ),
        Choice(
            name="distribution",
            choices=("gaussian", "uniform"),
            default=0.0,
            help="`gaussian` has many small and few large errors, `uniform` has all sizes up to a limit alike.",
        ),
        Choice(
            name="colour",
            choices=("grey", "coloured"),
            default=1.0,
            help="`grey` makes pixels lighter and darker, `coloured` has noise of its own for red, green and blue, in "
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
            help="Another number makes other noise of the same kind.",
        ),
    ),
    neutral={"amount": 0.0},
    example="add-noise:amount=0.1",
)
