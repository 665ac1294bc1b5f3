"""The planner: drops neutral steps, converts light where it changes, folds matrices; `staging` makes the passes."""

from __future__ import annotations

import numpy as np

from engine.filter import (
    Crop,
    Filter,
    Floats,
    Geometry,
    Light,
    Matrix,
    Pixel,
    Resampling,
    Series,
    Size,
    Table,
    Turn,
    Values,
    Window,
)
from engine.light import SRGB, ToneCurve, decode, encode
from engine.operation import Affine, Curve, Cut, Neighbours, Operation, Pointwise, Resampled, Turned
from engine.plan import LightMode, Plan
from engine.stack import Stack
from engine.staging.stages import passes_for

ROUNDING = 1e-12


def make_plan(
    stack: Stack,
    shape: tuple[int, int, int],
    dtype: str,
    *,
    light: LightMode = "linear",
    tone: ToneCurve = SRGB,
) -> Plan:
    """The plan for pictures of one shape (height, width, channels) and depth (`uint8`, `uint16` or `float32`).

    Integer data hold code values; float32 data count as code values too. The result has the same depth. A grey picture
    stays grey unless a matrix colours it.
    """
    operations, dropped = _operations(stack, shape[:2], light, tone)
    folded = _fold(operations, grey=shape[2] < 3)
    height, width, channels = shape
    passes, channels_out = passes_for(folded, shape, dtype)
    height_out, width_out = passes[-1].size if passes else (height, width)
    return Plan(height, width, channels, height_out, width_out, channels_out, dtype, light, passes, tuple(dropped))


def size_after(stack: Stack, size: Size) -> Size:
    """Height and width of a picture of that size after the stack."""
    for step in stack.steps:
        if step.on:
            size = _size_after(step.declaration, dict(step.values), size)
    return size


def _size_after(declared: Filter, values: Values, size: Size) -> Size:
    kind = declared.kind
    if isinstance(kind, Crop):
        return kind.region(values, size)[2:]
    if isinstance(kind, Resampling):
        return kind.size(values, size)
    if isinstance(kind, Turn) and kind.turned(values)[0] % 2:
        return size[1], size[0]
    return size


def _operations(stack: Stack, size: Size, light: LightMode, tone: ToneCurve) -> tuple[list[Operation], list[str]]:
    """The steps that do something, with conversions wherever the light that a filter asks for changes."""
    operations: list[Operation] = []
    dropped = []
    present: Light = "encoded"
    for step in stack.steps:
        declared, values = step.declaration, dict(step.values)
        if not step.on:
            continue
        before, size = size, _size_after(declared, values, size)
        if declared.is_neutral(values) or (isinstance(declared.kind, Crop | Resampling) and size == before):
            dropped.append(declared.name)
            continue
        if light == "linear" and declared.light not in (present, "any"):
            operations.append(_conversion(declared.light, tone))
            present = declared.light
        kinds = declared.kind.kinds if isinstance(declared.kind, Series) else (declared.kind,)
        operations += [_operation(kind, values, before, declared.name) for kind in kinds]
    if present == "linear":
        operations.append(_conversion("encoded", tone))
    return operations, dropped


def _conversion(to: str, tone: ToneCurve) -> Curve:
    if to == "linear":
        return Curve(decode, tone.decoding(), "to linear light")
    return Curve(encode, tone.encoding(), "to code values")


def _operation(kind: Geometry | Table | Matrix | Pixel | Window, values: Values, size: Size, label: str) -> Operation:
    if isinstance(kind, Crop):
        top, left, height, width = kind.region(values, size)
        return Cut(top, left, (height, width), label)
    if isinstance(kind, Turn):
        return Turned(*kind.turned(values), label)
    if isinstance(kind, Resampling):
        return Resampled(kind, values, kind.size(values, size), label)
    if isinstance(kind, Table):
        return Curve(kind.curve, kind.constants(values), label)
    if isinstance(kind, Matrix):
        rows = kind.rows(values)
        on_grey = _on_grey(rows)
        return Affine(np.vstack([rows, [0.0, 0.0, 0.0, 1.0]]), label, not _same(on_grey, on_grey[0]))
    if isinstance(kind, Pixel):
        return Pointwise(kind, values, label)
    return Neighbours(kind, values, label)


def _fold(operations: list[Operation], *, grey: bool) -> list[Operation]:
    """Neighbouring matrices and turns as one, and left out where they change nothing."""
    folded: list[Operation] = []
    for operation in operations:
        before = folded[-1] if folded else None
        if isinstance(operation, Affine) and isinstance(before, Affine):
            label, colours = f"{before.label}, {operation.label}", before.colours or operation.colours
            folded[-1] = Affine(operation.rows @ before.rows, label, colours)
        elif isinstance(operation, Turned) and isinstance(before, Turned):
            folded[-1] = before.then(operation)
        else:
            folded.append(operation)
    kept: list[Operation] = []
    for operation in folded:
        if isinstance(operation, Affine):
            coloured = grey and operation.colours
            grey = grey and not coloured
            if not coloured and _is_identity(operation.rows, grey):
                continue
        elif isinstance(operation, Pointwise):
            if grey and operation.pixel.on_grey == "kept":
                continue
            grey = grey and operation.pixel.on_grey != "coloured"
        elif isinstance(operation, Turned) and operation.nothing:
            continue
        kept.append(operation)
    return kept


def _is_identity(rows: Floats, grey: bool) -> bool:
    if grey:
        return _same(_on_grey(rows), np.array([1.0, 0.0]))
    return _same(rows, np.eye(4))


def _on_grey(rows: Floats) -> Floats:
    """Slope and offset that a matrix has for each colour of a grey pixel, 3 x 2."""
    return np.column_stack([rows[:3, :3].sum(axis=1), rows[:3, 3]])


def _same(rows: Floats, others: Floats) -> bool:
    """Equal but for what adding and multiplying in float64 leaves."""
    return bool(np.abs(rows - others).max() < ROUNDING)
