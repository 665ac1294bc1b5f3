"""Small pictures as files for a terminal and the cache: PNG with or without a palette, JPEG. It opens no file."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL import Image

    Pixels = NDArray[np.uint8]
    """H x W x 3, sRGB."""

LEVEL, QUICK = 6, 1
"""Of zlib: few colours shrink with effort, all of them hardly."""
SAMPLE = 6000
"""Pixels that a palette is chosen from: all of them take fifty times as long and are hardly nearer."""


def png(pixels: Pixels, colours: int | None) -> bytes:
    """A PNG of H x W x 3 pixels in at most so many colours, 2 to 256, or in all of theirs."""
    data = BytesIO()
    if colours is None:
        _image(pixels).save(data, "PNG", compress_level=QUICK)
    else:
        _reduced(pixels, colours).save(data, "PNG", compress_level=LEVEL)
    return data.getvalue()


def jpeg(pixels: Pixels, quality: int) -> bytes:
    """A JPEG of H x W x 3 pixels with 4:2:0 colours, quality 1 to 100."""
    import simplejpeg

    data: bytes = simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), quality, "RGB", "420")
    return data


def from_jpeg(data: bytes) -> Pixels:
    """The pixels of such a JPEG; ValueError when it is damaged."""
    import simplejpeg

    pixels: Pixels = simplejpeg.decode_jpeg(data, "RGB")
    return pixels


def smaller(pixels: Pixels, share: float) -> Pixels:
    """H x W x 3 pixels with about this share of their number, each the mean of those in its place."""
    from PIL import Image

    factor = share**0.5
    size = tuple(max(1, round(side * factor)) for side in pixels.shape[1::-1])
    return np.asarray(_image(pixels).resize((size[0], size[1]), Image.Resampling.BOX))


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

    step = max(1, int((pixels.shape[0] * pixels.shape[1] / SAMPLE) ** 0.5))
    sample = _image(np.ascontiguousarray(pixels[::step, ::step]))
    chosen = sample.quantize(colours, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    return _image(pixels).quantize(palette=chosen, dither=Image.Dither.NONE)
