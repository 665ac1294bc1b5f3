"""Marks: one stage, which is told the mark's pixels as its parameters, a line of each channel after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from engine.kernels import Kernel
from engine.operation import Affine
from engine.plan import Axis, Form
from engine.staging.draft import SINGLE, Draft
from engine.staging.program import matrix

if TYPE_CHECKING:
    from engine.kinds.overlay import Overlay
    from engine.operation import Operation, Own


def add(draft: Draft, operation: Own, following: list[Operation]) -> None:  # noqa: ARG001 - nothing can be joined
    """A grey picture gets its colours before."""
    kind, values, size = cast("Overlay", operation.kind), operation.values, operation.size
    mark = kind.mark(values, size)
    height, width = mark.shape[:2]
    place = kind.place(values, size, (height, width))
    draft.to_numbers()
    if draft.channels < 3 and kind.colours(values):
        draft.channels += 2
        draft.program.append(matrix(Affine(np.eye(4), "grey as three channels", True)))
    draft.to_planes()
    if (draft.rows, draft.columns) != (Axis(size[0]), Axis(size[1])):
        # The stage would count from the corner of the picture that this one is cut from.
        draft.add(Kernel("take"), "the rows that are kept")
    head = np.array([place.top, place.left, place.down, place.across, height, width], np.int32)
    stride = -(-width // SINGLE)
    numbers = np.zeros(head.size + 4 * height * stride, np.float32)
    numbers[: head.size] = head.view(np.float32)
    lines = numbers[head.size :].view(np.uint8).reshape(height, 4, SINGLE * stride)
    lines[..., :width] = mark.transpose(0, 2, 1)
    label = f"{operation.label}: {width} x {height} px{', tiled' if place.down else ''}"
    draft.add(Kernel("overlay"), label, numbers, target=Form(draft.channels, SINGLE))
