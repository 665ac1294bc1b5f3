"""scikit-image: one thread, mostly in float64. Measures nothing."""

from __future__ import annotations

import importlib.metadata
import math
import sys
from typing import Any

import numpy as np
from skimage import exposure, filters

from engine.bench.comparison import Pixels, Work

TITLE = "scikit-image"


def use(threads: int) -> None:
    """It works in the thread that calls it, whatever is asked."""


def version() -> str:
    """Of the installed distribution."""
    return importlib.metadata.version("scikit-image")


def build(function: str, arguments: tuple[Any, ...], source: Pixels, target: Pixels) -> Work:
    """A call of this module from array to array."""
    call = getattr(sys.modules[__name__], function)
    return lambda: _stored(call(source, *arguments), target)


def gamma(pixels: Pixels, exponent: float) -> Pixels:
    """A power curve."""
    made: Pixels = exposure.adjust_gamma(pixels, exponent)
    return made


def gaussian(pixels: Pixels, sigma: float) -> Pixels:
    """SciPy's, to four sigma."""
    made: Pixels = filters.gaussian(pixels, sigma, mode="nearest", channel_axis=-1)
    return made


def unsharp(pixels: Pixels, sigma: float, amount: float) -> Pixels:
    """A Gaussian and a weighted sum."""
    # A negative axis would take rows for channels (0.26).
    made: Pixels = filters.unsharp_mask(pixels, sigma, amount, channel_axis=2)
    return made


def gradient(pixels: Pixels, operator: str) -> Pixels:
    """The length of the gradient of each channel, which it divides by the square root of 2."""
    derive = {"sobel": filters.sobel, "scharr": filters.scharr}[operator]
    planes = [derive(pixels[..., channel], mode="nearest") for channel in range(3)]
    return np.stack(planes, axis=2) * math.sqrt(2.0)


def _stored(made: Pixels, target: Pixels) -> Pixels:
    """Of the target's depth; its functions return full scale 1 where they do not keep the depth."""
    if made.dtype == target.dtype:
        return made
    if target.dtype == np.float32:
        np.copyto(target, made, casting="same_kind")
        return target
    top = np.iinfo(target.dtype).max
    np.copyto(target, np.clip(made, 0.0, 1.0) * top + 0.5, casting="unsafe")
    return target
