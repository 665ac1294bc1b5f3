"""Blocks: a small picture of their means in memory, then each of its pixels as a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from engine.kernels import Kernel
from engine.plan import Axis, Form
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from engine.kinds.pixelate import Pixelate
    from engine.operation import Operation, Own


def add(draft: Draft, operation: Own, following: list[Operation]) -> None:  # noqa: ARG001 - nothing can be joined
    """Two passes, and one before them for whatever waits."""
    draft.to_single_pixels()
    if draft.is_part:
        draft.take()
    if draft.stages:
        draft.cut()
    side, (height, width) = cast("Pixelate", operation.kind).side(operation.values), draft.size
    number, form = np.array([side], np.int32).view(np.float32), Form(1, SINGLE * draft.channels)
    draft.resize(Axis(-(-height // side)), Axis(-(-width // side)))
    draft.add(Kernel("block_means", draft.channels), f"{operation.label}: means", number, target=form, free=True)
    draft.cut()
    draft.resize(Axis(height), Axis(width))
    draft.add(Kernel("blocks", form.pixel), f"{operation.label}: blocks of {side} px", number, target=form, free=True)
