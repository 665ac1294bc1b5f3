"""Pixels for the screen: any layout as RGB, what is transparent over a dark chequered ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

SQUARE = 4
DARK, LIGHT = 24, 40


def on_ground(pixels: Bytes) -> Bytes:
    """H x W x 1 to 4 as H x W x 3."""
    channels = pixels.shape[2]
    colour = pixels[..., : channels - 1] if channels % 2 == 0 else pixels
    full = colour if colour.shape[2] == 3 else np.repeat(colour, 3, axis=2)
    if channels % 2:
        return np.ascontiguousarray(full)
    rows, columns = np.indices(pixels.shape[:2]) // SQUARE
    ground = np.where((rows + columns) % 2, LIGHT, DARK).astype(np.uint16)[..., np.newaxis]
    alpha = pixels[..., -1:].astype(np.uint16)
    return ((full * alpha + ground * (255 - alpha) + 127) // 255).astype(np.uint8)
