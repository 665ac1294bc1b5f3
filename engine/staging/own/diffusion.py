"""Error diffusion: a pass of its own over codes as they lie, or over codes of 16 bits for whatever waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.diffusion import Diffusion, nearest
from engine.operation import Curve
from engine.staging import tables
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from engine.operation import Operation, Own

BESIDE = 2
"""Numbers of scratch beside a row."""


def add(draft: Draft, operation: Own, following: list[Operation]) -> None:
    """The levels are rounded to codes; what follows reads them as if they were not."""
    kind = operation.kind
    assert isinstance(kind, Diffusion)
    steps = kind.levels(operation.values) - 1
    whole = draft.dtype in tables.TOPS
    wide = whole and not (draft.is_codes and not draft.curves)
    if wide:
        draft.to_numbers()
        draft.to_16_bits()
    elif not whole:
        draft.to_codes()
    if draft.stages or draft.is_part:
        draft.take()
        draft.cut()
    levels = np.arange(steps + 1) / steps
    shown = np.floor(levels * tables.TOPS[draft.dtype] + 0.5).astype(np.int32) if whole else levels.astype(np.float32)
    head = np.array([draft.channels, draft.has_alpha, steps], np.int32)
    made = np.dtype(draft.dtype).type
    draft.add(
        Kernel("diffusion", (np.uint16 if wide else made, made)),
        f"{operation.label}: {steps + 1} levels, each row after the one above",
        np.concatenate([head.view(np.float32), shown.view(np.float32)]),
        target=draft.pixels,
        scratch=draft.channels * SINGLE,
        bench=BESIDE * draft.channels * SINGLE,
        ordered=True,
    )
    if following:
        draft.cut()
    if whole and following:
        draft.curves.append(Curve(nearest, (steps, 0.5, 1.0 / steps), f"levels of {operation.label}"))
