"""Colours magnified against each other: one stage reads interleaved float32 pixels of memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from engine.kernels import Kernel
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from engine.kinds.fringes import Fringes
    from engine.operation import Operation, Own


def add(draft: Draft, operation: Own, following: list[Operation]) -> None:  # noqa: ARG001 - nothing can be joined
    """What was done before ends in memory; a grey picture has no colours that could part."""
    channels = draft.channels
    if channels < 3:
        return
    draft.to_single_pixels()
    if draft.is_part:
        draft.take()
    if draft.stages:
        draft.cut()
    red, blue = cast("Fringes", operation.kind).magnified(operation.values)
    height, width = operation.before
    numbers = np.zeros(20)
    numbers[:2], numbers[16:] = (1.0 / red, 1.0 / blue), (width, height, width, height)
    kernel, target = Kernel("fringes", channels), Form(1, SINGLE * channels)
    draft.add(kernel, f"{operation.label}: bicubic", numbers.view(np.float32), target=target, free=True)
