"""Whole-picture filters: a pass that counts and makes nothing, then what follows from the counts, with what is around.

The counting pass goes through the steps before the filter as far as the last picture in memory, and no copy is made.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.measured import CLASSES, Measured, Tabled
from engine.plan import Form, Settled
from engine.staging.draft import Draft
from engine.staging.pixels import make_way
from engine.staging.program import Function

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Constants, Floats, Values
    from engine.kinds.measured import Gathered
    from engine.operation import Operation, Own

NOTHING = Form(1, 0)
WHOLE = 2.0**30
"""What 1 counts as in sums."""
WORDS = {
    "tones": "count how often each tone of each channel is there",
    "luma": "count how often each luma is there",
    "means": "add up each channel",
}


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """The counting pass, and a part of the program or a look-up whose numbers it settles."""
    kind, values = operation.kind, operation.values
    assert isinstance(kind, Measured | Tabled)
    measuring = _count(draft, kind.gathers, operation.label)
    label = f"{operation.label}, by what pass {len(draft.passes)} has counted"
    if isinstance(kind, Measured):
        draft.to_numbers()
        make_way(draft)
        settled = Settled(measuring, partial(_constants, kind, values))
        draft.program.append(Function(kind.function, (), label, settled))
        return
    draft.to_planes()
    colours = draft.channels - 1 + draft.channels % 2
    settled = Settled(measuring, partial(_table, kind, values, colours))
    draft.add(Kernel("class_table"), label, np.zeros(colours * CLASSES), target=draft.form, settled=settled)


def _count(draft: Draft, gathers: Gathered, label: str) -> int:
    """The pass that counts; which of those it is."""
    if draft.stages:
        draft.cut()
    branch = draft.branch()
    branch.to_planes()
    colours = draft.channels - 1 + draft.channels % 2
    counters = {"tones": colours * CLASSES, "luma": CLASSES, "means": 2 * colours}[gathers]
    branch.add(Kernel(f"measure_{gathers}"), f"{label}: {WORDS[gathers]}", target=NOTHING, counters=counters)
    branch.cut()
    draft.passes.append(branch.passes[-1])
    return sum(each.counters > 0 for each in draft.passes) - 1


def statistics(gathers: Gathered, counts: NDArray[np.int64]) -> Floats:
    """What kinds are given, from the counters of a pass."""
    if gathers == "luma":
        return counts[np.newaxis].astype(np.float64)
    if gathers == "tones":
        rows = counts.reshape(-1, CLASSES).astype(np.float64)
    else:
        sums, pixels = counts.reshape(-1, 2).T
        rows = (sums / WHOLE / np.maximum(pixels, 1))[:, np.newaxis]
    return rows if len(rows) == 3 else np.repeat(rows, 3, axis=0)


def _constants(kind: Measured, values: Values, counts: NDArray[np.int64]) -> NDArray[np.float64]:
    made: Constants = kind.constants(values, statistics(kind.gathers, counts))
    return np.array(made)


def _table(kind: Tabled, values: Values, colours: int, counts: NDArray[np.int64]) -> Floats:
    made: Floats = kind.table(values, statistics(kind.gathers, counts))[:colours]
    return made.ravel()
