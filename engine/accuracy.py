"""How large an error a window may make so that the result stays within its bound. Plain numbers, no pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.filter import Bilateral, Median, Neighbourhood, Separable
from engine.light import encode
from engine.operation import Affine, Curve, Neighbours, Operation, Pointwise

LEVELS = {"uint8": 1.0 / 255.0, "uint16": 1.0 / 65535.0}
ALLOWED = {"uint8": 0.7, "uint16": 0.5}
"""Levels of the result that all windows of a plan may cost together; beyond that there is rounding, of half a level."""
SHARE = 2e-5
"""A fifth of float32's bound."""
SMALL, SMALLEST = 1e-6, 1e-13
SAMPLES = 1025
FINE, WIDEST = 4097, 64
"""Samples of a curve whose steepness counts, and how many of their distances an error may reach over."""
ATTEMPTS, SAFETY = 8, 1.01


@dataclass(frozen=True, slots=True)
class Span:
    """The values that samples may have at one place of a plan, when the picture's are 0 to 1."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """From the lowest to the highest."""
        return self.high - self.low


def after(operation: Operation, span: Span) -> Span:
    """The values behind an operation."""
    if isinstance(operation, Curve):
        made = operation.function(np.linspace(span.low, span.high, SAMPLES), operation.constants)
        return Span(float(np.min(made)), float(np.max(made)))
    if isinstance(operation, Affine):
        weights, offsets = operation.rows[:3, :3], operation.rows[:3, 3]
        positive, negative = np.maximum(weights, 0.0).sum(axis=1), np.minimum(weights, 0.0).sum(axis=1)
        lowest = positive * span.low + negative * span.high + offsets
        highest = positive * span.high + negative * span.low + offsets
        return Span(float(lowest.min()), float(highest.max()))
    if isinstance(operation, Pointwise):
        farthest = max(abs(span.low), abs(span.high)) * operation.pixel.gain(operation.values)
        return Span(min(span.low, -farthest), max(span.high, farthest))
    if isinstance(operation.window.step, Bilateral | Median):
        return span
    beyond = span.width * gain(operation)
    if isinstance(operation.window.step, Neighbourhood):
        # Differences lie around black or mid grey, wherever the samples are.
        return Span(min(span.low, 0.0) - beyond, max(span.high, 1.0) + beyond)
    return Span(span.low - beyond, span.high + beyond)


def gain(operation: Neighbours) -> float:
    """How many times an error of what the window makes of its neighbours becomes an error of its result."""
    window = operation.window
    if isinstance(window.step, Neighbourhood):
        return window.step.gain(operation.values)
    return 1.0 if window.combine is None else window.combine.gain(operation.values)


def grown(operation: Operation, span: Span, error: float) -> float:
    """What an error of every sample becomes behind an operation, at most; infinite where nobody knows."""
    if isinstance(operation, Curve):
        made = operation.function(np.linspace(span.low, span.high, FINE), operation.constants)
        # The most that the curve rises or falls within the error, and one step more, so that no jump is missed.
        steps = math.ceil(error / max(span.width, error / WIDEST) * (FINE - 1)) + 1
        if steps >= WIDEST:
            return float(made.max() - made.min())
        windows = np.lib.stride_tricks.sliding_window_view(made, steps + 1)
        return float((windows.max(axis=1) - windows.min(axis=1)).max())
    if isinstance(operation, Affine):
        return error * float(np.abs(operation.rows[:3, :3]).sum(axis=1).max())
    if isinstance(operation, Pointwise) or not isinstance(operation.window.step, Separable | Median | Neighbourhood):
        return math.inf
    if isinstance(operation.window.step, Neighbourhood):
        return error * gain(operation)
    return error if operation.window.combine is None else error * (1.0 + 2.0 * gain(operation))


def admissible(dtype: str, span: Span, following: list[Operation], windows: int) -> float:
    """The error of every sample, of values with that span, that one of so many windows may make; 0 if none is."""
    limit = error = ALLOWED[dtype] * LEVELS[dtype] / windows
    for _ in range(ATTEMPTS):
        made, at = error, span
        for operation in following:
            made, at = grown(operation, at, made), after(operation, at)
        if made <= limit:
            return error
        error *= limit / made / SAFETY if math.isfinite(made) else 1.0 / 8.0
    return 0.0


def tail(dtype: str, span: Span, operation: Neighbours, following: list[Operation], windows: int) -> float:
    """The part of all weight that this window may leave out: of each unit of span it makes that much of an error."""
    if dtype == "float32":
        share = _share(following)
        return max(SMALLEST, share / max(1.0, gain(operation)))
    behind = after(operation, span)
    share = max(SMALL, admissible(dtype, behind, following, windows) / 2.0)
    return max(SMALLEST, share / max(1.0, span.width) / max(1.0, gain(operation)))


def _share(following: list[Operation]) -> float:
    if not following:
        return SHARE
    steepest = _slope_at_black(following[0]) if len(following) == 1 else None
    return SMALL if steepest is None else SHARE / steepest


def _slope_at_black(operation: Operation) -> float | None:
    """Of the conversion from light to code values, which is steepest there; None if it is another or has no end."""
    if not isinstance(operation, Curve) or operation.function is not encode:
        return None
    slope = operation.constants[3]
    return slope if slope > 0.0 else None
