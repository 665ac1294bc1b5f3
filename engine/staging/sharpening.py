"""An unsharp mask's last step in 16-bit arithmetic: its numbers, and what that costs. Adds no stage."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.staging.fixed import TOP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.accuracy import Span
    from engine.operation import Neighbours

WHOLE = 65536
PRODUCTS = 2.0
"""Codes that may be lost in what is kept of the source and in its offset."""


@dataclass(frozen=True, slots=True)
class Sharpening:
    """Numbers as `engine.kernels.fixed_sharpened` has them, and by how many codes of the result they may be off."""

    numbers: NDArray[np.int64]
    error: float


def sharpening(operation: Neighbours, span: Span) -> Sharpening | None:
    """For codes that stand for a span within full scale and become 8-bit codes; None where it cannot be."""
    combine = operation.window.combine
    if combine is None or combine.sharpens is None or span.low < 0.0 or span.high > 1.0:
        return None
    amount, threshold = combine.sharpens(operation.values)
    factor = amount * span.width
    doublings = math.floor(math.log2(factor)) + 1 if factor >= 1.0 else 0
    numbers = (
        min(TOP, round(threshold / span.width * TOP)),
        min(TOP, round(factor / 2**doublings * WHOLE)),
        min(TOP, round((1.0 - span.width) * WHOLE)),
        min(TOP, round(span.low * TOP)),
        doublings,
    )
    # A product loses up to one code and its factor half of one, and doubling doubles that; a threshold is half off.
    return Sharpening(np.array(numbers), 1.5 * 2**doublings + 0.5 * amount + PRODUCTS)
