"""Adaptive tones: a pass that counts the luma of each tile and makes nothing, then tables that follow from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.adaptive import LEVELS, Adaptive
from engine.light import LUMINANCE
from engine.plan import Form, Settled
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Values
    from engine.operation import Operation, Own

NOTHING = Form(1, 0)
WHOLE = 2.0**20
"""What a pixel counts."""


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """The counting pass, and a stage whose tables it settles."""
    kind, values, label = operation.kind, operation.values, operation.label
    assert isinstance(kind, Adaptive)
    if draft.stages:
        draft.cut()
    down, across = kind.grid(values, draft.size)
    whole_numbers = np.array([*draft.size, down, across], np.int32).view(np.float32)
    numbers = np.concatenate([np.array(LUMINANCE, np.float32), whole_numbers])
    branch = draft.branch()
    _to_whole_planes(branch)
    name, count = f"{across} x {down} tiles", down * across * LEVELS
    branch.add(Kernel("measure_tiles"), f"{label}: luma in {name}", numbers, target=NOTHING, counters=count)
    branch.cut()
    draft.passes.append(branch.passes[-1])
    measuring = sum(each.counters > 0 for each in draft.passes) - 1
    _to_whole_planes(draft)
    draft.add(
        Kernel("adaptive"),
        f"{label}: between the tables of {name}, by what pass {len(draft.passes)} has counted",
        np.concatenate([numbers, np.zeros(count, np.float32)]),
        target=draft.form,
        scratch=SINGLE,
        bench=across * LEVELS * SINGLE,
        settled=Settled(measuring, partial(_tables, kind, values, numbers)),
    )


def _to_whole_planes(draft: Draft) -> None:
    """Planes whose places count from 0."""
    draft.to_planes()
    if draft.is_part:
        draft.take()


def _tables(
    kind: Adaptive, values: Values, numbers: NDArray[np.float32], counts: NDArray[np.int64]
) -> NDArray[np.float32]:
    made = kind.tables(values, counts.reshape(-1, LEVELS) / WHOLE)
    return np.concatenate([numbers, made.ravel().astype(np.float32)])
