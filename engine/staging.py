"""From folded operations to passes of stages with their parameters. Chooses kernels; compiles and runs none."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.accuracy import Span, after, tail
from engine.filter import Constants, Floats, Median, Separable, Values, Window
from engine.kernels import Kernel
from engine.kernels.elementary import averaged
from engine.operation import Affine, Curve, Neighbours, Operation
from engine.plan import Pass, Stage, splits, tile

NETWORKS = 3
"""Medians up to this radius are found by a network of comparisons, larger ones by halving (at 3: 746, not 5,200 ms)."""
Singles: TypeAlias = NDArray[np.float32]
TOPS = {"uint8": 255, "uint16": 65535}


class Staging:
    """Turns operations into stages, pass by pass, keeping count of planes and of the values they may hold."""

    def __init__(self, width: int, channels: int, dtype: str) -> None:
        self.width, self.planes, self.dtype = width, channels, dtype
        self.stages: list[Stage] = []
        self.passes: list[Pass] = []
        self.span = Span(0.0, 1.0)

    def passes_for(self, operations: list[Operation]) -> tuple[tuple[Pass, ...], int]:
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
        for place, operation in enumerate(operations[len(leading) :], start=len(leading) + 1):
            if isinstance(operation, Curve):
                self._stage(Kernel("curve", operation.function), operation.label, _padded(operation.constants))
            elif isinstance(operation, Affine):
                self._matrix(operation)
            else:
                self._window(operation, operations[place:])
            self.span = after(operation, self.span)
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
            for curve in curves:
                self.span = after(curve, self.span)
            tables = np.concatenate([_tabulate(curves, top), np.arange(top + 1) / top])
            label = f"codes to float32 planes through one table: {_labels(curves)}"
            self._stage(Kernel("load_table", np.dtype(dtype).type), label, tables)
        else:
            self._stage(Kernel("load_codes", (np.dtype(dtype).type, self.planes)), "codes to float32 planes")

    def _store(self, dtype: str) -> None:
        if dtype == "float32":
            self._stage(Kernel("store_float"), "planes to float32 pixels")
        else:
            self._stage(
                Kernel("store_codes", (np.dtype(dtype).type, self.planes)), "planes to codes, clipped and rounded"
            )
        self.passes.append(tile(tuple(self.stages), self.width, dtype))
        self.stages = []

    def _matrix(self, affine: Affine) -> None:
        planes = self.planes + 2 if self.planes < 3 and affine.colours else self.planes
        self._stage(Kernel("matrix"), f"one matrix: {affine.label}", affine.rows[:3].ravel(), planes=planes)

    def _window(self, operation: Neighbours, following: list[Operation]) -> None:
        window, values, name = operation.window, operation.values, operation.label
        step = window.step
        if isinstance(step, Separable):
            taps = step.taps(values, tail(self.dtype, self.span, operation, following))
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
