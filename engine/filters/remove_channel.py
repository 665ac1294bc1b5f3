"""Remove channel: red, green or blue gone."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Matrix, Values
from engine.parameters import Choice

COLOURS = ("red", "green", "blue")


def rows(values: Values) -> Floats:
    """Ones for the channels that stay."""
    stays = [float(index != values["channel"]) for index in range(len(COLOURS))]
    return np.hstack([np.diag(stays), np.zeros((3, 1))])


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """The channel times 0; a grey picture gets the colour of the other two."""
    result = np.broadcast_to(colour, (*colour.shape[:2], 3)).copy()
    result[..., int(values["channel"])] *= 0.0
    return result, alpha


FILTER = Filter(
    name="remove-channel",
    group="colour",
    help="Leaves out one of the three colours that a picture is made of. The other two stay as they are.",
    light="any",
    kind=Matrix(rows=rows),
    oracle=oracle,
    parameters=(Choice(name="channel", choices=COLOURS, default=0.0, help="The colour that goes."),),
    example="remove-channel:channel=blue",
)
