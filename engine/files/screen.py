"""Small pictures as files for a terminal: PNG with or without a palette, JPEG. Reads nothing and writes no file."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

    Pixels = NDArray[np.uint8]
    """H x W x 3, sRGB."""

LEVEL = 6
"""Of zlib: what is sent over a line is worth the time."""


def png(pixels: Pixels, colours: int | None) -> bytes:
    """A PNG of H x W x 3 pixels in at most so many colours, 2 to 256, or in all of theirs."""
    data = BytesIO()
    (_image(pixels) if colours is None else _reduced(pixels, colours)).save(data, "PNG", compress_level=LEVEL)
    return data.getvalue()


def jpeg(pixels: Pixels, quality: int) -> bytes:
    """A JPEG of H x W x 3 pixels with 4:2:0 colours, quality 1 to 100."""
    import simplejpeg

    data: bytes = simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), quality, "RGB", "420")
    return data


def palette(pixels: Pixels, colours: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """H x W numbers and the N x 3 colours that they stand for, at most so many."""
    image = _reduced(pixels, colours)
    table = np.array(image.getpalette("RGB"), np.uint8).reshape(-1, 3)
    return np.asarray(image), table


def _image(pixels: Pixels) -> Image.Image:
    from PIL import Image

    return Image.fromarray(pixels)


def _reduced(pixels: Pixels, colours: int) -> Image.Image:
    """By median cut (Heckbert 1982), each pixel the nearest colour: dithering costs bytes that the eye does not see."""
    from PIL import Image

    return _image(pixels).quantize(colours, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
