"""Operations beside the picture as it is: it stays in memory, and the sweep behind them reads both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import after
from engine.kernels import Kernel
from engine.plan import Form
from engine.staging.pixels import make_way
from engine.staging.program import Instruction, Join, Other, parameters, scale, spline

if TYPE_CHECKING:
    from engine.filter import Floats
    from engine.operation import Joined, Operation
    from engine.staging.draft import Draft

FUNCTION, MASK = 8, 10
"""Constants of each."""


def add_joined(
    draft: Draft,
    operation: Joined,
    following: list[Operation],
    stage: Callable[[Draft, list[Operation], list[Operation]], None],
) -> None:
    """The stages of what is inside, by `stage`, which is told what follows; then the join, as a part of the program."""
    before = draft.behind_curves()
    end = replace(operation, inner=())
    other = _kept(draft, [end, *following])
    stage(draft, list(operation.inner), [end, *following])
    draft.to_numbers()
    make_way(draft)
    constants = _constants(operation)
    draft.program.append(Join(operation.among, constants, other, operation.label, operation.cover))
    draft.span = after(operation, before)


def put_beside(draft: Draft, other: Other) -> None:
    """The stage that puts planes of the other picture behind those that there are: whoever reads both needs no more."""
    numbers = np.concatenate([[other.bits, other.channels], parameters(other.program)])
    twice = Form(2 * draft.channels, draft.form.pixel)
    draft.add(Kernel("beside"), "the picture before, beside this one", numbers, target=twice, other=other.made)


def _constants(operation: Joined) -> Floats:
    functions, masks = operation.among
    numbers = np.zeros(FUNCTION + MASK + 4)
    numbers[: len(operation.constants)] = operation.constants
    numbers[FUNCTION : FUNCTION + len(operation.masking)] = operation.masking
    chosen = functions.index(operation.function), masks.index(operation.mask)
    numbers[FUNCTION + MASK :] = *operation.sides, *chosen
    return numbers


def _kept(draft: Draft, following: list[Operation]) -> Other:
    """The picture in memory as it is here; curves that wait for codes are followed whenever it is read."""
    if draft.is_codes and (draft.is_part or draft.stages):
        draft.take()
        draft.cut()
    opened = _opened(draft, following) if draft.is_codes else None
    if opened is None:
        if draft.is_codes or draft.fixed is not None or draft.has_alpha:
            draft.to_planes()
        draft.settle()
        if draft.stages:
            draft.cut()
        opened = ()
    return Other(draft.in_memory, draft.bits, draft.stored, opened)


def _opened(draft: Draft, following: list[Operation]) -> tuple[Instruction, ...] | None:
    """What makes numbers of the codes as they are behind the curves that wait; None if only a table is true enough."""
    if not draft.curves:
        return ()
    if len(draft.curves) == 1 and draft.curves[0].is_line:
        return (scale(draft.curves[0]),)
    made = spline(draft.curves, draft.span, draft.allowance, following)
    return None if made is None else (made,)
