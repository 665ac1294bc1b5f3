"""Weighted averages of neighbours: convolutions in float32, with colour weighted by alpha where there is alpha."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import after, single_tail
from engine.filter import Constants, Separable
from engine.kernels import Kernel
from engine.kernels.elementary import averaged
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft, padded
from engine.staging.fixed_averages import add_fixed, fixed_weights

if TYPE_CHECKING:
    from engine.operation import Neighbours, Operation


def add_average(draft: Draft, operation: Neighbours, following: list[Operation]) -> None:
    """The stages of a separable convolution, combined with its source if the filter asks."""
    step, combine, values = operation.window.step, operation.window.combine, operation.values
    assert isinstance(step, Separable)
    weights = fixed_weights(draft, operation)
    if weights is not None:
        add_fixed(draft, operation, following, weights)
        return
    draft.to_planes()
    tail = single_tail(operation, following) if draft.dtype == "float32" else draft.tolerance / 2.0
    taps = step.taps(values, tail)
    reach = len(taps) - 1
    label, scratch = f"{operation.label}, reach {reach} px", 3 * SINGLE
    draft.cut_before(reach)
    draft.take()
    if draft.has_alpha:
        _weighted(draft, operation, taps)
    elif combine is None:
        draft.add(Kernel("separable"), label, np.array([draft.channels, *taps]), reach=reach, scratch=scratch)
    else:
        inputs = np.append(padded(combine.constants(values)), taps)
        draft.add(Kernel("separable_combined", combine.function), label, inputs, reach=reach, scratch=scratch)
    draft.span = after(operation, draft.span)


def _weighted(draft: Draft, operation: Neighbours, taps: Constants) -> None:
    """Spread into weighted and straight planes, averaged, gathered."""
    name, combine, channels = operation.label, operation.window.combine, draft.channels
    reach = len(taps) - 1
    twice, once = Form(2 * channels, SINGLE), Form(channels, SINGLE)
    draft.add(Kernel("spread"), f"{name}: average and source", target=twice)
    parameters = np.array([channels, *taps])
    draft.add(Kernel("separable"), f"{name}, reach {reach} px", parameters, reach=reach, scratch=3 * SINGLE)
    function = averaged if combine is None else combine.function
    constants = () if combine is None else combine.constants(operation.values)
    finish = np.append(padded(constants), 0.0 if combine is None else 1.0)
    draft.add(Kernel("gather", function), f"{name}: combine", finish, target=once)
