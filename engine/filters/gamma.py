"""Gamma: a power curve."""

from __future__ import annotations

import numpy as np

from engine.filter import Constants, Filter, Floats, Table, Values
from engine.kernels.elementary import power
from engine.parameters import Slider


def curve(x: Floats, constants: Constants) -> Floats:
    """An odd power."""
    return power(x, constants[0])  # type: ignore[no-any-return]


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """x ** (1 / gamma), odd below 0."""
    return np.sign(colour) * np.exp(np.log(np.maximum(np.abs(colour), 1e-300)) / values["gamma"]), alpha


FILTER = Filter(
    name="gamma",
    group="tone",
    help="Lightens or darkens the middle tones while black and white stay. Above 1 lightens, below 1 darkens.",
    light="encoded",
    kind=Table(curve=curve, constants=lambda values: (1.0 / values["gamma"],)),
    oracle=oracle,
    parameters=(
        Slider(
            name="gamma",
            default=1.0,
            low=0.05,
            high=20.0,
            control=(0.2, 5.0),
            step=0.05,
            scale="log",
            help="The exponent is 1 / gamma.",
        ),
    ),
    neutral={"gamma": 1.0},
    example="gamma:gamma=1.4",
)
