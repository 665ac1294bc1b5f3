"""Channel mixer: each new channel as a sum of the three old ones."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Matrix, Values
from engine.parameters import Slider

COLOURS = ("red", "green", "blue")


def rows(values: Values) -> Floats:
    """The weights, percent to parts."""
    weights = [[values[f"{made}-from-{source}"] / 100.0 for source in COLOURS] for made in COLOURS]
    return np.hstack([np.array(weights), np.zeros((3, 1))])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Each new channel is the weighted sum of the old ones. A grey picture stays grey where all three are alike."""
    names = ("red", "green", "blue")
    old = [colour[..., min(k, colour.shape[2] - 1)] for k in range(3)]
    made = [sum(values[f"{new}-from-{names[k]}"] * old[k] for k in range(3)) / 100.0 for new in names]
    totals = [sum(values[f"{new}-from-{name}"] for name in names) for new in names]
    is_grey = colour.shape[2] == 1 and np.ptp(totals) < 1e-10
    return np.stack(made[:1] if is_grey else made, axis=2), alpha


def weight(made: str, source: str) -> Slider:
    """One of the nine."""
    return Slider(
        name=f"{made}-from-{source}",
        default=100.0 if made == source else 0.0,
        low=-500.0,
        high=500.0,
        control=(-200.0, 200.0),
        step=1.0,
        unit="%",
        help=f"How much of the old {source} goes into the new {made}; below 0 it is taken away.",
    )


PARAMETERS = tuple(weight(made, source) for made in COLOURS for source in COLOURS)

FILTER = Filter(
    name="channel-mixer",
    group="colour",
    help="Makes new red, green and blue from mixtures of the old ones. White stays if each three add up to 100.",
    light="linear",
    kind=Matrix(rows=rows),
    oracle=oracle,
    parameters=PARAMETERS,
    neutral={each.name: each.default for each in PARAMETERS},
    example="channel-mixer:red-from-red=130,red-from-blue=-30,blue-from-green=20,blue-from-blue=80",
)
