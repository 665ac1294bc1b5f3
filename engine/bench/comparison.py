"""What is compared with what, as values: our stack and the calls of other libraries that do the same. Runs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[Any]
"""Height x width x 3, C-contiguous."""
Work: TypeAlias = Callable[[], object]
"""Something to time, all preparation done."""
Depth = Literal["uint8", "uint16", "float32"]
DEPTHS: tuple[Depth, ...] = ("uint8", "uint16", "float32")
WHOLE_DEPTHS: tuple[Depth, ...] = ("uint8", "uint16")
TITLES: dict[Depth, str] = {"uint8": "8-bit", "uint16": "16-bit", "float32": "float32"}
LEVELS = {"uint8": 255.0, "uint16": 65535.0, "float32": 65535.0}
"""What errors are counted in: the codes of the depth, and 16-bit codes for float32."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A call of another library: a module of `engine.bench.peers`, a function of it and what that is given."""

    library: str
    function: str
    arguments: tuple[Any, ...] = ()
    depths: tuple[Depth, ...] = DEPTHS
    """Those that the call takes."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One piece of work, ours as a stack and theirs as calls."""

    stack: tuple[str, ...]
    rivals: tuple[Rival, ...]
    title: str = ""
    """Of a chain; the specification speaks for a single filter."""
    depths: tuple[Depth, ...] = ("uint8",)
    listed: bool = True
    """Whether it counts in the geometric mean."""
    aim: float | None = 1.0
    """How many times as fast as the fastest peer; None where nothing is asked."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.title or self.stack[0]


def levels(pixels: Pixels) -> NDArray[np.float64]:
    """Samples in the unit of errors."""
    scale = LEVELS[pixels.dtype.name] if pixels.dtype == np.float32 else 1.0
    return pixels.astype(np.float64) * scale
