"""The planner: drops neutral steps, converts light where it changes, folds neighbours; `staging` makes the passes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from engine.blends import normal
from engine.filter import (
    Crop,
    Filter,
    Geometry,
    Light,
    Local,
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
from engine.kernels.elementary import line
from engine.kinds import OwnKind
from engine.layers import layered, local
from engine.light import SRGB, ToneCurve, decode, encode
from engine.operation import (
    Affine,
    Curve,
    Cut,
    Joined,
    Neighbours,
    Operation,
    Own,
    Pointwise,
    Resampled,
    Turned,
    joined,
    on_grey,
    same,
)
from engine.plan import LightMode, Plan
from engine.stack import Stack
from engine.staging.stages import passes_for


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
    if isinstance(kind, OwnKind):
        return kind.size(values, size)
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
        if (
            step.mix.opacity == 0.0
            or declared.is_neutral(values)
            or (isinstance(declared.kind, Crop | Resampling) and size == before)
        ):
            dropped.append(declared.name)
            continue
        turns = isinstance(declared.kind, OwnKind) and declared.kind.turns(values) is not None
        any_light = light == "encoded" or declared.light == "any" or turns
        wanted: Light = present if any_light else declared.light
        # Layers are laid over one another on the values of the file, whatever light their filters work in.
        ground: Light = wanted if step.mix.plain else "encoded"
        operations += _converted(present, ground, tone)
        kinds = declared.kind.kinds if isinstance(declared.kind, Series) else (declared.kind,)
        made = [_operation(kind, values, before, declared.name) for kind in kinds]
        if not step.mix.plain:
            inner = [*_converted(ground, wanted, tone), *made, *_converted(wanted, ground, tone)]
            made = [layered(inner, step.mix, declared.name)]
        operations += made
        present = ground
    return [*operations, *_converted(present, "encoded", tone)], dropped


def _converted(light: Light, to: Light, tone: ToneCurve) -> list[Operation]:
    """The conversion from one light to another, if they differ."""
    if light == to:
        return []
    if to == "linear":
        return [Curve(decode, tone.decoding(), "to linear light")]
    return [Curve(encode, tone.encoding(), "to code values")]


def _operation(
    kind: Geometry | Table | Matrix | Pixel | Window | Local | OwnKind, values: Values, size: Size, label: str
) -> Operation:
    if isinstance(kind, Local):
        return local([_operation(each, values, size, label) for each in kind.inner], kind, values, label)
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
        colours = on_grey(rows)
        return Affine(np.vstack([rows, [0.0, 0.0, 0.0, 1.0]]), label, not same(colours, colours[0]))
    if isinstance(kind, Pixel):
        return Pointwise(kind, values, label)
    if isinstance(kind, OwnKind):
        turns = kind.turns(values)
        if turns is not None:
            return Turned(turns, False, label)
        return Own(kind, values, size, kind.size(values, size), label)
    return Neighbours(kind, values, label)


def _fold(operations: list[Operation], *, grey: bool) -> list[Operation]:
    """Neighbours that are one operation as one, and those that change nothing left out.

    On a grey picture a matrix that leaves it grey is a line.
    """
    folded: list[Operation] = []
    still_grey = grey
    for each in operations:
        operation = replace(each, inner=_inner(each, still_grey)) if isinstance(each, Joined) else each
        if still_grey and isinstance(operation, Pointwise):
            if operation.pixel.spares_grey:
                continue
            still_grey = not operation.pixel.colours(operation.values)
        elif still_grey and isinstance(operation, Affine):
            still_grey = not operation.colours
        elif isinstance(operation, Joined):
            if not operation.inner and operation.function is normal:
                continue
            still_grey = still_grey and not _gives_colours(operation.inner)
        elif still_grey and isinstance(operation, Own):
            still_grey = not operation.kind.colours(operation.values)
        folded.append(_as_line(operation) if still_grey and isinstance(operation, Affine) else operation)
        _join_last(folded, grey)
    return folded


def _inner(operation: Joined, grey: bool) -> tuple[Operation, ...]:
    return tuple(_fold(list(operation.inner), grey=grey))


def _gives_colours(operations: Iterable[Operation]) -> bool:
    """Whether a grey picture is coloured by one of them."""
    return any(
        (isinstance(each, Affine) and each.colours)
        or (isinstance(each, Pointwise) and each.pixel.colours(each.values))
        or (isinstance(each, Own) and each.kind.colours(each.values))
        or (isinstance(each, Joined) and _gives_colours(each.inner))
        for each in operations
    )


def _join_last(folded: list[Operation], grey: bool) -> None:
    """Have the last operation join those before it as far as it can."""
    while folded:
        if _changes_nothing(folded[-1], grey):
            folded.pop()
        made = joined(folded[-2], folded[-1]) if len(folded) > 1 else None
        if made is None:
            return
        folded[-2:] = made


def _as_line(affine: Affine) -> Curve:
    slope, intercept = on_grey(affine.rows)[0]
    return Curve(line, (float(slope), float(intercept)), affine.label)


def _changes_nothing(operation: Operation, grey: bool) -> bool:
    if isinstance(operation, Turned):
        return operation.nothing
    if isinstance(operation, Curve):
        return operation.is_line and same(np.array(operation.constants), np.array([1.0, 0.0]))
    return isinstance(operation, Affine) and same(operation.rows, np.eye(4)) and not (grey and operation.colours)
