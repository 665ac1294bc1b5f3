"""Means of squares: exact in integers for 8- and 16-bit codes, in float32 planes where there is alpha or a need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import Span
from engine.filter import Box
from engine.kernels import Kernel
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft
from engine.staging.fixed import is_enough, to_fixed
from engine.staging.weighted import add_weighted

if TYPE_CHECKING:
    from engine.operation import Neighbours, Operation

GROUP = 16
"""Rows that share sums, at most."""
WORK = 4
"""Rows of scratch beside the group's."""
ROUNDED = 1.0
"""Codes of 16 bits that going there and coming back may cost together."""


def add_box(draft: Draft, operation: Neighbours, following: list[Operation]) -> None:
    """The stages of a mean over a square."""
    step = operation.window.step
    assert isinstance(step, Box)
    reach = step.radius(operation.values)
    label = f"{operation.label}, reach {reach} px"
    if _is_exact(draft, following):
        _codes(draft, label, reach, following)
    else:
        _singles(draft, operation, label, reach)


def group_of(side: int) -> int:
    """How many neighbouring rows share sums of squares of that side."""
    return min(GROUP, 1 << side.bit_length() - 1)


def _is_exact(draft: Draft, following: list[Operation]) -> bool:
    """Whether integers do: as they are, or as 16-bit codes for values that need no more."""
    if draft.dtype == "uint16":
        return draft.is_codes and not (draft.has_alpha or draft.is_wide or draft.curves or following)
    return is_enough(draft, ROUNDED)


def _codes(draft: Draft, label: str, reach: int, following: list[Operation]) -> None:
    """Running sums of codes, to codes of the picture at the end, else to 16-bit codes for the same span."""
    if draft.is_wide:
        to_fixed(draft)
    draft.cut_before(reach)
    span = Span(0.0, 1.0)
    if draft.fixed is not None or draft.curves:
        span = to_fixed(draft)
    draft.take()
    size = draft.form.pixel // draft.channels
    top_in, made = 256**size - 1, draft.itemsize if not following else 2
    top_out = 256**made - 1
    square = (2 * reach + 1) ** 2
    if following:
        scale = (top_out / top_in / square, 0.5)
    else:
        scale = (span.width * top_out / top_in / square, span.low * top_out + 0.5)
    kernel = Kernel("box_codes", (np.uint8 if size == 1 else np.uint16, draft.channels))
    codes, scratch = Form(1, made * draft.channels), (2 * size + SINGLE) * draft.channels
    draft.add(kernel, label, np.array(scale), reach=reach, target=codes, scratch=scratch)
    draft.fixed = span if following else None


def _singles(draft: Draft, operation: Neighbours, label: str, reach: int) -> None:
    """Sums of float32 numbers; with alpha, of colours weighted by it."""
    if draft.has_alpha or draft.fixed is not None:
        draft.to_planes()
    else:
        draft.to_single()
    draft.cut_before(reach)
    draft.take()
    side = 2 * reach + 1
    group = group_of(side)
    averaged = draft.channels if draft.has_alpha else draft.form.planes
    numbers, scratch = np.array([averaged, 1.0 / side**2, group]), (group + WORK) * draft.form.pixel
    if draft.has_alpha:
        add_weighted(draft, operation, Kernel("box_planes"), numbers, reach, scratch)
    else:
        draft.add(Kernel("box_planes"), label, numbers, reach=reach, scratch=scratch)
