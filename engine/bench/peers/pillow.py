"""Pillow: 8 bits only, one thread; its Gaussians are three boxes. Measures nothing."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import PIL
from PIL import Image, ImageFilter, ImageOps

from engine.bench.comparison import Pixels, Work
from engine.bench.truth import rows_of, table_of

TITLE = "Pillow"
Turn = Image.Transpose


def use(threads: int) -> None:
    """It works in the thread that calls it, whatever is asked."""


def version() -> str:
    """As it says."""
    return PIL.__version__


def build(function: str, arguments: tuple[Any, ...], source: Pixels, target: Pixels) -> Work:
    """A call of this module from array to array; it has pixels of four bytes of its own in between."""
    call = getattr(sys.modules[__name__], function)
    if function == "resize":
        arguments = (*arguments, (target.shape[1], target.shape[0]))
    return lambda: np.asarray(call(Image.fromarray(source), *arguments))


def table(image: Image.Image, specification: str) -> Image.Image:
    """One look-up."""
    return image.point(table_of((specification,), np.dtype(np.uint8)).tolist() * 3)


def matrix(image: Image.Image, *specifications: str) -> Image.Image:
    """One affine map of the colours."""
    rows = rows_of(specifications)
    rows[:, 3] *= 255.0
    return image.convert("RGB", tuple(rows.ravel()))


def autocontrast(image: Image.Image, clip: float) -> Image.Image:
    """Each channel stretched by itself."""
    return ImageOps.autocontrast(image, cutoff=clip)


def gaussian(image: Image.Image, sigma: float) -> Image.Image:
    """Three extended boxes."""
    return image.filter(ImageFilter.GaussianBlur(sigma))


def unsharp(image: Image.Image, sigma: float, amount: float) -> Image.Image:
    """From the same boxes."""
    return image.filter(ImageFilter.UnsharpMask(sigma, round(100 * amount), 0))


def box(image: Image.Image, side: int) -> Image.Image:
    """A mean."""
    return image.filter(ImageFilter.BoxBlur(side // 2))


def median(image: Image.Image, side: int) -> Image.Image:
    """A median."""
    return image.filter(ImageFilter.MedianFilter(side))


def morphology(image: Image.Image, operation: str, side: int) -> Image.Image:
    """The least or the greatest of a square, or both in turn."""
    least, greatest = ImageFilter.MinFilter(side), ImageFilter.MaxFilter(side)
    orders = {"erode": (least,), "dilate": (greatest,), "open": (least, greatest), "close": (greatest, least)}
    for order in orders[operation]:
        image = image.filter(order)
    return image


def convolve(image: Image.Image, rows: tuple[tuple[float, ...], ...], offset: float = 0.0) -> Image.Image:
    """A kernel of 3 x 3 or 5 x 5; its border stays as it was."""
    side = len(rows)
    weights = [weight for row in rows for weight in row]
    return image.filter(ImageFilter.Kernel((side, side), weights, scale=1.0, offset=offset * 255.0))


def resize(image: Image.Image, method: str, size: tuple[int, int]) -> Image.Image:
    """To a size."""
    return image.resize(size, {"area": Image.Resampling.BOX, "lanczos": Image.Resampling.LANCZOS}[method])


def reduce(image: Image.Image, factor: int) -> Image.Image:
    """By a whole number, as an average."""
    return image.reduce(factor)


def flip(image: Image.Image, axis: int) -> Image.Image:
    """1 left to right, 0 top to bottom."""
    return image.transpose(Turn.FLIP_LEFT_RIGHT if axis else Turn.FLIP_TOP_BOTTOM)


def rotate(image: Image.Image, degrees: int) -> Image.Image:
    """Clockwise."""
    return image.transpose({90: Turn.ROTATE_270, 180: Turn.ROTATE_180, 270: Turn.ROTATE_90}[degrees])


def crop(image: Image.Image, left: float, top: float) -> Image.Image:
    """All but these parts of width and height."""
    return image.crop((round(left * image.width), round(top * image.height), image.width, image.height))
