"""Sepia: the brown of an old print."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Matrix, Values
from engine.parameters import Slider

TONED = ((0.393, 0.769, 0.189), (0.349, 0.686, 0.168), (0.272, 0.534, 0.131))
"""W3C Filter Effects Module 1, section 13.2, sepia at full amount."""


def rows(values: Values) -> Floats:
    """From no change to the toned matrix."""
    amount = values["amount"]
    return np.hstack([(1.0 - amount) * np.eye(3) + amount * np.array(TONED), np.zeros((3, 1))])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Each channel moves towards its weighted sum; a grey picture becomes a coloured one."""
    full = np.repeat(colour, 3, axis=2) if colour.shape[2] == 1 else colour
    red, green, blue = full[..., 0], full[..., 1], full[..., 2]
    toned = np.stack(
        [
            0.393 * red + 0.769 * green + 0.189 * blue,
            0.349 * red + 0.686 * green + 0.168 * blue,
            0.272 * red + 0.534 * green + 0.131 * blue,
        ],
        axis=2,
    )
    return full + values["amount"] * (toned - full), alpha


FILTER = Filter(
    name="sepia",
    group="colour",
    help="Tones the picture brown like an old print. Light tones turn cream, dark tones a warm brown.",
    light="encoded",
    kind=Matrix(rows=rows),
    oracle=oracle,
    parameters=(
        Slider(
            name="amount",
            default=1.0,
            low=0.0,
            high=1.0,
            control=(0.0, 1.0),
            step=0.05,
            help="0 changes nothing, 1 is the full tone.",
        ),
    ),
    neutral={"amount": 0.0},
    example="sepia:amount=0.8",
)
