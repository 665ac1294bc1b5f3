"""Wide Gaussians: down the columns at every so many rows only, along these rows, and between them by a third Gaussian.

Variances add up: half of sigma squared goes to the Gaussian before rows are left out, half to the one that makes them
again. By Poisson's summation formula, sampling in between changes each weight by 2 exp(-2 pi^2 s^2 / every^2) of it at
most, where s is the product of both standard deviations divided by sigma, here half of sigma. The cost hardly depends
on sigma, as `every` grows with it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.filter import Separable
from engine.filters.gaussian_blur import sampled
from engine.kernels import Kernel
from engine.operation import Cut, Turned
from engine.plan import Axis, Form
from engine.staging.draft import SINGLE, Draft
from engine.staging.fixed import TOP, is_enough, to_fixed
from engine.staging.tables import TOPS

if TYPE_CHECKING:
    from engine.filter import Constants, Floats
    from engine.operation import Neighbours, Operation

SAMPLING, TAIL = 0.1, 0.2
"""The parts of what may be wrong that leaving out rows may cost, and each of three tails."""
ENOUGH = 4.0
"""Codes of 16 bits that may be wrong where codes of 16 bits will do for the values to be averaged."""


@dataclass(frozen=True, slots=True)
class Wide:
    """A Gaussian in three parts."""

    every: int
    before: Constants
    """Taps down the columns, before rows are left out."""
    along: Constants
    between: Floats
    """For each of `every` places between two rows, the weights of the rows around it."""

    @property
    def around(self) -> int:
        """Rows above and below a place between them that count."""
        return int(self.between.shape[1] // 2)


def wide_gaussian(operation: Neighbours, tolerance: float, narrowest: int) -> Wide | None:
    """The parts of a window's Gaussian, if all but one of `narrowest` rows can be left out.

    `tolerance` is the part of the values' span that the result may be off by.
    """
    step = operation.window.step
    if not isinstance(step, Separable) or step.sigma is None:
        return None
    sigma = step.sigma(operation.values)
    every = math.floor(sigma / 2.0 * math.pi * math.sqrt(2.0 / math.log(2.0 / (SAMPLING * tolerance))))
    if every < narrowest:
        return None
    tail, half = 2.0 * TAIL * tolerance, sigma * math.sqrt(0.5)
    return Wide(every, sampled(half, tail), sampled(sigma, tail), _between(half, every, tail))


def _between(sigma: float, every: int, tail: float) -> Floats:
    around = math.ceil((len(sampled(sigma, tail)) - 1) / every)
    rows, places = np.arange(1 - around, around + 1) * every, np.arange(every)
    weights = np.exp(-0.5 * ((rows - places[:, np.newaxis]) / sigma) ** 2)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def add_wide(draft: Draft, operation: Neighbours, following: list[Operation], wide: Wide) -> None:
    """Two passes: to few rows, which are averaged along at once, and back to all rows."""
    _to_memory(draft)
    last = draft.form.planes == 1 and all(isinstance(each, Cut | Turned) for each in following)
    add_parts(draft, operation.label, wide, draft.dtype if last or draft.dtype == "float32" else "float32")


def add_parts(draft: Draft, label: str, wide: Wide, kind_made: str) -> None:
    """The same for the picture that lies in memory, whatever it is; samples become of that kind."""
    (height, _), columns = draft.size, draft.columns
    kind, scale, low = _samples(draft)
    samples = draft.form.pixel // np.dtype(kind).itemsize
    few = Form(draft.form.planes, samples * SINGLE)
    before, along = np.array(wide.before, np.float32), np.array(wide.along)
    reach = np.array([before.size - 1], np.int32).view(np.float32)
    head = np.concatenate([np.array([wide.every], np.float32), reach, np.array([low], np.float32), before * scale])
    draft.resize(Axis((height - 1) // wide.every + 2 * wide.around, 1 - wide.around, wide.every), columns)
    rows = f"{label}: one of {wide.every} rows, reach {before.size - 1} px"
    draft.add(Kernel("shrink", kind), rows, head, target=few, free=True)
    taps = np.append(along.size - 1, along)
    draft.add(Kernel("along"), f"{label}: along rows, reach {along.size - 1} px", taps, sideways=along.size - 1)
    draft.cut()
    made = np.dtype(kind_made)
    full, rounding = (TOPS[made.name], 0.5) if made.kind == "u" else (1.0, 0.0)
    table = np.column_stack([np.full(wide.every, rounding), wide.between * full])
    draft.resize(Axis(height, 0, 1, wide.every), draft.columns)
    draft.add(
        Kernel("grow", made.type),
        f"{label}: the rows between, of {2 * wide.around}",
        np.concatenate([[wide.every, 2 * wide.around], table.ravel()]),
        target=Form(few.planes, samples * made.itemsize),
        free=True,
    )


def _to_memory(draft: Draft) -> None:
    """Have all rows in memory, as codes for a line or as float32 samples."""
    if (draft.curves or not draft.is_codes) and is_enough(draft, ENOUGH):
        to_fixed(draft)
    elif draft.fixed is not None:
        draft.to_planes()
    elif draft.curves or draft.program:
        draft.to_single()
    if draft.is_part:
        draft.take()
    if draft.stages:
        draft.cut()


def _samples(draft: Draft) -> tuple[Any, float, float]:
    """What kind of number a sample is, and the line from it to values."""
    if draft.fixed is not None:
        span, draft.fixed = draft.fixed, None
        return np.uint16, span.width / TOP, span.low
    if draft.is_wide:
        return np.float32, 1.0, 0.0
    return np.dtype(draft.dtype).type, 1.0 / TOPS[draft.dtype], 0.0
