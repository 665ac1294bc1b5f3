"""libvips through pyvips: operations on its lazy images, with true Gaussians. Measures nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pyvips

from engine.bench.comparison import Pixels, Work
from engine.bench.truth import rows_of, table_of
from engine.stack import Stack

TITLE = "libvips"
FORMATS = {"uint8": "uchar", "uint16": "ushort", "float32": "float"}
TOPS = {"uchar": 255.0, "ushort": 65535.0, "float": 1.0}
Lazy = Any
"""A `pyvips.Image`: what is to be done, not pixels."""


def use(threads: int) -> None:
    """Its workers from now on; nothing is remembered from one run to the next."""
    pyvips.concurrency_set(threads)
    pyvips.cache_set_max(0)


def version() -> str:
    """Of the library, not of its binding."""
    return ".".join(str(pyvips.version(part)) for part in range(3))


def build(function: str, arguments: tuple[Any, ...], source: Pixels, target: Pixels) -> Work:
    """An operation of this module from array to array. Its API writes into memory of its own."""
    operation = getattr(sys.modules[__name__], function)
    height, width, channels = source.shape
    kind, shape = FORMATS[source.dtype.name], target.shape

    def work() -> object:
        image = pyvips.Image.new_from_memory(source, width, height, channels, kind)
        image = _stored(operation(image, *arguments), kind)
        return np.ndarray(shape, source.dtype, image.write_to_memory())

    return work


def table(image: Lazy, specification: str) -> Lazy:
    """One look-up."""
    codes = table_of((specification,), np.dtype("uint8" if image.format == "uchar" else "uint16"))
    return image.maplut(pyvips.Image.new_from_memory(codes, len(codes), 1, 1, image.format))


def power(image: Lazy, exponent: float) -> Lazy:
    """Samples to a power, for floating point."""
    return image**exponent


def matrix(image: Lazy, *specifications: str) -> Lazy:
    """One linear map of the colours, and an offset where there is one."""
    rows = rows_of(specifications)
    mapped = image.recomb(rows[:, :3].tolist())
    return mapped + (rows[:, 3] * TOPS[image.format]).tolist() if rows[:, 3].any() else mapped


def gaussian(image: Lazy, sigma: float) -> Lazy:
    """Taps down to a hundredth, in floating point."""
    return image.gaussblur(sigma, min_ampl=0.01, precision="float")


def unsharp(image: Lazy, sigma: float, amount: float) -> Lazy:
    """A blur and a weighted sum."""
    return image * (1.0 + amount) - gaussian(image, sigma) * amount


def box(image: Lazy, side: int) -> Lazy:
    """A mean, columns then rows."""
    return image.convsep(pyvips.Image.new_from_array([[1.0] * side], scale=side), precision="float")


def median(image: Lazy, side: int) -> Lazy:
    """A median."""
    return image.median(side)


def morphology(image: Lazy, operation: str, side: int) -> Lazy:
    """The least or the greatest of a square, or both in turn."""
    least, greatest = 0, side * side - 1
    orders = {"erode": (least,), "dilate": (greatest,), "open": (least, greatest), "close": (greatest, least)}
    for order in orders[operation]:
        image = image.rank(side, side, order)
    return image


def gradient(image: Lazy, operator: str, divisor: float) -> Lazy:
    """The length of the gradient from two convolutions in floating point."""
    edge, middle = {"sobel": (1, 2), "scharr": (3, 10)}[operator]
    rows = [[-edge, 0, edge], [-middle, 0, middle], [-edge, 0, edge]]
    columns = [list(column) for column in zip(*rows, strict=True)]
    across, down = (image.conv(pyvips.Image.new_from_array(each, scale=divisor)) for each in (rows, columns))
    return (across * across + down * down) ** 0.5


def convolve(image: Lazy, rows: tuple[tuple[float, ...], ...], offset: float = 0.0) -> Lazy:
    """Any small kernel, correlated; the offset as part of full scale."""
    kernel = pyvips.Image.new_from_array([list(row) for row in rows], offset=offset * TOPS[image.format])
    return image.conv(kernel, precision="float")


def strength(image: Lazy, rows: tuple[tuple[float, ...], ...]) -> Lazy:
    """The absolute value of a small kernel's result."""
    return abs(convolve(image, rows))


def resize(image: Lazy, method: str, factor: float) -> Lazy:
    """By a factor."""
    if method == "area":
        return image.shrink(1.0 / factor, 1.0 / factor)
    # Without a gap it does not halve first by averaging, which is 5 levels off.
    return image.resize(factor, kernel={"lanczos": "lanczos3"}[method], gap=0)


def flip(image: Lazy, axis: int) -> Lazy:
    """1 left to right, 0 top to bottom."""
    return image.fliphor() if axis else image.flipver()


def rotate(image: Lazy, degrees: int) -> Lazy:
    """Clockwise."""
    return image.rot(f"d{degrees}")


def crop(image: Lazy, left: float, top: float) -> Lazy:
    """All but these parts of width and height."""
    x, y = round(left * image.width), round(top * image.height)
    return image.crop(x, y, image.width - x, image.height - y)


def chain(image: Lazy, *calls: tuple[Any, ...]) -> Lazy:
    """One operation after the other; the library runs them together, piece by piece, rounding where a script would."""
    kind = image.format
    for function, *arguments in calls:
        image = _stored(getattr(sys.modules[__name__], function)(image, *arguments), kind)
    return image


def photograph_maker(specifications: tuple[str, ...], quality: int) -> Callable[[str], bytes]:
    """A script's function from a path to the bytes of a JPEG: curves as one look-up, then sharpening, streamed."""
    *curves, last = specifications
    amounts: dict[str, Any] = dict(Stack.parse([last]).steps[0].values)
    codes = table_of(tuple(curves), np.dtype(np.uint8))

    def make(path: str) -> bytes:
        image = pyvips.Image.new_from_file(path, access="sequential")
        image = image.maplut(pyvips.Image.new_from_memory(codes, len(codes), 1, 1, "uchar"))
        image = _stored(unsharp(image, amounts["radius"], amounts["amount"]), "uchar")
        made: bytes = image.jpegsave_buffer(Q=quality, subsample_mode="off")
        return made

    return make


def _stored(image: Lazy, kind: str) -> Lazy:
    """Rounded and clipped to the depth; casting alone would cut off what is behind the point."""
    if image.format == kind:
        return image
    return image.cast(kind) if kind == "float" else image.rint().cast(kind)
