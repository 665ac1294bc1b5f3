"""Warped pictures: one stage reads interleaved float32 pixels of memory wherever it likes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from engine.kernels import Kernel
from engine.plan import Axis, Form
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.kinds.warp import Warp
    from engine.operation import Operation, Own

CONSTANTS = 16
"""Numbers that the function takes."""
TAPS = {"bicubic": 4, "bilinear": 2}


def add(draft: Draft, operation: Own, following: list[Operation]) -> None:  # noqa: ARG001 - nothing can be joined
    """What was done before ends in memory."""
    kind, values = cast("Warp", operation.kind), operation.values
    draft.to_single_pixels()
    if draft.is_part:
        draft.take()
    if draft.stages:
        draft.cut()
    (height, width), channels = operation.size, draft.channels
    draft.resize(Axis(height), Axis(width))
    name, beyond = kind.kernel(values), kind.beyond(values)
    kernel = Kernel("warp", (kind.function, channels, TAPS[name], int(beyond == "edge")))
    label = f"{operation.label}: {name}, beyond the border {beyond}"
    draft.add(kernel, label, _parameters(operation, channels), target=Form(1, SINGLE * channels), free=True)


def _parameters(operation: Own, channels: int) -> NDArray[np.float32]:
    """Float64 numbers as two float32 each, then a pixel of what lies beyond the border."""
    kind, values = cast("Warp", operation.kind), operation.values
    constants = kind.constants(values, operation.before)
    sides = [*reversed(operation.before), *reversed(operation.size)]
    numbers = np.array([*constants, *[0.0] * (CONSTANTS - len(constants)), *sides])
    pixel = np.full(4, float(kind.beyond(values) == "white"), np.float32)
    if channels % 2 == 0:
        pixel[channels - 1] = float(kind.beyond(values) != "transparent")
    return np.concatenate([numbers.view(np.float32), pixel])
