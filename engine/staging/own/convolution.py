"""Convolutions with any kernel: tap by tap, or with fewer taps on sums of rows where a kernel bulges in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kernels.elementary import scaled
from engine.kernels.layout import ALPHA_AVERAGED
from engine.kinds.convolution import Convolution, reach_of
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft
from engine.staging.padding import padded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Floats
    from engine.operation import Operation, Own

ROW = 4
"""Taps that a sum of two more rows costs as much as."""


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """The stages of one convolution."""
    kind, values = operation.kind, operation.values
    assert isinstance(kind, Convolution)
    weights, offset = kind.weights(values), kind.offset(values)
    reach, total = reach_of(weights), float(weights.sum())
    averages = total > 0.0 and float(weights.min()) >= 0.0
    if draft.has_alpha or draft.fixed is not None:
        draft.to_planes()
    else:
        draft.to_single()
    draft.cut_before(reach)
    draft.take()
    label = f"{operation.label}, reach {reach} px"
    if not draft.has_alpha:
        _convolve(draft, weights, offset, draft.form.planes, label)
    elif not averages:
        _convolve(draft, weights, offset, draft.channels - 1, label)
    else:
        twice, once = Form(2 * draft.channels, SINGLE), Form(draft.channels, SINGLE)
        draft.add(Kernel("spread"), f"{operation.label}: average and source", target=twice)
        _convolve(draft, weights / total, 0.0, draft.channels, label)
        finish = np.append(padded((total, offset)), ALPHA_AVERAGED)
        draft.add(Kernel("gather", scaled), f"{operation.label}: divided by alpha", finish, target=once)


def _convolve(draft: Draft, weights: Floats, offset: float, planes: int, label: str) -> None:
    """The stage itself, of the first planes."""
    taps, reach = taps_of(weights), reach_of(weights)
    sums = differences(weights) if is_bulging(weights) else weights
    nested, depth = taps_of(sums), weights.shape[0] // 2 + 1
    if len(nested) + ROW * depth >= len(taps):
        numbers = np.concatenate([np.array([planes, offset, len(taps)], np.float32), taps.ravel()])
        draft.add(Kernel("convolve"), label, numbers, reach=reach)
        return
    counts = np.array([np.count_nonzero(row) for row in sums[depth - 1 :]], np.int32).view(np.float32)
    numbers = np.concatenate([np.array([planes, offset, depth], np.float32), counts, nested.ravel()])
    name = f"{label}, {len(nested)} taps on sums of rows"
    draft.add(Kernel("convolve_nested"), name, numbers, reach=reach, scratch=draft.form.pixel)


def is_bulging(weights: Floats) -> bool:
    """Whether a kernel is the same upside down, and no weight is larger than the one above it from the middle on."""
    lower = weights[weights.shape[0] // 2 :]
    return bool((weights == weights[::-1]).all() and (np.diff(lower, axis=0) <= 0.0).all() and (lower >= 0.0).all())


def differences(weights: Floats) -> Floats:
    """Weights for the sums of 1, 3, 5 and so on rows around the middle one, that do the same as a bulging kernel."""
    middle = weights.shape[0] // 2
    lower = np.vstack([weights[middle:], np.zeros_like(weights[:1])])
    # Row k is for the sum of 2 k + 1 rows; those above the first are not there.
    return np.vstack([np.zeros_like(weights[:middle]), -np.diff(lower, axis=0)])


def taps_of(weights: Floats) -> NDArray[np.float32]:
    """Rows below the middle, columns right of it and weight, for each that is not 0, as the kernels take them."""
    middle = np.array(weights.shape) // 2
    places = np.argwhere(weights != 0.0)
    taps = np.empty((len(places), 3), np.float32)
    taps[:, :2] = (places - middle).astype(np.int32).view(np.float32)
    taps[:, 2] = weights[tuple(places.T)]
    return taps
