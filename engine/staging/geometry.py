"""Geometry becomes stages: turned pictures, and pictures of another size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import after, thinned
from engine.kernels import Kernel
from engine.kernels.elementary import averaged
from engine.kernels.layout import ALPHA_LIMITED
from engine.operation import Cut, Turned
from engine.plan import Axis, Form
from engine.staging.draft import SINGLE, Draft
from engine.staging.padding import padded
from engine.staging.tables import TOPS
from engine.staging.weights import TOGETHER, Weights, columns_at_a_time, scratch_for_columns

if TYPE_CHECKING:
    from engine.operation import Operation, Resampled

FARTHEST = 64
"""Source rows in reach, at most, where a buffer holds them all: columns are made before where there are more."""


def add_turn(draft: Draft, operation: Turned, following: list[Operation]) -> None:
    """A stage that reads the picture in memory in another order."""
    draft.settle_places()
    if draft.stages:
        if _moves_only(following):
            draft.to_codes()
        draft.cut()
    (height, width), odd, mirrored = draft.size, operation.quarters % 2 == 1, operation.mirrored
    upwards = (operation.quarters in (1, 2)) != (mirrored and odd)
    leftwards = (operation.quarters in (2, 3)) != (mirrored and not odd)
    numbers = [upwards, leftwards, draft.rows.start, draft.columns.start, height, width]
    draft.resize(Axis(width if odd else height), Axis(height if odd else width))
    parameters = np.array(numbers, np.int32).view(np.float32)
    turning = "turn" if draft.form.pixel <= SINGLE else "turn_pixels"
    draft.add(Kernel(turning if odd else "flip", draft.form.pixel), operation.label, parameters, free=True)


def add_resampling(draft: Draft, operation: Resampled, following: list[Operation]) -> None:
    """Rows before columns, or the other way round where that leaves less to do or less to keep at hand.

    Pixels stay interleaved as far as they may: averages of opaque ones are the same for every channel.
    """
    (height, width), (height_out, width_out) = draft.size, operation.size
    rows = Weights.of(operation, height, height_out)
    columns = Weights.of(operation, width, width_out)
    label, from_memory = operation.label, not draft.stages and draft.rows.start == 0
    if draft.has_alpha or not draft.is_codes or (draft.curves and height_out * width_out > height * width):
        draft.to_planes()
    elif _only_halves(draft, rows, columns, following):
        kind = np.dtype(draft.dtype).type
        draft.resize(rows.axis, columns.axis)
        draft.add(Kernel("area_half", (kind, draft.channels)), f"{label}: the mean of two by two codes")
        return
    elif draft.curves:
        draft.to_single()
    if draft.has_alpha:
        draft.add(Kernel("spread"), f"{label}: average and source", target=Form(2 * draft.channels, SINGLE))
    if height_out <= height and (rows.reach <= FARTHEST or (from_memory and not draft.stages)):
        _add_rows(draft, rows, label)
        _add_columns(draft, columns, label)
    else:
        _add_columns(draft, columns, label)
        _add_rows(draft, rows, label, last=_moves_only(following))
    if draft.has_alpha:
        divide = np.append(padded(()), ALPHA_LIMITED)
        draft.add(Kernel("gather", averaged), f"{label}: divided by alpha", divide, target=Form(draft.channels, SINGLE))
    span = after(operation, draft.span)
    draft.span = thinned(span) if draft.has_alpha else span


def _only_halves(draft: Draft, rows: Weights, columns: Weights, following: list[Operation]) -> bool:
    """Whether codes in memory become the result's, each the mean of four."""
    plain = draft.dtype in TOPS and not (draft.curves or draft.stages or draft.is_part)
    return plain and rows.halves and columns.halves and _moves_only(following)


def _moves_only(operations: list[Operation]) -> bool:
    return all(isinstance(each, Cut | Turned) for each in operations)


def _add_rows(draft: Draft, weights: Weights, label: str, *, last: bool = False) -> None:
    """Rows of weighted rows: straight from codes where the picture is still made of them, and to codes at the end."""
    if weights.nothing:
        return
    if not draft.stages and draft.rows.start:
        draft.take()
    kind = np.dtype(np.float32 if draft.is_wide else draft.dtype)
    made = np.dtype(draft.dtype if last and draft.is_wide and draft.form.planes == 1 else np.float32)
    target = Form(draft.form.planes, draft.form.pixel // kind.itemsize * made.itemsize)
    draft.resize(weights.axis, draft.columns)
    parameters = weights.packed(TOPS.get(made.name, 1.0) / TOPS.get(kind.name, 1.0))
    kernel, label = Kernel("resample_rows", (kind.type, made.type)), f"{label}: rows, reach {weights.reach} px"
    # It never reads beyond the picture, so that memory will do for the first stage as well as a buffer.
    reach = weights.reach if draft.stages else 0
    draft.add(kernel, label, parameters, reach=reach, sideways=0, target=target, inside=True)


def _add_columns(draft: Draft, weights: Weights, label: str) -> None:
    """Columns of weighted columns, in float32."""
    if weights.nothing:
        return
    draft.to_single()
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
        inside=True,
        group=TOGETHER,
    )
