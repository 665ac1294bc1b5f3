"""Geometry becomes stages: turned pictures, and pictures of another size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import after
from engine.kernels import Kernel
from engine.kernels.elementary import averaged
from engine.operation import Cut, Turned
from engine.plan import Axis, Form
from engine.staging.draft import SINGLE, Draft, padded
from engine.staging.weights import TOGETHER, Weights, columns_at_a_time, scratch_for_columns

if TYPE_CHECKING:
    from engine.operation import Operation, Resampled

FARTHEST = 64
"""Source rows in reach, at most, where a buffer holds them all: columns are made before where there are more."""


def add_turn(draft: Draft, operation: Turned, following: list[Operation]) -> None:
    """A stage that reads the picture in memory in another order."""
    if draft.stages:
        if all(isinstance(each, Cut | Turned) for each in following):
            draft.to_codes()
        draft.cut()
    (height, width), odd, mirrored = draft.size, operation.quarters % 2 == 1, operation.mirrored
    upwards = (operation.quarters in (1, 2)) != (mirrored and odd)
    leftwards = (operation.quarters in (2, 3)) != (mirrored and not odd)
    numbers = [upwards, leftwards, draft.rows.start, draft.columns.start, height, width]
    draft.resize(Axis(width if odd else height), Axis(height if odd else width))
    parameters = np.array(numbers, np.int32).view(np.float32)
    draft.add(Kernel("turn" if odd else "flip", draft.form.pixel), operation.label, parameters, free=True)


def add_resampling(draft: Draft, operation: Resampled) -> None:
    """Rows before columns, or the other way round where that leaves less to do or less to keep at hand."""
    straight = draft.is_codes and not draft.has_alpha and not draft.curves
    if not straight:
        draft.to_planes()
    if draft.has_alpha:
        twice = Form(2 * draft.channels, SINGLE)
        draft.add(Kernel("spread"), f"{operation.label}: average and source", target=twice)
    (height, width), (height_out, width_out) = draft.size, operation.size
    rows = Weights.of(operation, height, height_out)
    columns = Weights.of(operation, width, width_out)
    in_memory = not draft.stages and draft.rows.start == 0
    if height_out <= height and (in_memory or rows.reach <= FARTHEST):
        _add_rows(draft, rows, operation.label)
        _add_columns(draft, columns, operation.label)
    else:
        _add_columns(draft, columns, operation.label)
        _add_rows(draft, rows, operation.label)
    if draft.has_alpha:
        once = Form(draft.channels, SINGLE)
        divide = np.append(padded(()), 0.0)
        draft.add(Kernel("gather", averaged), f"{operation.label}: divided by alpha", divide, target=once)
    draft.span = after(operation, draft.span)


def _add_rows(draft: Draft, weights: Weights, label: str) -> None:
    """Rows of weighted rows: straight from codes where the picture is still made of them."""
    if weights.nothing:
        return
    if draft.is_codes and draft.rows.start:
        draft.take()
    kind = np.dtype(np.float32 if draft.is_wide else draft.dtype)
    scale = 1.0 if kind == np.float32 else 1.0 / np.iinfo(kind).max
    target = Form(draft.form.planes, draft.form.pixel // kind.itemsize * SINGLE)
    draft.resize(weights.axis, draft.columns)
    kernel, label = Kernel("resample_rows", kind.type), f"{label}: rows, reach {weights.reach} px"
    draft.add(kernel, label, weights.packed(scale), reach=weights.reach, sideways=0, target=target)


def _add_columns(draft: Draft, weights: Weights, label: str) -> None:
    """Columns of weighted columns, in float32."""
    if weights.nothing:
        return
    if not draft.is_wide:
        kind, wide = np.dtype(draft.dtype).type, Form(1, draft.channels * SINGLE)
        draft.add(Kernel("widen", kind), "codes to float32", target=wide)
    draft.take()
    planes, samples = draft.form.planes, draft.form.pixel // SINGLE
    at_a_time = columns_at_a_time(weights)
    draft.resize(draft.rows, weights.axis)
    draft.add(
        Kernel("resample_columns", (planes, samples)),
        f"{label}: columns, reach {weights.reach} px",
        weights.packed(1.0, at_a_time),
        sideways=weights.reach,
        bench=scratch_for_columns(weights, at_a_time, planes * samples),
        group=TOGETHER,
    )
