"""What will run: passes of stages with their tiles and scratch, as plain values. No clock, no thread, no compiler."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from engine.kernels import Kernel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LightMode = Literal["linear", "encoded"]
"""`linear`: each filter works in the light it declares. `encoded`: no conversion anywhere, as most tools do."""

CHUNK = 16
"""Rows that pass through all stages at a time."""
CACHE_SAMPLES = 128 * 1024
"""Float32 samples that a worker's buffers may take: what a core has of L2 and a part of L3."""
APART, BESIDE = 512, 144
"""Rows lie BESIDE modulo APART samples from each other: a power of two would put a column into one set of the L1 cache
(Gaussian sigma 1, 24 Mpx: 95 ms of CPU at a stride of 1,034 samples)."""
WIDTHS = (4096, 2048, 1024, 512, 256)
RECOMPUTED = 1.25
"""A pass ends before a window whose halo would make an earlier window compute this many times its pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One compiled function that makes rows from rows."""

    kernel: Kernel
    label: str
    """What it does, for people."""
    planes_in: int
    planes_out: int
    parameters: NDArray[np.float32]
    reach: int = 0
    """Pixels beyond the output on each side that it reads."""


@dataclass(frozen=True, slots=True, eq=False)
class Pass:
    """Stages that a picture goes through in one sweep; the first loads from memory and the last stores."""

    stages: tuple[Stage, ...]
    tile_rows: int
    tile_columns: int
    dtype: str
    """Of what the last stage stores."""

    @property
    def reach(self) -> int:
        """Of all stages together."""
        return sum(stage.reach for stage in self.stages)

    def after(self, index: int) -> int:
        """The reach of all stages behind one."""
        return sum(stage.reach for stage in self.stages[index + 1 :])

    def buffer(self, index: int) -> tuple[int, int]:
        """Rows and columns of the buffer for one stage's output: room for the next one's window and two chunks."""
        columns = self.tile_columns + 2 * self.after(index)
        return 3 * self.stages[index + 1].reach + 2 * CHUNK, columns + (BESIDE - columns) % APART

    def scratch(self) -> int:
        """Samples that a stage may use while it makes one row."""
        return 4 * (self.tile_columns + 2 * self.reach)

    def touched(self) -> int:
        """Samples of all buffers that are ever read or written: what has to fit the cache."""
        rows = [stage.planes_out * self.buffer(k)[0] for k, stage in enumerate(self.stages[:-1])]
        return sum(count * (self.tile_columns + 2 * self.after(k)) for k, count in enumerate(rows)) + self.scratch()

    def samples(self) -> int:
        """Samples of a worker's arena: all buffers, then the scratch."""
        shapes = [(stage.planes_out, *self.buffer(k)) for k, stage in enumerate(self.stages[:-1])]
        return sum(planes * rows * columns for planes, rows, columns in shapes) + self.scratch()


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How one picture is made from another. No passes: the result is a copy."""

    height: int
    width: int
    channels_in: int
    channels_out: int
    dtype: str
    light: LightMode
    passes: tuple[Pass, ...]
    dropped: tuple[str, ...]
    """Steps that would change nothing."""

    def explain(self) -> list[str]:
        """The plan in lines for people."""
        depth = {"uint8": "8-bit", "uint16": "16-bit", "float32": "float32"}[self.dtype]
        lines = [f"{self.width} x {self.height}, {self.channels_in} channels, {depth}, light {self.light}"]
        lines += [f"dropped  {name}: changes nothing" for name in self.dropped]
        for number, each in enumerate(self.passes, start=1):
            lines.append(
                f"pass {number}   bands of {each.tile_rows} rows in tiles of {each.tile_columns} columns, "
                f"halo {each.reach} px, {each.samples() * 4 // 1024} kB a worker"
            )
            lines += [f"  {stage.kernel.module:<14}{stage.label}" for stage in each.stages]
        return lines if self.passes else [*lines, "nothing to do: the result is a copy"]


def tile(stages: tuple[Stage, ...], width: int, dtype: str) -> Pass:
    """Stages with the widest tile whose buffers stay in cache, at least four times as wide as the reach."""
    reach = sum(stage.reach for stage in stages)
    rows = min(max(64, 16 * reach // 32 * 32), 256)
    narrowest = max(WIDTHS[-1], 4 * reach)
    for columns in WIDTHS:
        candidate = Pass(stages, rows, max(columns, narrowest), dtype)
        if candidate.touched() <= CACHE_SAMPLES:
            break
    return Pass(stages, rows, min(candidate.tile_columns, width), dtype)


def splits(stages: list[Stage], reach: int) -> bool:
    """Whether a window of that reach should begin a new pass after these stages."""
    if not any(stage.reach for stage in stages):
        return False
    side = 256.0
    return (1.0 + 2.0 * reach / side) * (1.0 + 2.0 * reach / (2.0 * side)) > RECOMPUTED
