"""Turning stored pixels upright, by the eight orientations of EXIF."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.files.format import Empty
    from engine.image import Pixels

SWAPS_SIDES = 5
"""From this orientation on, width and height change places."""


def upright_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    """Width and height once turned."""
    return (height, width) if orientation >= SWAPS_SIDES else (width, height)


def turn(pixels: Pixels, orientation: int, empty: Empty) -> Pixels:
    """The pixels upright, C-contiguous; the very same array for orientation 1."""
    if orientation == 1:
        return pixels
    channels = pixels.shape[2]
    # One opaque item a pixel: moving whole pixels takes 72 ms where moving channels takes 126 (17.9 megapixels, RGB).
    whole = pixels.view(f"V{pixels.itemsize * channels}")[..., 0]
    if orientation >= SWAPS_SIDES:
        whole = whole.T
    if orientation in (2, 3, 6, 7):
        whole = whole[:, ::-1]
    if orientation in (3, 4, 7, 8):
        whole = whole[::-1]
    turned = empty((*whole.shape, channels), pixels.dtype)
    turned.view(whole.dtype)[..., 0] = whole
    return turned
