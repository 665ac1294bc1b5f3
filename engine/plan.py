"""What will run: passes of stages with their tiles and scratch, as plain values. No clock, no thread, no compiler."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from engine.kernels import Kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LightMode = Literal["linear", "encoded"]
"""`linear`: each filter works in the light it declares. `encoded`: no conversion anywhere, as most tools do."""

CHUNK = 16
"""Rows that pass through all stages at a time."""
CACHE_BYTES = 512 * 1024
"""What a worker's buffers may take: what a core has of L2 and a part of L3."""
APART, BESIDE = 2048, 576
"""Rows lie BESIDE modulo APART bytes from each other: a power of two would put a column into one set of the L1 cache
(Gaussian sigma 1, 24 Mpx: 95 ms of CPU at a stride of 4,136 bytes)."""
ALIGNED = 64
COUNTER = 8
"""Bytes of a counter."""
WIDTHS = (8192, 4096, 2048, 1024, 512, 256)
NARROW = (128, 64, 32)
"""Widths where a picture is reduced, so that a tile lies over more columns than it has."""
RECOMPUTED = 1.25
"""A pass ends before a window whose halo would make an earlier window compute this many times its pixels."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a picture lies in memory: planes, and bytes for each pixel of a plane (interleaved pixels are one plane)."""

    planes: int
    pixel: int


@dataclass(frozen=True, slots=True)
class Axis:
    """One side of a stage's output: `size` pixels, of which r lies over source pixel (r + start) upper // lower."""

    size: int
    start: int = 0
    upper: int = 1
    lower: int = 1

    def under(self, place: int) -> int:
        """The source pixel below an output pixel."""
        return (place + self.start) * self.upper // self.lower

    def spanned(self, count: int) -> int:
        """Source pixels that `count` neighbouring output pixels lie over, at most."""
        return count if self.upper == self.lower else -(-count * self.upper // self.lower) + 1

    def cut(self, first: int, size: int) -> Axis:
        """The same for a part of the output."""
        return Axis(size, self.start + first, self.upper, self.lower)


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Numbers that are known when a picture is measured; quickly made, as the workers wait for them."""

    measuring: int
    """Which of the plan's measuring passes, counted from 0."""
    numbers: Callable[[NDArray[np.int64]], NDArray[Any]]
    """What follows from its counters."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One compiled function that makes rows from rows."""

    kernel: Kernel
    label: str
    """What it does, for people."""
    source: Form
    target: Form
    parameters: NDArray[Any]
    """float32 numbers, or what the kernel takes dressed as such."""
    rows: Axis
    columns: Axis
    reach: int = 0
    """Rows beyond the output above and below that it reads, and columns on each side unless `sideways` tells them."""
    scratch: int = 0
    """Bytes of scratch for each column of its output and for those in reach."""
    free: bool = False
    """It reads wherever it likes, so it comes first in its pass."""
    sideways: int | None = None
    """Columns on each side, where those are not as many as rows."""
    bench: int = 0
    """Bytes of scratch however wide its output."""
    inside: bool = False
    """It reads nothing beyond the picture: borders need not be replicated for it."""
    group: int = 1
    """Rows that it would rather make at a time than fewer: it waits for them."""
    other: int | None = None
    """It reads the result of that pass, too, as large as its own; -1 is the picture as it was."""
    counters: int = 0
    """Whole numbers of 8 bytes that it adds to, each worker to its own, instead of making rows."""
    ordered: bool = False
    """Its rows are made in order by one worker, alone in its pass: what it leaves in scratch is there for the next."""
    settled: Settled | None = None
    """The first of its parameters, where they follow from what an earlier pass has counted."""

    @property
    def beside(self) -> int:
        """Columns beyond the output on each side that it reads."""
        return self.reach if self.sideways is None else self.sideways


@dataclass(frozen=True, eq=False)
class Pass:
    """Stages that a picture goes through in one sweep; the first loads from memory and the last stores."""

    stages: tuple[Stage, ...]
    tile_rows: int
    tile_columns: int
    source: tuple[int, int]
    """Height and width of what it reads."""

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of what it makes."""
        return self.stages[-1].rows.size, self.stages[-1].columns.size

    @property
    def counters(self) -> int:
        """Whole numbers that a measuring pass leaves instead of a picture: the next reads what this one read."""
        return self.stages[-1].counters

    @property
    def reach(self) -> int:
        """Of all stages together."""
        return sum(stage.reach for stage in self.stages)

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """For each stage but the last, the rows and columns that its buffer has to hold for one tile.

        Rows: what the next stage reads for one of its own, a chunk that is new, and what it reads below the picture.
        """
        columns = self.tile_columns
        found = []
        for before, stage in reversed(tuple(pairwise(self.stages))):
            columns = stage.columns.spanned(columns) + 2 * stage.beside
            rows = max(CHUNK, stage.rows.spanned(1)) + CHUNK + 3 * stage.reach
            if stage.inside:
                rows, columns = min(rows, before.rows.size + CHUNK), min(columns, before.columns.size)
            found.append((rows, columns))
        return tuple(reversed(found))

    def buffer(self, index: int) -> tuple[int, int]:
        """Rows, and bytes from one to the next, of the buffer for one stage's output."""
        rows, columns = self.spans[index]
        needed = -(-columns * self.stages[index].target.pixel // ALIGNED) * ALIGNED
        return rows, needed + (BESIDE - needed) % APART

    def scratch(self) -> int:
        """Bytes that a stage may use while it makes rows."""
        widths = [columns for _, columns in self.spans] + [self.tile_columns]
        pairs = zip(self.stages, widths, strict=True)
        return ALIGNED + max(stage.bench + stage.scratch * (width + 2 * stage.beside) for stage, width in pairs)

    def touched(self) -> int:
        """Bytes of all buffers that are ever read or written: what has to fit the cache."""
        pairs = zip(self.stages[:-1], self.spans, strict=True)
        return sum(stage.target.planes * stage.target.pixel * rows * columns for stage, (rows, columns) in pairs) + (
            self.scratch()
        )

    def arena(self) -> int:
        """Bytes of all buffers, without scratch."""
        buffers = [(stage.target.planes, *self.buffer(k)) for k, stage in enumerate(self.stages[:-1])]
        return sum(planes * rows * stride for planes, rows, stride in buffers)

    def memory(self) -> int:
        """Bytes that each worker needs."""
        return self.arena() + self.scratch() + COUNTER * self.counters

    @property
    def traffic(self) -> float:
        """Bytes read from memory and written to it for each pixel made."""
        first, last = self.stages[0].source, self.stages[-1].target
        axes = [axis for stage in self.stages for axis in (stage.rows, stage.columns)]
        ratio = math.prod(axis.upper / axis.lower for axis in axes)
        return first.planes * first.pixel * ratio + last.planes * last.pixel


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How one picture is made from another. No passes: the result is a copy."""

    height: int
    width: int
    channels_in: int
    height_out: int
    width_out: int
    channels_out: int
    dtype: str
    light: LightMode
    passes: tuple[Pass, ...]
    dropped: tuple[str, ...]
    """Steps that would change nothing."""

    @property
    def shape_out(self) -> tuple[int, int, int]:
        """Of the result."""
        return self.height_out, self.width_out, self.channels_out

    def memory(self) -> int:
        """Bytes of the result and of what lies between passes, at most at one time."""
        itemsize = {"uint8": 1, "uint16": 2, "float32": 4}[self.dtype]
        result = self.height_out * self.width_out * self.channels_out * itemsize
        between = [each.size[0] * each.size[1] * _bytes(each.stages[-1].target) for each in self.passes[:-1]]
        alive = [
            sum(between[made] for made in range(min(place + 1, len(between))) if self.needed(made) >= place)
            for place in range(len(self.passes))
        ]
        return result + max(alive, default=0) + COUNTER * sum(each.counters for each in self.passes)

    def needed(self, made: int) -> int:
        """The last pass that reads what pass `made` makes."""
        readers = [place for place, each in enumerate(self.passes) for stage in each.stages if stage.other == made]
        making = (place for place, each in enumerate(self.passes) if place > made and not each.counters)
        return max([next(making, made + 1), *readers])

    def explain(self) -> list[str]:
        """The plan in lines for people."""
        depth = {"uint8": "8-bit", "uint16": "16-bit", "float32": "float32"}[self.dtype]
        lines = [f"{self.width} x {self.height}, {self.channels_in} channels, {depth}, light {self.light}"]
        lines += [f"dropped  {name}: changes nothing" for name in self.dropped]
        for number, each in enumerate(self.passes, start=1):
            height, width = each.size
            size = "" if each.size == (self.height, self.width) else f"makes {width} x {height}, "
            if each.counters:
                size = f"measures {width} x {height} and makes nothing, "
            lines.append(
                f"pass {number}   {size}bands of {each.tile_rows} rows in tiles of {each.tile_columns} columns, "
                f"halo {each.reach} px, {each.memory() // 1024} kB a worker, "
                f"{each.traffic:.3g} bytes of memory traffic a pixel"
            )
            lines += [f"  {stage.kernel.module:<18}{stage.label}" for stage in each.stages]
        return lines if self.passes else [*lines, "nothing to do: the result is a copy"]


def _bytes(form: Form) -> int:
    return form.planes * form.pixel


def tile(stages: tuple[Stage, ...], source: tuple[int, int]) -> Pass:
    """Stages with the widest tile whose buffers stay in cache, at least four times as wide as the reach."""
    down, across = _extent(stages, "rows"), _extent(stages, "columns")
    rows = min(max(round(64 / down.ratio), CHUNK, 16 * math.ceil(down.reach) // 32 * 32), 256)
    narrowest = max(round(WIDTHS[-1] / across.ratio), NARROW[-1], math.ceil(4 * across.reach))
    width = stages[-1].columns.size
    if stages[0].ordered:
        return Pass(stages, 4 * CHUNK, width, source)
    for columns in (*WIDTHS, *(each for each in NARROW if each > narrowest), narrowest):
        candidate = Pass(stages, rows, max(columns, narrowest), source)
        if candidate.touched() <= CACHE_BYTES:
            break
    return Pass(stages, rows, min(candidate.tile_columns, width), source)


@dataclass(frozen=True, slots=True)
class _Extent:
    """How stages lie over what they read, along one side."""

    ratio: float
    """Pixels read for each made, at least 1."""
    reach: float
    """Of all stages together, in pixels made."""


def _extent(stages: tuple[Stage, ...], side: Literal["rows", "columns"]) -> _Extent:
    ratio, reach = 1.0, 0.0
    for stage in reversed(stages):
        axis: Axis = getattr(stage, side)
        ratio *= axis.upper / axis.lower
        reach += (stage.reach if side == "rows" else stage.beside) / ratio
    return _Extent(max(1.0, ratio), reach)


def splits(stages: list[Stage], reach: int) -> bool:
    """Whether a window of that reach should begin a new pass after these stages."""
    if not any(stage.reach for stage in stages):
        return False
    side = 256.0
    return (1.0 + 2.0 * reach / side) * (1.0 + 2.0 * reach / (2.0 * side)) > RECOMPUTED
