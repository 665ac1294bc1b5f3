"""The door to every way of drawing a picture. Called off the event loop."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np

from tui.graphics.fields import quadrants, sextants
from tui.graphics.half_blocks import half_blocks, size_of
from tui.graphics.letters import letters
from tui.graphics.palette import Pixels
from tui.graphics.thin import thin
from tui.output.strip import CellStrip

if TYPE_CHECKING:
    from tui.graphics.transfer import Transfer
    from tui.graphics.way import Way

CELLS = {"sextants": sextants, "quadrants": quadrants}
"""By protocol; all others are half blocks as long as there are no pixels."""
MOST = 46
"""Bytes that no cell exceeds."""


def draw(pixels: Pixels, way: Way, budget: int) -> tuple[CellStrip, ...]:
    """Strips for a picture of H x W x 3, uint8, in cells of `way.grain` pixels, the last rows and columns repeated.

    In at most so many bytes: colours become fewer where they must.
    """
    across, down = way.grain
    pixels = np.pad(pixels, ((0, -pixels.shape[0] % down), (0, -pixels.shape[1] % across), (0, 0)), "edge")
    if way.depth == "none" or way.protocol == "ascii":
        return letters(pixels)
    strips = CELLS.get(way.protocol, half_blocks)(pixels, way.depth)
    if pixels.shape[0] * pixels.shape[1] // (across * down) * MOST <= budget or size_of(strips) <= budget:
        return strips
    return thin(pixels[:: down // 2, ::across], budget)


def transfer(pixels: Pixels, way: Way) -> Transfer | None:
    """A picture of pixels in the protocol of this way, for the cells that it fills; None where it cannot fit."""
    make = importlib.import_module(f"tui.graphics.{way.protocol}").make
    made: Transfer | None = make(pixels, way)
    return made
