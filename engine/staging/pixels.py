"""Functions of a pixel and its place: done in the sweep that makes planes or the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.accuracy import after
from engine.kernels import Kernel
from engine.plan import Axis
from engine.staging.program import Function, Instruction

if TYPE_CHECKING:
    from engine.operation import Pointwise
    from engine.staging.draft import Draft


def make_way(draft: Draft) -> None:
    """Have the program take a function of a pixel and its place: there is one at most, and places count from 0."""
    if not all(isinstance(each, Instruction) for each in draft.program):
        draft.to_planes()
    if (draft.rows, draft.columns) != (Axis(draft.rows.size), Axis(draft.columns.size)):
        # The stage would count from the corner of the picture that this one is cut from.
        draft.settle()
        draft.add(Kernel("take"), "the rows that are kept")


def add_pixel(draft: Draft, operation: Pointwise) -> None:
    """A part of the program; a grey picture gets its colours here if the filter gives it some."""
    pixel, values = operation.pixel, operation.values
    draft.to_numbers()
    make_way(draft)
    if draft.channels < 3 and pixel.colours(values):
        draft.channels += 2
    draft.program.append(Function(pixel.function, pixel.constants(values), operation.label))
    draft.span = after(operation, draft.span)
