"""OpenCV: its fastest ways to the results of our filters, borders replicated. Measures nothing."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from engine.bench.comparison import Pixels, Work
from engine.bench.truth import exact, rows_of, table_of
from engine.stack import Stack

TITLE = "OpenCV"
TOPS = {"uint8": 255.0, "uint16": 65535.0, "float32": 1.0}
BORDER = cv2.BORDER_REPLICATE
IN_PLACE = ("table", "matrix")
"""Calls whose result may take their source's place."""


def use(threads: int) -> None:
    """Its pool has so many threads from now on."""
    cv2.setNumThreads(threads)


def version() -> str:
    """As it says."""
    return str(cv2.__version__)


def build(function: str, arguments: tuple[Any, ...], source: Pixels, target: Pixels) -> Work:
    """A function of this module, prepared."""
    work: Work = getattr(sys.modules[__name__], function)(source, target, *arguments)
    return work


def table(source: Pixels, target: Pixels, specification: str) -> Work:
    """One look-up."""
    codes = table_of((specification,), source.dtype)
    return lambda: cv2.LUT(source, codes, dst=target)


def tables(source: Pixels, target: Pixels, *specifications: str) -> Work:
    """Several curves, the same for all channels or not, folded into one look-up by whoever writes it."""
    rows = np.stack([table_of(specifications, source.dtype, channel) for channel in range(3)], axis=1)[np.newaxis]
    return lambda: cv2.LUT(source, rows, dst=target)


def power(source: Pixels, target: Pixels, exponent: float) -> Work:
    """Samples to a power, for floating point."""
    return lambda: cv2.pow(source, exponent, dst=target)


def matrix(source: Pixels, target: Pixels, *specifications: str) -> Work:
    """One affine map of the colours."""
    rows = rows_of(specifications)
    rows[:, 3] *= TOPS[source.dtype.name]
    single = (rows if rows[:, 3].any() else rows[:, :3]).astype(np.float32)
    return lambda: cv2.transform(source, single, dst=target)


def grey(source: Pixels, target: Pixels, specification: str) -> Work:
    """A weighted sum, then the same in three channels."""
    weights = rows_of((specification,))[:1, :3].astype(np.float32)
    between = np.empty(source.shape[:2], source.dtype)

    def work() -> object:
        cv2.transform(source, weights, dst=between)
        return cv2.cvtColor(between, cv2.COLOR_GRAY2RGB, dst=target)

    return work


def grey_rec601(source: Pixels, target: Pixels) -> Work:
    """The call that everyone uses; its weights are those of another standard."""
    between = np.empty(source.shape[:2], source.dtype)

    def work() -> object:
        cv2.cvtColor(source, cv2.COLOR_RGB2GRAY, dst=between)
        return cv2.cvtColor(between, cv2.COLOR_GRAY2RGB, dst=target)

    return work


def equalise(source: Pixels, target: Pixels) -> Work:
    """Each channel's histogram by itself: channels are taken apart and put together again."""
    planes = [np.empty(source.shape[:2], source.dtype) for _ in range(3)]

    def work() -> object:
        for plane in cv2.split(source, planes):
            cv2.equalizeHist(plane, dst=plane)
        return cv2.merge(planes, dst=target)

    return work


def gaussian(source: Pixels, target: Pixels, sigma: float, sigmas: float = 0.0) -> Work:
    """Its own choice of taps, or as many sigmas of them to each side."""
    side = 2 * math.ceil(sigmas * sigma) + 1 if sigmas else 0
    return lambda: cv2.GaussianBlur(source, (side, side), sigma, dst=target, borderType=BORDER)


def unsharp(source: Pixels, target: Pixels, sigma: float, amount: float) -> Work:
    """A blur and a weighted sum."""
    blurred = np.empty_like(source)

    def work() -> object:
        cv2.GaussianBlur(source, (0, 0), sigma, dst=blurred, borderType=BORDER)
        return cv2.addWeighted(source, 1.0 + amount, blurred, -amount, 0.0, dst=target)

    return work


def box(source: Pixels, target: Pixels, side: int) -> Work:
    """A mean."""
    return lambda: cv2.blur(source, (side, side), dst=target, borderType=BORDER)


def median(source: Pixels, target: Pixels, side: int) -> Work:
    """A median."""
    return lambda: cv2.medianBlur(source, side, dst=target)


def morphology(source: Pixels, target: Pixels, operation: str, side: int) -> Work:
    """Erosion, dilation, opening, closing; what lies beyond the border does not count, which is replication."""
    square = np.ones((side, side), np.uint8)
    kind = {"erode": cv2.MORPH_ERODE, "dilate": cv2.MORPH_DILATE, "open": cv2.MORPH_OPEN, "close": cv2.MORPH_CLOSE}
    return lambda: cv2.morphologyEx(source, kind[operation], square, dst=target)


def bilateral(source: Pixels, target: Pixels, side: int, sigma_colour: float, sigma_space: float) -> Work:
    """The definition that ours follows; the colour's sigma as part of full scale."""
    colour = sigma_colour * TOPS[source.dtype.name]
    return lambda: cv2.bilateralFilter(source, side, colour, sigma_space, dst=target, borderType=BORDER)


def gradient(source: Pixels, target: Pixels, operator: str, divisor: float) -> Work:
    """The length of the gradient: two derivatives in floating point, its magnitude, and back."""
    derive: Any = {"sobel": cv2.Sobel, "scharr": cv2.Scharr}[operator]
    across, down = (np.empty(source.shape, np.float32) for _ in range(2))

    def work() -> object:
        derive(source, cv2.CV_32F, 1, 0, dst=across, scale=1.0 / divisor, borderType=BORDER)
        derive(source, cv2.CV_32F, 0, 1, dst=down, scale=1.0 / divisor, borderType=BORDER)
        if source.dtype == np.float32:
            return cv2.magnitude(across, down, magnitude=target)
        cv2.magnitude(across, down, magnitude=across)
        return _stored(across, target)

    return work


def convolve(source: Pixels, target: Pixels, rows: tuple[tuple[float, ...], ...], offset: float = 0.0) -> Work:
    """Any small kernel, correlated; the offset as part of full scale."""
    kernel = np.array(rows, np.float32)
    delta = offset * TOPS[source.dtype.name]
    return lambda: cv2.filter2D(source, -1, kernel, dst=target, delta=delta, borderType=BORDER)


def strength(source: Pixels, target: Pixels, rows: tuple[tuple[float, ...], ...]) -> Work:
    """The absolute value of a small kernel's result."""
    kernel = np.array(rows, np.float32)
    between = np.empty(source.shape, np.int16 if source.dtype == np.uint8 else np.float32)
    kind = cv2.CV_16S if source.dtype == np.uint8 else cv2.CV_32F

    def work() -> object:
        cv2.filter2D(source, kind, kernel, dst=between, borderType=BORDER)
        if source.dtype == np.uint8:
            return cv2.convertScaleAbs(between, dst=target)
        np.abs(between, out=between)
        return _stored(between, target)

    return work


def resize(source: Pixels, target: Pixels, method: str) -> Work:
    """To the target's size."""
    height, width = target.shape[:2]
    kind = {"area": cv2.INTER_AREA, "lanczos": cv2.INTER_LANCZOS4}[method]
    return lambda: cv2.resize(source, (width, height), dst=target, interpolation=kind)


def flip(source: Pixels, target: Pixels, axis: int) -> Work:
    """1 left to right, 0 top to bottom."""
    return lambda: cv2.flip(source, axis, dst=target)


def rotate(source: Pixels, target: Pixels, degrees: int) -> Work:
    """Clockwise."""
    kind = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}[degrees]
    return lambda: cv2.rotate(source, kind, dst=target)


def crop(source: Pixels, target: Pixels, left: float, top: float) -> Work:
    """All but these parts of width and height, which NumPy copies for it."""
    part = source[round(top * source.shape[0]) :, round(left * source.shape[1]) :]

    def work() -> object:
        np.copyto(target, part)
        return target

    return work


def multiply(source: Pixels, target: Pixels, specification: str) -> Work:
    """By a mask that was made before, for what darkens by place: what the filter makes of white."""
    mask = exact(np.ones(source.shape), Stack.parse([specification])).astype(np.float32)
    kind = {"uint8": cv2.CV_8U, "uint16": cv2.CV_16U, "float32": cv2.CV_32F}[source.dtype.name]
    return lambda: cv2.multiply(source, mask, dst=target, dtype=kind)


def chain(source: Pixels, target: Pixels, *calls: tuple[Any, ...]) -> Work:
    """One call after the other, as a script has them: each rounds to the depth of the picture."""
    works: list[Work] = []
    turns = sum(function not in IN_PLACE for function, *_ in calls[1:])
    at, into, spare = source, target, np.empty_like(target)
    if turns % 2:
        into, spare = spare, into
    for function, *arguments in calls:
        if at is not source and function not in IN_PLACE:
            into, spare = spare, into
        works.append(build(function, tuple(arguments), at, into))
        at = into

    def work() -> object:
        for each in works:
            each()
        return target

    return work


def photograph_maker(specifications: tuple[str, ...], quality: int) -> Callable[[str], bytes]:
    """A script's function from a path to the bytes of a JPEG: curves as one look-up, then sharpening, in its thread."""
    *curves, last = specifications
    amounts: dict[str, Any] = dict(Stack.parse([last]).steps[0].values)
    codes = table_of(tuple(curves), np.dtype(np.uint8))
    parameters = [cv2.IMWRITE_JPEG_QUALITY, quality]
    parameters += [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]

    def make(path: str) -> bytes:
        pixels: Any = cv2.imread(path)
        cv2.LUT(pixels, codes, dst=pixels)
        blurred = cv2.GaussianBlur(pixels, (0, 0), amounts["radius"], borderType=BORDER)
        cv2.addWeighted(pixels, 1.0 + amounts["amount"], blurred, -amounts["amount"], 0.0, dst=pixels)
        return bytes(cv2.imencode(".jpg", pixels, parameters)[1])

    return make


def _stored(values: Pixels, target: Pixels) -> object:
    """Floating point of the target's scale, rounded and clipped into it."""
    if target.dtype == np.uint8:
        return cv2.convertScaleAbs(values, dst=target)
    if target.dtype == np.float32:
        return cv2.copyTo(values, None, dst=target)
    return cv2.add(values, 0.0, dst=target, dtype=cv2.CV_16U)
