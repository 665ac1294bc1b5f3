"""Curves as splines of few quartic pieces, each with the largest error it makes. Fits; judges no error."""

# A sample x lies at the place 1 + k (x - low). The bits of a float32 number from its exponent down to the first m bits
# of its mantissa, counted up from 1, number its piece: 2 ** m pieces as wide as each other, then as many twice as wide,
# and so on. So pieces are narrow at `low`, where powers are steep, and no search finds them. Where a tone curve changes
# from its line to its power, k is chosen so that a piece ends.

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.light import decode, encode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.accuracy import Span
    from engine.filter import Floats
    from engine.operation import Curve

PIECES = (16, 32)
DEGREE = 4
ONE, MANTISSA = 127, 23
"""The exponent's bits in the float32 number 1, and how many bits the mantissa has."""
NODES = (1.0 - np.cos(np.pi * np.arange(DEGREE + 1) / DEGREE)) / 2.0
"""Where a piece equals the curve (Chebyshev's extrema): both ends are among them, so neighbours meet."""
BETWEEN = (1.0 - np.cos(np.pi * (np.arange(DEGREE) + 0.5) / DEGREE)) / 2.0
"""Where it is off most, if the curve is smooth."""
CHECKED = np.linspace(0.0, 1.0, 65)
NARROWEST = 1e-6
"""Width of a span that a spline is made for."""
ROUNDED = 2.0**-22
"""Part of its place by which `high` lies before the end of the last piece, as float32 counts."""
GRID, ROUNDS = 257, 6
"""A place is looked for among that many, then between two of them, and so on."""
USUAL = np.concatenate([np.linspace(0.0, 1.0, GRID), np.geomspace(1e-7, 1.0, GRID)])
NEAR = np.unique(np.concatenate([-USUAL, USUAL]))
"""Where tone curves bend and jump, of whatever span: it may be so wide that a grid of it steps over all of that."""


@dataclass(frozen=True, slots=True, eq=False)
class Spline:
    """Numbers for `engine.kernels.points`, and the largest difference from the curves."""

    numbers: Floats
    odd: bool
    error: float


def evaluate(curves: list[Curve], values: Floats, *, clipped: bool = False) -> Floats:
    """The curves in turn; `clipped` to 0..1 where codes are made of the result."""
    with np.errstate(over="ignore", invalid="ignore"):
        for curve in curves:
            values = curve.function(values, curve.constants)
    return np.clip(values, 0.0, 1.0) if clipped else values


def fit(curves: list[Curve], span: Span, pieces: int, *, clipped: bool) -> Spline:
    """The best spline of so many pieces for values within the span; samples beyond an end of it count as that end."""

    def curve(values: Floats) -> Floats:
        return evaluate(curves, values, clipped=clipped)

    low, high = _active(curve, span.low, max(span.high, span.low + NARROWEST))
    odd = low < 0.0 < high and _is_odd(curve, max(-low, high))
    if odd:
        low, high = 0.0, max(-low, high)
    depths, scales = _layouts(pieces, low, high, _bends(curves, low, high))
    places = np.minimum(_knots(depths, pieces), 1.0 + scales[:, np.newaxis] * (high - low))
    errors = _interpolated(curve, places, scales, low, BETWEEN)[1]
    best = int(np.argmin(np.where(np.isfinite(errors), errors, np.inf)))
    coefficients, error = _interpolated(curve, places[best : best + 1], scales[best : best + 1], low, CHECKED)
    widths = np.diff(places[best])[:, np.newaxis]
    powers = np.where(widths > 0.0, widths, np.inf) ** np.arange(DEGREE + 1)
    last = 1.0 + scales[best] * (high - low)
    table = np.column_stack([places[best][:-1], (coefficients[0] / powers)[:, ::-1]])
    near = NEAR[(low < NEAR) & (high > NEAR)]
    # Samples beyond an end count as that end, which may lie next to a jump.
    beyond = np.array([0.0 if odd else span.low, max(-span.low, span.high) if odd else span.high])
    known, exact = np.concatenate([near, [low, high]]), curve(np.concatenate([near, beyond]))
    missed = np.abs(_made(table, 1.0 + scales[best] * (known - low)) - exact).max(initial=float(error[0]))
    return Spline(_numbers(int(depths[best]), scales[best], low, last, table), odd, float(missed))


def _made(table: Floats, places: Floats) -> Floats:
    """The polynomials of the pieces that these places lie in."""
    rows = table[np.searchsorted(table[1:, 0], places, side="right")].T
    made = np.zeros_like(places)
    for coefficient in rows[1:]:
        made = made * (places - rows[0]) + coefficient
    return made


def _interpolated(
    curve: Callable[[Floats], Floats], places: Floats, scales: Floats, low: float, checked: Floats
) -> tuple[Floats, Floats]:
    """For each row of places the polynomials' coefficients from end to end of a piece, and the largest error."""
    parts = np.concatenate([NODES, checked])
    positions = places[:, :-1, np.newaxis] + np.diff(places, axis=1)[..., np.newaxis] * parts
    values = curve(low + (positions - 1.0) / scales[:, np.newaxis, np.newaxis])
    count = len(NODES)
    coefficients = values[..., :count] @ np.linalg.inv(np.vander(NODES, increasing=True)).T
    off = coefficients @ np.vander(checked, count, increasing=True).T - values[..., count:]
    return coefficients, np.abs(off).max(axis=(1, 2))


def _numbers(depth: int, scale: float, low: float, last: float, table: Floats) -> Floats:
    """As `engine.kernels.point_operations` reads them: the pieces lie where the bits of their places say."""
    end = np.float32(last)
    if end in _knots(np.array([depth]), len(table)):
        end = np.nextafter(end, np.float32(0.0))
    turned = np.roll(table, (ONE << depth) % len(table), axis=0)
    return np.concatenate([[scale, 1.0 - scale * low, float(end), MANTISSA - depth], turned.T.ravel()])


def _knots(depths: NDArray[np.int64], pieces: int) -> Floats:
    """Ends of the pieces for each depth, one more than there are pieces."""
    counted = (ONE << MANTISSA) + (np.arange(pieces + 1) << (MANTISSA - depths[:, np.newaxis]))
    return counted.astype(np.int32).view(np.float32).astype(np.float64)


def _layouts(pieces: int, low: float, high: float, bends: list[float]) -> tuple[NDArray[np.int64], Floats]:
    """Depths and scales to try: as wide as the number of pieces allows, and with a piece that ends at a bend."""
    pairs = []
    for depth, knots in enumerate(_knots(np.arange(pieces.bit_length()), pieces)):
        widest = (knots[-1] * (1.0 - ROUNDED) - 1.0) / (high - low)
        scales = [widest, *((knot - 1.0) / (bend - low) for bend in bends for knot in knots[1:-1])]
        pairs += [(depth, scale) for scale in scales if scale <= widest]
    return np.array([depth for depth, _ in pairs]), np.array([scale for _, scale in pairs])


def _active(curve: Callable[[Floats], Floats], low: float, high: float) -> tuple[float, float]:
    """The part of low..high beyond which the curve stays level; all of it for a curve that is level throughout."""
    ends = curve(np.array([low, high]))
    start = _before_change(lambda values: curve(values) != ends[0], low, high)
    stop = _before_change(lambda values: curve(values) != ends[1], high, low)
    if start is None or stop is None or stop - start < NARROWEST:
        return low, high
    return start, stop


def _before_change(test: Callable[[Floats], Any], start: float, stop: float) -> float | None:
    """The last place from `start` towards `stop` where the test is not yet true; None if it never is."""
    for turn in range(ROUNDS):
        grid = np.linspace(start, stop, GRID)
        if turn == 0:
            between = NEAR[(min(start, stop) < NEAR) & (max(start, stop) > NEAR)]
            grid = np.sort(np.concatenate([grid, between]))[:: 1 if start < stop else -1]
        passed = np.asarray(test(grid))
        if not passed.any():
            return None
        first = int(np.argmax(passed))
        start, stop = float(grid[max(0, first - 1)]), float(grid[first])
    return start


def _bends(curves: list[Curve], low: float, high: float) -> list[float]:
    """Where within low..high a tone curve among these changes from its line to its power."""
    found = [
        _before_change(functools.partial(_is_past, curves[:index], curve.constants[4]), low, high)
        for index, curve in enumerate(curves)
        if curve.function in (decode, encode)
    ]
    return [place for place in found if place is not None and low < place < high]


def _is_past(curves: list[Curve], end: float, values: Floats) -> NDArray[np.bool_]:
    return evaluate(curves, values) >= end


def _is_odd(curve: Callable[[Floats], Floats], top: float) -> bool:
    values = np.linspace(0.0, top, GRID)
    made = curve(values)
    return bool(np.abs(curve(-values) + made).max() <= 1e-12 * max(1.0, float(np.abs(made).max())))
