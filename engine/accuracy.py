"""How large an error a window may make so that the result stays within its bound. Plain numbers, no pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from engine.filter import Bilateral, Box, Extreme, Floats, Median, Neighbourhood, Separable
from engine.light import encode
from engine.operation import Affine, Curve, Cut, Joined, Neighbours, Operation, Own, Pointwise, Resampled, Turned

LEVELS = {"uint8": 1.0 / 255.0, "uint16": 1.0 / 65535.0}
ALLOWED = {"uint8": 0.85, "uint16": 0.5}
"""Levels of the result that all windows of a plan may cost together; beyond that there is rounding, of half a level."""
SHARE = 2e-5
"""A fifth of float32's bound."""
SMALL = 1e-6
"""What a window may always leave out."""
SAMPLES = 1025
LEAST = 0.01
"""How far values lie around a level, at least."""
THIN = 16.0
"""How many times farther from 0 than before colour may be behind thin alpha, where it is still seen."""
FINEST, WITHIN = 32768, 4
"""Steps between samples of a curve whose steepness counts, at most, and steps that an error had better reach over."""
ATTEMPTS, SAFETY = 8, 1.01
AMONG = (Separable, Median, Extreme, Box)
"""Windows whose results, before they are combined, lie among the values in them."""
OVERSHOOT = 0.75
"""Of a span, beyond its ends: Lanczos-3 has weights whose magnitudes add up to 1.57 at most along each axis."""


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
        return _between(operation.function(np.linspace(span.low, span.high, SAMPLES), operation.constants))
    if isinstance(operation, Affine):
        weights, offsets = operation.rows[:3, :3], operation.rows[:3, 3]
        positive, negative = np.maximum(weights, 0.0).sum(axis=1), np.minimum(weights, 0.0).sum(axis=1)
        lowest = positive * span.low + negative * span.high + offsets
        highest = positive * span.high + negative * span.low + offsets
        return Span(float(lowest.min()), float(highest.max()))
    if isinstance(operation, Cut | Turned):
        return span
    if isinstance(operation, Resampled):
        return Span(span.low - OVERSHOOT * span.width, span.high + OVERSHOOT * span.width)
    if isinstance(operation, Pointwise):
        farthest = max(1.0, abs(span.low), abs(span.high)) * operation.pixel.gain(operation.values)
        return Span(min(span.low, -farthest), max(span.high, farthest))
    if isinstance(operation, Joined):
        return _joined_span(operation, span)
    if isinstance(operation, Own):
        return Span(*operation.kind.span(operation.values, span.low, span.high))
    if operation.window.combine is None and isinstance(operation.window.step, (*AMONG, Bilateral)):
        return span
    beyond = span.width * gain(operation)
    if isinstance(operation.window.step, Neighbourhood):
        # Differences lie around black or mid grey, wherever the samples are.
        return Span(min(span.low, 0.0) - beyond, max(span.high, 1.0) + beyond)
    combine = operation.window.combine
    if combine is not None and combine.level is not None:
        # Codes between windows stand for values of a span, which must not be empty.
        level, beyond = combine.level(operation.values), max(beyond, LEAST)
        return Span(level - beyond, level + beyond)
    return Span(span.low - beyond, span.high + beyond)


def _between(made: Floats) -> Span:
    """The values of a curve of which these are samples: a peak between two of them may be as far beyond as they are
    apart.
    """
    lowest, highest = int(np.argmin(made)), int(np.argmax(made))
    apart = np.pad(np.abs(np.diff(made)), 1)
    beyond = [float(apart[at : at + 2].max()) if 0 < at < made.size - 1 else 0.0 for at in (lowest, highest)]
    return Span(float(made[lowest]) - beyond[0], float(made[highest]) + beyond[1])


def thinned(span: Span) -> Span:
    """The values of colours that are divided by alpha, of which negative weights may have left next to nothing."""
    largest = THIN * max(abs(span.low), abs(span.high))
    return Span(-largest, largest)


def _joined_span(operation: Joined, span: Span) -> Span:
    """Between those of both pictures, or as far beyond as the function goes."""
    made = span
    for each in operation.inner:
        made = after(each, made)
    low, high = min(span.low, made.low), max(span.high, made.high)
    if operation.gain == 0.0:
        return Span(low, high)
    largest = max(abs(low), abs(high), 1.0)
    return Span(-3.0 * largest * largest, 3.0 * largest * largest)


def _joined_error(operation: Joined, span: Span, error: float) -> float:
    """Of both pictures, the larger one, times what the function makes of it."""
    made, found = span, error
    for each in operation.inner:
        found, made = grown(each, made, found), after(each, made)
    largest = max(abs(span.low), abs(span.high), abs(made.low), abs(made.high), 1.0)
    return max(error, found) * (1.0 if operation.gain == 0.0 else operation.gain * largest)


def gain(operation: Neighbours) -> float:
    """How many times an error of what the window makes of its neighbours becomes an error of its result."""
    window = operation.window
    if isinstance(window.step, Neighbourhood):
        return window.step.gain(operation.values)
    return 1.0 if window.combine is None else window.combine.gain(operation.values)


def grown(operation: Operation, span: Span, error: float) -> float:
    """What an error of every sample becomes behind an operation, at most; infinite where nobody knows."""
    if error in (0.0, math.inf):
        return error
    if isinstance(operation, Curve):
        if error >= span.width:
            return after(operation, span).width
        count = min(FINEST, math.ceil(WITHIN * span.width / error))
        made = operation.function(np.linspace(span.low, span.high, count + 1), operation.constants)
        # The most that the curve rises or falls within the error, and one step more, so that no jump is missed.
        reach = min(count, math.ceil(error / span.width * count) + 1)
        highest = lowest = made[: made.size - reach]
        for away in range(1, reach + 1):
            other = made[away : made.size - reach + away]
            highest, lowest = np.maximum(highest, other), np.minimum(lowest, other)
        return float((highest - lowest).max())
    if isinstance(operation, Cut | Turned):
        return error
    if isinstance(operation, Resampled):
        return error * (1.0 + 2.0 * OVERSHOOT)
    if isinstance(operation, Affine):
        return error * float(np.abs(operation.rows[:3, :3]).sum(axis=1).max())
    if isinstance(operation, Joined):
        return _joined_error(operation, span, error)
    if isinstance(operation, Own):
        return error * operation.kind.gain(operation.values)
    if isinstance(operation, Pointwise) or not isinstance(operation.window.step, (*AMONG, Neighbourhood)):
        return math.inf if error > 0.0 else 0.0
    if isinstance(operation.window.step, Neighbourhood):
        return error * gain(operation)
    return error if operation.window.combine is None else error * (1.0 + 2.0 * gain(operation))


def tolerance(dtype: str, operations: list[Operation]) -> float:
    """The part of its span that each window's average may be off by, so that the result is within its bound.

    `dtype` is that of integer codes.
    """
    limit, part = ALLOWED[dtype] * LEVELS[dtype], ALLOWED[dtype] * LEVELS[dtype]
    for _ in range(ATTEMPTS):
        made = _gathered(operations, part)
        if made <= limit:
            break
        part *= limit / made / SAFETY if math.isfinite(made) else 0.0
    else:
        return SMALL
    return max(SMALL, part)


def _gathered(operations: list[Operation], part: float) -> float:
    """What the result is off by when each window adds an error of that part of its span."""
    span, error = Span(0.0, 1.0), 0.0
    for operation in flat(operations):
        error = grown(operation, span, error)
        if isinstance(operation, Neighbours) and isinstance(operation.window.step, Separable | Box):
            error += part * span.width * gain(operation)
        span = after(operation, span)
    return error


def flat(operations: list[Operation]) -> list[Operation]:
    """Those that are joined with the picture before them counted as if they came before what joins them."""
    found: list[Operation] = []
    for each in operations:
        found += [*flat(list(each.inner)), replace(each, inner=())] if isinstance(each, Joined) else [each]
    return found


def single_tail(operation: Neighbours, following: list[Operation]) -> float:
    """The part of all weight that a window of float32 pictures may leave out."""
    changing = [each for each in following if not isinstance(each, Cut | Turned)]
    steepest = _slope_at_black(changing[0]) if len(changing) == 1 else None
    share = SHARE if not changing else SMALL if steepest is None else SHARE / steepest
    return share / max(1.0, gain(operation))


def _slope_at_black(operation: Operation) -> float | None:
    """Of the conversion from light to code values, which is steepest there; None if it is another or has no end."""
    if not isinstance(operation, Curve) or operation.function is not encode:
        return None
    slope = operation.constants[3]
    return slope if slope > 0.0 else None
