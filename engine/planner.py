"""The planner: drops neutral steps, converts light where it changes, folds tables and matrices, cuts passes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.filter import Constants, Filter, Floats, Matrix, Median, Separable, Table, Values, Window
from engine.kernels import Kernel
from engine.kernels.elementary import averaged
from engine.light import SRGB, ToneCurve, decode, encode
from engine.plan import LightMode, Pass, Plan, Stage, splits, tile
from engine.stack import Stack

NETWORKS = 3
"""Medians up to this radius are found by a network of comparisons, larger ones by halving: 746 against 5,200 ms at 3."""
Singles: TypeAlias = NDArray[np.float32]
TOPS = {"uint8": 255, "uint16": 65535}
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Curve:
    """A table filter or a light conversion with its constants."""

    function: Callable[[Any, Constants], Any]
    constants: Constants
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Affine:
    """One or more matrices as one, 4 x 4."""

    rows: Floats
    label: str
    colours: bool
    """Whether one of them gives a grey picture colour: it has three channels from there on, whatever follows."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A window filter with its values."""

    window: Window
    values: Values
    label: str


Operation = Curve | Affine | Neighbours


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
    operations, dropped = _operations(stack, light, tone)
    folded = _fold(operations, grey=shape[2] < 3)
    height, width, channels = shape
    passes, channels_out = _Builder(width, channels, dtype).build(folded)
    return Plan(height, width, channels, channels_out, dtype, light, passes, tuple(dropped))


def _operations(stack: Stack, light: LightMode, tone: ToneCurve) -> tuple[list[Operation], list[str]]:
    """The steps that do something, with conversions wherever the light that a filter asks for changes."""
    operations: list[Operation] = []
    dropped = []
    present = "encoded"
    for step in stack.steps:
        declared, values = step.declaration, dict(step.values)
        if not step.on:
            continue
        if declared.is_neutral(values):
            dropped.append(declared.name)
            continue
        if light == "linear" and declared.light != present:
            operations.append(_conversion(declared.light, tone))
            present = declared.light
        operations.append(_operation(declared, values))
    if present == "linear":
        operations.append(_conversion("encoded", tone))
    return operations, dropped


def _conversion(to: str, tone: ToneCurve) -> Curve:
    if to == "linear":
        return Curve(decode, tone.decoding(), "to linear light")
    return Curve(encode, tone.encoding(), "to code values")


def _operation(declared: Filter, values: Values) -> Operation:
    kind = declared.kind
    if isinstance(kind, Table):
        return Curve(kind.curve, kind.constants(values), declared.name)
    if isinstance(kind, Matrix):
        rows = kind.rows(values)
        on_grey = _on_grey(rows)
        return Affine(np.vstack([rows, [0.0, 0.0, 0.0, 1.0]]), declared.name, not _same(on_grey, on_grey[0]))
    return Neighbours(kind, values, declared.name)


def _fold(operations: list[Operation], *, grey: bool) -> list[Operation]:
    """Neighbouring matrices multiplied into one, and left out where they change nothing."""
    folded: list[Operation] = []
    for operation in operations:
        before = folded[-1] if folded else None
        if isinstance(operation, Affine) and isinstance(before, Affine):
            label, colours = f"{before.label}, {operation.label}", before.colours or operation.colours
            folded[-1] = Affine(operation.rows @ before.rows, label, colours)
        else:
            folded.append(operation)
    kept: list[Operation] = []
    for operation in folded:
        if isinstance(operation, Affine):
            grey = grey and not operation.colours
            if _is_identity(operation.rows, grey):
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


class _Builder:
    """Turns operations into stages, pass by pass, keeping count of planes and of how the data lie."""

    def __init__(self, width: int, channels: int, dtype: str) -> None:
        self.width, self.planes, self.dtype = width, channels, dtype
        self.stages: list[Stage] = []
        self.passes: list[Pass] = []

    def build(self, operations: list[Operation]) -> tuple[tuple[Pass, ...], int]:
        """The passes, and the channels of the result."""
        if not operations:
            return (), self.planes
        leading = []
        for operation in operations:
            if not isinstance(operation, Curve) or self.dtype not in TOPS:
                break
            leading.append(operation)
        if leading and len(leading) == len(operations):
            self._stage(Kernel("lookup", np.dtype(self.dtype).type), _labels(leading), self._codes(leading))
            return (tile(tuple(self.stages), self.width, self.dtype),), self.planes
        self._load(self.dtype, leading)
        for operation in operations[len(leading) :]:
            if isinstance(operation, Curve):
                self._stage(Kernel("curve", operation.function), operation.label, _padded(operation.constants))
            elif isinstance(operation, Affine):
                self._matrix(operation)
            else:
                self._window(operation)
        self._store(self.dtype)
        return tuple(self.passes), self.planes

    @property
    def has_alpha(self) -> bool:
        """Whether the last plane is alpha."""
        return self.planes % 2 == 0

    def _stage(
        self, kernel: Kernel, label: str, parameters: Floats | Singles | None = None, *, reach: int = 0, planes: int = 0
    ) -> None:
        numbers = np.zeros(1, np.float32) if parameters is None else parameters.astype(np.float32)
        self.stages.append(Stage(kernel, label, self.planes, planes or self.planes, numbers, reach))
        self.planes = planes or self.planes

    def _codes(self, curves: list[Curve]) -> Singles:
        """One table from codes to codes, its bytes dressed as float32."""
        top = TOPS[self.dtype]
        codes = np.floor(np.clip(_tabulate(curves, top), 0.0, 1.0) * top + 0.5).astype(self.dtype)
        return codes.view(np.float32)

    def _load(self, dtype: str, curves: list[Curve]) -> None:
        if dtype == "float32":
            self._stage(Kernel("load_float"), "float32 pixels to planes")
            return
        top = TOPS[dtype]
        if curves:
            tables = np.concatenate([_tabulate(curves, top), np.arange(top + 1) / top])
            label = f"codes to float32 planes through one table: {_labels(curves)}"
            self._stage(Kernel("load_table", np.dtype(dtype).type), label, tables)
        else:
            self._stage(Kernel("load_codes", (np.dtype(dtype).type, self.planes)), "codes to float32 planes")

    def _store(self, dtype: str) -> None:
        if dtype == "float32":
            self._stage(Kernel("store_float"), "planes to float32 pixels")
        else:
            self._stage(Kernel("store_codes", (np.dtype(dtype).type, self.planes)), "planes to codes, clipped and rounded")
        self.passes.append(tile(tuple(self.stages), self.width, dtype))
        self.stages = []

    def _matrix(self, affine: Affine) -> None:
        planes = self.planes + 2 if self.planes < 3 and affine.colours else self.planes
        self._stage(Kernel("matrix"), f"one matrix: {affine.label}", affine.rows[:3].ravel(), planes=planes)

    def _window(self, operation: Neighbours) -> None:
        window, values, name = operation.window, operation.values, operation.label
        step = window.step
        if isinstance(step, Separable):
            taps = step.taps(values)
            self._cut_before(len(taps) - 1)
            self._average(window, values, taps, name)
            return
        constants: Constants = ()
        if isinstance(step, Median):
            reach = step.radius(values)
            kernel = Kernel("median_network", reach) if reach <= NETWORKS else Kernel("median")
        else:
            reach, kernel, constants = step.reach, Kernel("neighbourhood", step.function), step.constants(values)
        self._cut_before(reach)
        self._stage(kernel, f"{name}, reach {reach} px", _padded(constants), reach=reach)

    def _average(self, window: Window, values: Values, taps: Constants, name: str) -> None:
        reach, planes = len(taps) - 1, self.planes
        label = f"{name}, reach {reach} px"
        parameters = np.array([planes, *taps])
        if window.combine is None and not self.has_alpha:
            self._stage(Kernel("separable"), label, parameters, reach=reach)
            return
        if window.combine is not None and not self.has_alpha:
            inputs = np.append(_padded(window.combine.constants(values)), taps)
            self._stage(Kernel("separable_combined", window.combine.function), label, inputs, reach=reach)
            return
        self._stage(Kernel("spread"), f"{name}: average and source", planes=2 * planes)
        self._stage(Kernel("separable"), label, parameters, reach=reach)
        combine = window.combine
        function = averaged if combine is None else combine.function
        constants = () if combine is None else combine.constants(values)
        finish = np.append(_padded(constants), 0.0 if combine is None else 1.0)
        self._stage(Kernel("gather", function), f"{name}: combine", finish, planes=planes)

    def _cut_before(self, reach: int) -> None:
        if splits(self.stages, reach):
            self._store("float32")
            self._load("float32", [])


def _tabulate(curves: list[Curve], top: int) -> Floats:
    """The curves in turn, in float64, for every code."""
    values: Floats = np.arange(top + 1) / top
    for curve in curves:
        values = curve.function(values, curve.constants)
    return values


def _padded(constants: Constants) -> Floats:
    return np.array([*constants, *[0.0] * (8 - len(constants))])


def _labels(curves: list[Curve]) -> str:
    return ", ".join(curve.label for curve in curves)
