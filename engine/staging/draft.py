"""The plan while it is being made: the stages so far, and how the picture lies in memory behind them."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.accuracy import SMALL, Span, after
from engine.kernels import Kernel
from engine.plan import Axis, Form, Pass, Settled, Stage, splits, tile
from engine.staging import fixed, joins, tables
from engine.staging.program import NOTHING, Allowance, Function, Instruction, Join, apart, said, scale, spline, sweep

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.operation import Curve, Operation

SINGLE = 4
"""Bytes of a float32 number."""


class Draft:
    """A picture is first `codes`, interleaved as in memory, and then float32 planes; what it is decides the kernels.

    Curves on codes wait in `curves` for whoever reads the codes next, and become its table. What else is done to single
    pixels waits in `program` for the stage that makes planes or the result; `following` are the operations behind.
    There may be interleaved float32 numbers, too, or 16-bit codes for the values of a span (`engine.staging.fixed`).
    """

    def __init__(
        self, shape: tuple[int, int, int], dtype: str, tolerance: float = SMALL, allowance: Allowance = NOTHING
    ) -> None:
        self.source = shape[:2]
        self.dtype, self.channels = dtype, shape[2]
        self.rows, self.columns = Axis(shape[0]), Axis(shape[1])
        self.itemsize, self.tolerance = np.dtype(dtype).itemsize, tolerance
        """The part of its span that each window's average may be off by, for pictures of 8 and 16 bits."""
        self.fixed: Span | None = None
        """What 16-bit codes stand for, lowest to highest, where the picture is such codes."""
        self.form, self.stored = self.pixels, shape[2]
        """Channels of the picture as it lies; the program may make it more."""
        self.curves: list[Curve] = []
        self.program: list[Instruction | Function | Join] = []
        self.following: list[Operation] = []
        self.allowance = allowance
        """What each spline may cost the result, for pictures of 8 and 16 bits."""
        self.stages: list[Stage] = []
        self.passes: list[Pass] = []
        self.span, self.is_part = Span(0.0, 1.0), False
        """What samples may be, and whether the pass begins with a part of what lies in memory."""

    @property
    def has_alpha(self) -> bool:
        """Whether the last channel is alpha."""
        return self.channels % 2 == 0

    @property
    def pixels(self) -> Form:
        """How the result lies."""
        return Form(1, self.channels * self.itemsize)

    @property
    def is_codes(self) -> bool:
        """Whether the picture lies as the result will, with nothing but curves waiting."""
        return self.fixed is None and not self.program and self.form == self.pixels

    @property
    def is_wide(self) -> bool:
        """Whether samples are float32 numbers, in planes or not, or will be."""
        return self.fixed is None and (not self.is_codes or self.dtype == "float32")

    @property
    def bits(self) -> int:
        """Of a sample of interleaved pixels; 0 for planes, as grey pixels of float32 are."""
        if self.form.planes > 1 or (self.stored == 1 and self.form.pixel == SINGLE):
            return 0
        return 8 * self.form.pixel // self.stored

    @property
    def size(self) -> tuple[int, int]:
        """Height and width at this place of the plan."""
        return self.rows.size, self.columns.size

    @property
    def in_memory(self) -> int:
        """The pass that made the picture that lies there; -1 is the picture as it was."""
        return max((place for place, each in enumerate(self.passes) if not each.counters), default=-1)

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
        other: int | None = None,
        counters: int = 0,
        settled: Settled | None = None,
        ordered: bool = False,
    ) -> None:
        """One more stage; its output lies like its input unless `target` says how. Parameters become float32."""
        if free and self.is_part:
            self.take()
            self.cut()
        numbers = np.zeros(1, np.float32) if parameters is None else parameters.astype(np.float32, copy=False)
        source, self.form = self.form, target or self.form
        stage = Stage(
            *(kernel, label, source, self.form, numbers, self.rows, self.columns),
            *(reach, scratch, free, sideways, bench, inside, group),
            other=other,
            counters=counters,
            settled=settled,
            ordered=ordered,
        )
        self.resize(Axis(self.rows.size), Axis(self.columns.size))
        self.stages.append(stage)
        if target is not None:
            self.stored = self.channels

    def keep(self, top: int, left: int, size: tuple[int, int]) -> None:
        """Go on with a part: the last stage makes no more, or the next begins there in the picture in memory."""
        self.settle_places()
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
        before = next((each.size for each in reversed(self.passes) if not each.counters), self.source)
        self.passes.append(tile(tuple(self.stages), before))
        self.stages = []

    def branch(self) -> Draft:
        """A draft that goes on from here, as far as the picture in memory, and leaves this one as it is."""
        other = copy.copy(self)
        other.curves, other.program = [*self.curves], [*self.program]
        other.stages, other.passes = [*self.stages], [*self.passes]
        return other

    def take(self) -> None:
        """Have the rows in a buffer, where borders are replicated: a window cannot read them from memory."""
        if not self.stages:
            self.add(Kernel("take"), "rows from memory")

    def to_numbers(self) -> None:
        """Codes count as float32 numbers from here on; the curves that wait begin the program, or fill a table."""
        if self.fixed is not None:
            fixed.to_numbers(self, self.fixed)
            return
        if not self.is_codes or self.dtype not in tables.TOPS:
            return
        curves, self.curves, self.span = self.curves, [], Span(0.0, 1.0)
        if curves and not self.follow(curves):
            label = f"codes to float32 planes through one table: {tables.labels(curves)}"
            kernel = Kernel("load_table", np.dtype(self.dtype).type)
            self.add(kernel, label, tables.numbers(curves, self.dtype), target=Form(self.channels, SINGLE))
        for curve in curves:
            self.span = after(curve, self.span)

    def follow(self, curves: list[Curve], rest: list[Curve] | None = None) -> bool:
        """Have the program follow the curves by one line or spline that is true enough for the rest and what follows.

        Float32 pictures have no splines: their samples know no bounds.
        """
        if len(curves) == 1 and curves[0].is_line:
            self.program.append(scale(curves[0]))
            return True
        if self.dtype not in tables.TOPS:
            return False
        made = spline(curves, self.span, self.allowance, [*(rest or []), *self.following])
        if made is not None:
            self.program.append(made)
        return made is not None

    def to_planes(self) -> None:
        """Float32 planes, with all done to single pixels that waits."""
        self.to_numbers()
        if self.program or self.bits:
            self._sweep(Form(self.channels, SINGLE), 0)

    def settle(self) -> None:
        """What waits in the program is done; float32 samples lie as they did."""
        if self.program and self.bits:
            self._sweep(Form(1, self.channels * SINGLE), 32)
        elif self.program:
            self._sweep(Form(self.channels, SINGLE), 0)

    def settle_places(self) -> None:
        """What asks where a pixel is counts in the picture as it lies now: it is done before pixels move."""
        if not all(isinstance(each, Instruction) for each in self.program):
            self.settle()

    def to_16_bits(self) -> None:
        """What waits in the program is done; interleaved codes of 16 bits for 0 to 1."""
        self._sweep(Form(1, 2 * self.channels), 16)

    def _sweep(self, target: Form, bits: int) -> None:
        """The stage that does what waits; `bits` of a sample of the result, 0 for planes."""
        layout = (self.bits, self.stored, bits, self.channels)
        if (first := apart(self.program, layout)) is not None:
            self.program, rest = self.program[:first], self.program[first:]
            self._sweep(Form(self.channels, SINGLE), 0)
            self.program = rest
            self._sweep(target, bits)
            return
        kernel, numbers = sweep(self.program, layout)
        settled = next((each.settled for each in self.program if isinstance(each, Function)), None)
        other = next((each.other for each in self.program if isinstance(each, Join)), None)
        if other is not None and bits == 0:
            joins.put_beside(self, other)
            other = None
        made = None if other is None else other.made
        self.add(kernel, said(self.program, layout[0], bits), numbers, target=target, other=made, settled=settled)
        self.program = []

    def to_single(self) -> None:
        """Codes become float32 numbers that lie as they did, through all that waits."""
        if self.is_wide:
            self.settle()
            return
        kind, wide = np.dtype(self.dtype).type, Form(1, self.channels * SINGLE)
        if self.curves:
            label = f"codes to float32 through one table: {tables.labels(self.curves)}"
            self.add(Kernel("single_table", (kind, "")), label, tables.values(self.curves, self.dtype), target=wide)
        else:
            self.add(Kernel("single", kind), "codes to float32", target=wide)
        self._pass_curves()

    def to_single_pixels(self) -> None:
        """Interleaved float32 pixels, with all that waits done."""
        if self.has_alpha or self.fixed is not None:
            self.to_planes()
        self.to_single()
        if self.form.planes > 1:
            self._sweep(Form(1, self.channels * SINGLE), 32)

    def _pass_curves(self) -> None:
        """The curves that waited are part of a table."""
        self.span, self.curves = self.behind_curves(), []

    def to_codes(self) -> None:
        """The picture lies as the result will; curves that wait for codes go on waiting."""
        if self.is_codes:
            return
        if self.fixed is not None:
            fixed.to_codes(self, self.fixed)
            self._pass_curves()
            self.fixed = None
        elif not self.program and self.form == Form(1, self.channels * SINGLE):
            kernel, full = Kernel("narrow", np.dtype(self.dtype).type), np.array([tables.TOPS[self.dtype], 0.5])
            self.add(kernel, "float32 to codes, clipped and rounded", full, target=self.pixels)
        else:
            self._sweep(self.pixels, 8 * self.itemsize)

    def finish(self) -> tuple[Pass, ...]:
        """The passes, when all operations are staged."""
        self.to_codes()
        self.span = Span(0.0, 1.0)
        if self.curves and self.dtype == "uint16" and self.follow(self.curves):
            # A table of as many entries lies beyond the L1 cache (24 Mpx RGB: 50 ms of CPU, 30 by a spline).
            self.to_16_bits()
        elif self.curves:
            bytewise = Kernel("lookup_bytes", (self.channels if self.has_alpha else 0, ""))
            kernel = bytewise if self.dtype == "uint8" else Kernel("lookup", np.dtype(self.dtype).type)
            self.add(kernel, tables.labels(self.curves), tables.codes(self.curves, self.dtype))
        self.take()
        self.cut()
        return tuple(self.passes)
