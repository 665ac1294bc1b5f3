"""The part of a picture that a place on the screen shows, enlarged where pixels are to be seen. Arrays only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Size

    Bytes = NDArray[np.uint8]


class Window(NamedTuple):
    """A part of a whole, in shares of its width and height, 0 to 1."""

    left: float
    top: float
    right: float
    bottom: float


WHOLE = Window(0.0, 0.0, 1.0, 1.0)


def cut(pixels: Bytes, factor: float, centre: tuple[float, float], place: Size) -> tuple[Bytes, Window]:
    """What height x width pixels of the screen show of H x W x C, each pixel `factor` pixels of the screen wide.

    Around `centre`, in shares across and down, as near as the edges allow. Pixels are repeated, never mixed: whoever
    looks so closely wants to see them.
    """
    (rows, top, bottom), (columns, left, right) = (
        _taken(side, factor, middle, wanted)
        for side, middle, wanted in zip(pixels.shape[:2], reversed(centre), place, strict=True)
    )
    part = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if factor != 1.0:
        part = part[np.ix_(rows - rows[0], columns - columns[0])]
    return np.ascontiguousarray(part), Window(left, top, right, bottom)


def _taken(side: int, factor: float, middle: float, wanted: int) -> tuple[NDArray[np.intp], float, float]:
    """Places of one side's pixels, one for each pixel of the screen; and the shares where they begin and end."""
    shown = min(wanted, max(1, round(side * factor)))
    span = shown / factor
    first = min(max(middle * side - span / 2, 0.0), max(side - span, 0.0))
    # On whole pixels where none is enlarged, so that a step of the hand is a step of the picture.
    first = float(round(first)) if factor == 1.0 else first
    places = np.minimum((first + (np.arange(shown) + 0.5) / factor).astype(np.intp), side - 1)
    return places, first / side, min((first + span) / side, 1.0)
