"""Weighted averages of neighbours: convolutions in float32, with colour weighted by alpha where there is alpha."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import after, single_tail
from engine.filter import Separable
from engine.kernels import Kernel
from engine.staging.draft import Draft
from engine.staging.fixed_averages import add_fixed, fixed_weights
from engine.staging.padding import padded
from engine.staging.reunited import add_reunited
from engine.staging.weighted import add_weighted
from engine.staging.wide_gaussians import add_wide, wide_gaussian

if TYPE_CHECKING:
    from engine.operation import Neighbours, Operation

WIDE, WIDE_OF_FIXED, WIDE_OF_REUNITED = 2, 4, 6
"""One of so many rows, at least, is enough for a Gaussian where leaving out the others pays."""


def add_average(draft: Draft, operation: Neighbours, following: list[Operation]) -> None:
    """The stages of a separable convolution, combined with its source if the filter asks."""
    step, combine, values = operation.window.step, operation.window.combine, operation.values
    assert isinstance(step, Separable)
    weights = fixed_weights(draft, operation)
    tail = single_tail(operation, following) if draft.dtype == "float32" else draft.tolerance / 2.0
    alone = combine is None and not draft.has_alpha
    narrowest = WIDE_OF_REUNITED if not alone else WIDE if weights is None else WIDE_OF_FIXED
    wide = wide_gaussian(operation, tail, narrowest)
    if wide is not None and alone:
        add_wide(draft, operation, following, wide)
        return
    if wide is not None:
        add_reunited(draft, operation, wide)
        return
    if weights is not None:
        add_fixed(draft, operation, following, weights)
        return
    taps = step.taps(values, tail)
    reach = len(taps) - 1
    if draft.has_alpha or draft.fixed is not None:
        draft.to_planes()
    else:
        draft.to_single()
    draft.cut_before(reach)
    draft.take()
    label, scratch = f"{operation.label}, reach {reach} px", 3 * draft.form.pixel
    if draft.has_alpha:
        add_weighted(draft, operation, Kernel("separable"), np.array([draft.channels, *taps]), reach, scratch)
    elif combine is None:
        draft.add(Kernel("separable"), label, np.array([draft.form.planes, *taps]), reach=reach, scratch=scratch)
    else:
        inputs = np.append(padded(combine.constants(values)), taps)
        draft.add(Kernel("separable_combined", combine.function), label, inputs, reach=reach, scratch=scratch)
    draft.span = after(operation, draft.span)
