"""The plan while it is being made: the stages so far, and how the picture lies in memory behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.accuracy import SMALL, Span, after
from engine.kernels import Kernel
from engine.plan import Axis, Form, Pass, Stage, splits, tile
from engine.staging import fixed, tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Constants
    from engine.operation import Curve

SINGLE = 4
"""Bytes of a float32 number."""
NUMBERS = 8
"""Constants that a kernel takes."""


class Draft:
    """A picture is first `codes`, interleaved as in memory, and then float32 planes; what it is decides the kernels.

    Curves on 8- and 16-bit codes wait in `curves` for whoever reads the codes next, and become its table. In between
    there may be interleaved 16-bit codes for the values of a span, as `engine.staging.fixed` makes of 8-bit pictures.
    """

    def __init__(self, shape: tuple[int, int, int], dtype: str, tolerance: float = SMALL) -> None:
        self.source = shape[:2]
        self.dtype, self.channels = dtype, shape[2]
        self.rows, self.columns = Axis(shape[0]), Axis(shape[1])
        self.itemsize = np.dtype(dtype).itemsize
        self.tolerance = tolerance
        """The part of its span that each window's average may be off by, for pictures of 8 and 16 bits."""
        self.is_codes = True
        self.fixed: Span | None = None
        """What 16-bit codes stand for, lowest to highest, where the picture is such codes."""
        self.form = Form(1, self.channels * self.itemsize)
        self.curves: list[Curve] = []
        self.stages: list[Stage] = []
        self.passes: list[Pass] = []
        self.is_part = False
        """Whether the pass begins with a part of what lies in memory."""
        self.span = Span(0.0, 1.0)

    @property
    def has_alpha(self) -> bool:
        """Whether the last channel is alpha."""
        return self.channels % 2 == 0

    @property
    def is_wide(self) -> bool:
        """Whether samples are float32 numbers, in planes or not."""
        return self.fixed is None and (not self.is_codes or self.form.pixel == self.channels * SINGLE)

    @property
    def size(self) -> tuple[int, int]:
        """Height and width at this place of the plan."""
        return self.rows.size, self.columns.size

    def behind_curves(self) -> Span:
        """The values of samples behind the curves that wait."""
        span = self.span
        for curve in self.curves:
            span = after(curve, span)
        return span

    def add(
        self,
        kernel: Kernel,
        label: str,
        parameters: NDArray[Any] | None = None,
        *,
        reach: int = 0,
        target: Form | None = None,
        scratch: int = 0,
        free: bool = False,
        sideways: int | None = None,
        bench: int = 0,
        inside: bool = False,
        group: int = 1,
    ) -> None:
        """One more stage; its output lies like its input unless `target` says how. Parameters become float32."""
        if free and self.is_part:
            self.take()
            self.cut()
        numbers = np.zeros(1, np.float32) if parameters is None else parameters.astype(np.float32)
        source, self.form = self.form, target or self.form
        stage = Stage(
            *(kernel, label, source, self.form, numbers, self.rows, self.columns),
            *(reach, scratch, free, sideways, bench, inside, group),
        )
        self.resize(Axis(self.rows.size), Axis(self.columns.size))
        self.stages.append(stage)

    def keep(self, top: int, left: int, size: tuple[int, int]) -> None:
        """Go on with a part: the last stage makes no more, or the next begins there in the picture in memory."""
        if not self.stages:
            self.rows, self.columns = self.rows.cut(top, size[0]), self.columns.cut(left, size[1])
            self.is_part = True
            return
        last = self.stages[-1]
        rows, columns = last.rows.cut(top, size[0]), last.columns.cut(left, size[1])
        self.stages[-1] = replace(last, rows=rows, columns=columns)
        self.resize(Axis(size[0]), Axis(size[1]))

    def resize(self, rows: Axis, columns: Axis) -> None:
        """What the next stage makes of which rows and columns; a part that was to be read is forgotten."""
        self.rows, self.columns, self.is_part = rows, columns, False

    def cut_before(self, reach: int) -> None:
        """End the pass where a window of that reach would have too much computed twice."""
        if splits(self.stages, reach):
            self.cut()

    def cut(self) -> None:
        """End the pass; the picture lies in memory as it does here."""
        before = self.passes[-1].size if self.passes else self.source
        self.passes.append(tile(tuple(self.stages), before))
        self.stages = []

    def take(self) -> None:
        """Have the rows in a buffer, where borders are replicated: a window cannot read them from memory."""
        if not self.stages:
            self.add(Kernel("take"), "rows from memory")

    def to_planes(self) -> None:
        """Codes become float32 planes, through one table of the curves that wait."""
        if self.fixed is not None:
            fixed.to_planes(self, self.fixed)
        if not self.is_codes:
            return
        planes, kind = Form(self.channels, SINGLE), np.dtype(self.dtype).type
        if self.is_wide:
            self.add(Kernel("load_float"), "float32 pixels to planes", target=planes)
        elif self.curves:
            label = f"codes to float32 planes through one table: {tables.labels(self.curves)}"
            self.add(Kernel("load_table", kind), label, tables.numbers(self.curves, self.dtype), target=planes)
        else:
            full = np.array([1.0 / tables.TOPS[self.dtype], 0.0])
            self.add(Kernel("load_codes", (kind, self.channels)), "codes to float32 planes", full, target=planes)
        self._pass_curves()
        self.is_codes = False

    def to_single(self) -> None:
        """Codes become float32 numbers that lie as they did, through the curves that wait."""
        if self.is_wide:
            return
        kind, wide = np.dtype(self.dtype).type, Form(1, self.channels * SINGLE)
        if self.curves:
            label = f"codes to float32 through one table: {tables.labels(self.curves)}"
            self.add(Kernel("single_table", (kind, "")), label, tables.values(self.curves, self.dtype), target=wide)
        else:
            self.add(Kernel("single", kind), "codes to float32", target=wide)
        self._pass_curves()

    def _pass_curves(self) -> None:
        """The curves that waited are part of a table."""
        self.span, self.curves = self.behind_curves(), []

    def to_codes(self) -> None:
        """Planes become what the result is made of; curves that wait for codes go on waiting."""
        pixels, kind = Form(1, self.channels * self.itemsize), np.dtype(self.dtype).type
        if self.is_codes and self.form == pixels:
            return
        if self.fixed is not None:
            fixed.to_codes(self, self.fixed)
            self._pass_curves()
            self.fixed = None
        elif self.is_codes:
            full = np.array([tables.TOPS[self.dtype], 0.5])
            self.add(Kernel("narrow", kind), "float32 to codes, clipped and rounded", full, target=pixels)
        elif self.dtype == "float32":
            self.add(Kernel("store_float"), "planes to float32 pixels", target=pixels)
        else:
            kernel = Kernel("store_codes", (kind, self.channels))
            full = np.array([tables.TOPS[self.dtype], 0.5])
            self.add(kernel, "planes to codes, clipped and rounded", full, target=pixels)
        self.is_codes = True

    def finish(self) -> tuple[Pass, ...]:
        """The passes, when all operations are staged."""
        self.to_codes()
        if self.curves:
            bytewise = Kernel("lookup_bytes", (self.channels if self.has_alpha else 0, ""))
            kernel = bytewise if self.dtype == "uint8" else Kernel("lookup", np.dtype(self.dtype).type)
            self.add(kernel, tables.labels(self.curves), tables.codes(self.curves, self.dtype))
        self.take()
        self.cut()
        return tuple(self.passes)


def padded(constants: Constants) -> NDArray[np.float64]:
    """Constants as the numbers that every kernel with a filter's function takes."""
    return np.array([*constants, *[0.0] * (NUMBERS - len(constants))])
