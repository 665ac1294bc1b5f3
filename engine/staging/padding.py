"""Constants as the numbers that every kernel with a filter's function takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Constants

NUMBERS = 8
"""Constants that a kernel takes."""


def padded(constants: Constants, count: int = NUMBERS) -> NDArray[np.float64]:
    """The constants, and zeros behind them."""
    return np.array([*constants, *[0.0] * (count - len(constants))])
