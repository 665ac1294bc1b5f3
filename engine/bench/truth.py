"""What a stack should make of a picture, by the float64 oracles of its filters on code values; and tables from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.bench.comparison import LEVELS, Pixels, levels
from engine.stack import Stack

if TYPE_CHECKING:
    from engine.filter import Floats


def exact(colour: Floats, stack: Stack) -> Floats:
    """The oracles in turn on H x W x 3 of full scale 1, nothing converted, clipped or rounded. Needs SciPy."""
    for step in stack.steps:
        values = dict(step.values)
        if not step.declaration.is_neutral(values):
            colour, _ = step.declaration.oracle(colour, None, values)
    return colour


def truth(pixels: Pixels, stack: Stack) -> Floats:
    """The result in levels, clipped as the depth clips and not rounded."""
    depth = pixels.dtype.name
    top = 1.0 if depth == "float32" else LEVELS[depth]
    result = exact(pixels.astype(np.float64) / top, stack)
    return (result if depth == "float32" else np.clip(result, 0.0, 1.0)) * LEVELS[depth]


def error(result: Pixels, expected: Floats) -> float:
    """The largest difference in levels; infinite for another shape."""
    if result.shape != expected.shape:
        return float("inf")
    return float(np.abs(levels(result) - expected).max())


def table_of(specifications: tuple[str, ...], dtype: np.dtype[Any], channel: int = 0) -> NDArray[Any]:
    """Codes to codes for filters that look at one channel alone, rounded half up."""
    top = np.iinfo(dtype).max
    ramp = np.arange(top + 1, dtype=np.float64) / top
    made = exact(np.repeat(ramp[np.newaxis, :, np.newaxis], 3, axis=2), Stack.parse(specifications))[0, :, channel]
    return np.floor(np.clip(made, 0.0, 1.0) * top + 0.5).astype(dtype)


def rows_of(specifications: tuple[str, ...]) -> Floats:
    """The 3 x 4 affine map that such filters are together, its offsets of full scale 1."""
    colours = np.vstack([np.zeros(3), np.eye(3)])[np.newaxis]
    black, *ends = exact(colours, Stack.parse(specifications))[0]
    return np.column_stack([*(end - black for end in ends), black])
