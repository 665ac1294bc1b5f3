"""Whole-picture filters: a pass that counts and makes nothing, then what follows from the counts, with what is around.

The counting pass goes through the steps before the filter as far as the last picture in memory, and no copy is made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from engine.kernels import Kernel
from engine.kinds.measured import CLASSES, Measured, Tabled, classes_of
from engine.operation import Moved
from engine.plan import Form, Settled
from engine.staging.draft import Draft
from engine.staging.pixels import make_way
from engine.staging.program import Function
from engine.staging.splines import evaluate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Constants, Floats, Values
    from engine.kinds.measured import Gathered
    from engine.operation import Curve, Operation, Own

Statistics: TypeAlias = "Callable[[NDArray[np.int64]], Floats]"
"""What kinds are given, from the counters of a pass."""
NOTHING = Form(1, 0)
CODES = 256
WHOLE = 2.0**30
"""What 1 counts as in sums."""
WORDS = {
    "tones": "count how often each tone of each channel is there",
    "luma": "count how often each luma is there",
    "means": "add up each channel",
}


def add(draft: Draft, operation: Own, following: list[Operation]) -> None:
    """The counting pass, and a part of the program or a look-up whose numbers it settles."""
    kind, values = operation.kind, operation.values
    assert isinstance(kind, Measured | Tabled)
    if draft.stages:
        draft.cut()
    if isinstance(kind, Tabled) and _are_bytes(draft) and all(isinstance(each, Moved) for each in following):
        _add_bytes(draft, operation, kind)
        return
    measuring, statistics = _count(draft, kind, operation.label)
    label = _counted(draft, operation)
    if isinstance(kind, Measured):
        draft.to_numbers()
        make_way(draft)
        settled = Settled(measuring, partial(_constants, kind, values, statistics))
        draft.program.append(Function(kind.function, (), label, settled))
        return
    draft.to_planes()
    colours = _colours(draft)
    settled = Settled(measuring, partial(_table, kind, values, colours, statistics))
    draft.add(Kernel("class_table"), label, np.zeros(colours * CLASSES), target=draft.form, settled=settled)


def _counted(draft: Draft, operation: Own) -> str:
    return f"{operation.label}, by what pass {len(draft.passes)} has counted"


def _are_bytes(draft: Draft) -> bool:
    return draft.dtype == "uint8" and draft.is_codes


def _colours(draft: Draft) -> int:
    return draft.channels - 1 + draft.channels % 2


def _count(draft: Draft, kind: Measured | Tabled, label: str) -> tuple[int, Statistics]:
    """The pass that counts: which of those it is, and what makes statistics of its counters.

    A table jumps from class to class: where it reads float32 samples, such must have been counted.
    """
    gathers, colours = kind.gathers, _colours(draft)
    if _are_bytes(draft) and gathers != "luma" and not (draft.curves and isinstance(kind, Tabled)):
        return _count_bytes(draft, gathers, label), partial(of_codes, gathers, [*draft.curves])
    branch = draft.branch()
    branch.to_planes()
    counters = {"tones": colours * CLASSES, "luma": CLASSES, "means": 2 * colours}[gathers]
    return _measure(draft, branch, Kernel(f"measure_{gathers}"), gathers, label, counters), partial(of_counts, gathers)


def _count_bytes(draft: Draft, gathers: Gathered, label: str) -> int:
    """Codes as they lie, whatever curves wait: of 24 Mpx RGB in a quarter of the time that float32 planes take."""
    branch = draft.branch()
    branch.curves = []
    return _measure(draft, branch, Kernel("measure_codes", draft.channels), gathers, label, _colours(draft) * CODES)


def _measure(draft: Draft, branch: Draft, kernel: Kernel, gathers: Gathered, label: str, counters: int) -> int:
    branch.add(kernel, f"{label}: {WORDS[gathers]}", target=NOTHING, counters=counters)
    branch.cut()
    draft.passes.append(branch.passes[-1])
    return sum(each.counters > 0 for each in draft.passes) - 1


def _add_bytes(draft: Draft, operation: Own, kind: Tabled) -> None:
    """Codes become the result's through a table for each colour, which takes in the curves that wait."""
    measuring = _count_bytes(draft, kind.gathers, operation.label)
    (curves, draft.curves), colours = (draft.curves, []), _colours(draft)
    settled = Settled(measuring, partial(_byte_tables, kind, operation.values, curves))
    label = ", ".join([*(each.label for each in curves), _counted(draft, operation)])
    draft.add(Kernel("code_tables", draft.channels), label, np.zeros(colours * CODES // 4), settled=settled)


def of_counts(gathers: Gathered, counts: NDArray[np.int64]) -> Floats:
    """What kinds are given, from the counters of a pass over float32 samples."""
    if gathers == "luma":
        return counts[np.newaxis].astype(np.float64)
    if gathers == "tones":
        return _three(counts.reshape(-1, CLASSES).astype(np.float64))
    sums, pixels = counts.reshape(-1, 2).T
    return _three((sums / WHOLE / np.maximum(pixels, 1))[:, np.newaxis])


def of_codes(gathers: Gathered, curves: list[Curve], counts: NDArray[np.int64]) -> Floats:
    """The same from the counters of 8-bit codes, behind curves."""
    values = evaluate(curves, np.arange(CODES) / (CODES - 1.0))
    there = ~np.isnan(values)
    rows, values = np.where(there, counts.reshape(-1, CODES), 0).astype(np.float64), np.where(there, values, 0.0)
    if gathers == "means":
        return _three(
            rows @ np.clip(values, 0.0, 1.0)[:, np.newaxis] / np.maximum(rows.sum(axis=1, keepdims=True), 1.0)
        )
    classes = classes_of(values).astype(np.int64)
    return _three(np.stack([np.bincount(classes, row, CLASSES) for row in rows]))


def _three(rows: Floats) -> Floats:
    return rows if len(rows) == 3 else np.repeat(rows, 3, axis=0)


def _constants(
    kind: Measured, values: Values, statistics: Statistics, counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    made: Constants = kind.constants(values, statistics(counts))
    return np.array(made)


def _table(kind: Tabled, values: Values, colours: int, statistics: Statistics, counts: NDArray[np.int64]) -> Floats:
    made: Floats = kind.table(values, statistics(counts))[:colours]
    return made.ravel()


def _byte_tables(kind: Tabled, values: Values, curves: list[Curve], counts: NDArray[np.int64]) -> NDArray[np.float32]:
    """What the codes of each colour become: tables of bytes, dressed as float32."""
    made = kind.table(values, of_codes(kind.gathers, curves, counts))[: counts.size // CODES]
    codes = evaluate(curves, np.arange(CODES) / (CODES - 1.0))
    results = made[:, classes_of(np.nan_to_num(codes, nan=0.0)).astype(np.int64)] * ~np.isnan(codes)
    return np.floor(results * (CODES - 1.0) + 0.5).astype(np.uint8).ravel().view(np.float32)
