"""Borders: one stage that moves pixels as they lie in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from engine.kernels import Kernel
from engine.plan import Axis
from engine.staging.draft import Draft
from engine.staging.tables import TOPS

if TYPE_CHECKING:
    from engine.kinds.canvas import Canvas
    from engine.operation import Operation, Own


def add(draft: Draft, operation: Own, following: list[Operation]) -> None:  # noqa: ARG001 - nothing can be joined
    """Codes that nothing waits for are moved as codes, else float32 pixels."""
    if draft.curves or not draft.is_codes:
        draft.to_single_pixels()
    if draft.is_part:
        draft.take()
    if draft.stages:
        draft.cut()
    kind, (height, width) = cast("Canvas", operation.kind), operation.before
    draft.resize(Axis(operation.size[0]), Axis(operation.size[1]))
    around, pixel = kind.width(operation.values, operation.before), kind.pixel(operation.values, draft.channels)
    samples = np.zeros(draft.channels) if pixel is None else np.array(pixel)
    if draft.is_codes and draft.dtype in TOPS:
        samples = np.floor(samples * TOPS[draft.dtype] + 0.5).astype(draft.dtype)
    lying = samples.astype(draft.dtype if draft.is_codes else np.float32).tobytes()
    whole = np.frombuffer(lying + bytes(-len(lying) % 4), np.float32)
    place = np.array([around, around, height, width], np.int32).view(np.float32)
    kernel = Kernel("canvas", (draft.form.pixel, int(pixel is None)))
    draft.add(kernel, f"{operation.label}: {around} px", np.concatenate([place, whole]), free=True)
