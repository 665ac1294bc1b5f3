"""One picture in memory: its pixels and what its file said of it. Reads, writes and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.errors import ImageError

Pixels: TypeAlias = npt.NDArray[Any]
"""Height x width x channels; 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; alpha is never premultiplied."""

DEPTHS = {np.dtype(np.uint8): 8, np.dtype(np.uint16): 16, np.dtype(np.float32): 32}
"""Bits a channel of each kind of number that pixels may have; float32 is 0 to 1 where it is neither darker nor lighter
than black and white."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of its picture, as bytes."""

    exif: bytes = b""
    """A TIFF block without the leading `Exif` and two zeros; its orientation, if any, is 1."""
    icc: bytes = b""
    """The colour profile; without one the colours are sRGB."""
    xmp: bytes = b""
    """A packet, its orientation as the file has it."""
    iptc: bytes = b""
    """IPTC-IIM data sets."""


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A picture that stands upright; the pixels are C-contiguous, and may be read-only."""

    pixels: Pixels
    metadata: Metadata = Metadata()

    def __post_init__(self) -> None:
        """Cheap checks only; ImageError for anything that the filters could not take."""
        pixels = self.pixels
        if pixels.dtype not in DEPTHS:
            raise ImageError(f"Pixels must be uint8, uint16 or float32, not {pixels.dtype}.")
        if pixels.ndim != 3 or not 1 <= pixels.shape[2] <= 4 or 0 in pixels.shape:
            raise ImageError(f"Pixels must be height x width x 1 to 4 channels, not {pixels.shape}.")
        if not pixels.flags.c_contiguous:
            raise ImageError("Pixels must lie row after row in memory: pass numpy.ascontiguousarray(pixels).")
