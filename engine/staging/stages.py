"""Every operation in turn becomes stages of a draft."""

from __future__ import annotations

import itertools

from engine.accuracy import LEVELS, SMALL, after, flat, tolerance
from engine.kernels import Kernel
from engine.operation import Affine, Curve, Cut, Joined, Operation, Own, Pointwise, Resampled, Turned
from engine.plan import Pass
from engine.staging import tables
from engine.staging.draft import Draft
from engine.staging.geometry import add_resampling, add_turn
from engine.staging.joins import add_joined
from engine.staging.own import add_own
from engine.staging.padding import padded
from engine.staging.pixels import add_pixel
from engine.staging.program import allowance, matrix
from engine.staging.windows import add_window

CURVE_NUMBERS = 48
"""Constants that a curve takes, as `engine.kernels.curve` has it."""
SPLINES = {"uint8": 0.1, "uint16": 0.5}
"""Levels of the result that all splines of a plan may cost together."""


def passes_for(operations: list[Operation], shape: tuple[int, int, int], dtype: str) -> tuple[tuple[Pass, ...], int]:
    """The passes for a picture of that shape, and the channels of the result."""
    draft = _draft(operations, shape, dtype)
    _stage(draft, operations, [])
    draft.following = []
    return draft.finish() if operations else (), draft.channels


def _stage(draft: Draft, operations: list[Operation], behind: list[Operation]) -> None:
    """The stages of operations, `behind` which there are others."""
    place = 0
    while place < len(operations):
        operation = operations[place]
        curves = list(itertools.takewhile(lambda each: isinstance(each, Curve), operations[place:]))
        place += len(curves) or 1
        rest = [*operations[place:], *behind]
        # Curves that wait are done where the operation begins: it is behind them, too.
        draft.following = rest if curves else [operation, *rest]
        if isinstance(operation, Curve):
            _curves(draft, [curve for curve in curves if isinstance(curve, Curve)])
        elif isinstance(operation, Affine):
            _matrix(draft, operation)
        elif isinstance(operation, Pointwise):
            add_pixel(draft, operation)
        elif isinstance(operation, Cut):
            draft.keep(operation.top, operation.left, operation.size)
        elif isinstance(operation, Turned):
            add_turn(draft, operation, rest)
        elif isinstance(operation, Resampled):
            add_resampling(draft, operation, rest)
        elif isinstance(operation, Own):
            add_own(draft, operation, rest)
        elif isinstance(operation, Joined):
            add_joined(draft, operation, rest, _stage)
        else:
            add_window(draft, operation, rest)


def _draft(operations: list[Operation], shape: tuple[int, int, int], dtype: str) -> Draft:
    """What nothing is done to yet, with what windows and splines may be off by."""
    if dtype not in tables.TOPS:
        return Draft(shape, dtype, SMALL)
    curves = sum(isinstance(each, Curve) for each in flat(operations))
    return Draft(shape, dtype, tolerance(dtype, operations), allowance(LEVELS[dtype], SPLINES[dtype], curves))


def _curves(draft: Draft, curves: list[Curve]) -> None:
    """A run of curves: a table of codes, or the longest splines that are true enough, else formulas."""
    if not draft.is_wide:
        draft.curves += curves
        return
    while curves:
        done = next((count for count in range(len(curves), 0, -1) if draft.follow(curves[:count], curves[count:])), 0)
        if not done:
            done = 1
            if draft.has_alpha or draft.dtype != "float32":
                draft.to_planes()
            draft.settle()
            draft.add(Kernel("curve", curves[0].function), curves[0].label, padded(curves[0].constants, CURVE_NUMBERS))
        for curve in curves[:done]:
            draft.span = after(curve, draft.span)
        curves = curves[done:]


def _matrix(draft: Draft, affine: Affine) -> None:
    draft.to_numbers()
    if draft.channels < 3 and affine.colours:
        draft.channels += 2
    draft.program.append(matrix(affine))
    draft.span = after(affine, draft.span)
