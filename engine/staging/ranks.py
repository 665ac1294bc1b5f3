"""Medians and extremes: on codes as long as the picture is codes, on float32 planes behind what makes such."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.filter import Extreme, Median
from engine.kernels import Kernel
from engine.plan import CHUNK
from engine.staging import fixed, tables
from engine.staging.draft import Draft

if TYPE_CHECKING:
    from engine.filter import Floats
    from engine.operation import Neighbours, Operation

NETWORKS = 3
"""Medians up to this radius are found by networks of comparisons."""
LINES = CHUNK + 2
"""Lines of pixels that the kernel of extremes needs."""
HISTOGRAM = 16 + 256
"""Bytes of a column's."""
EXTREME_BENCH, NETWORK_BENCH, HISTOGRAM_BENCH, RANKS_BENCH = 192 * LINES, 20 * 1024, 2 * 1024, 172 * 1024
"""Bytes that the kernels need however wide their output."""


def add_extreme(draft: Draft, operation: Neighbours, _following: list[Operation]) -> None:
    """The smallest or largest value of a square: one of those there are, so the span stays."""
    step = operation.window.step
    assert isinstance(step, Extreme)
    reach = step.radius(operation.values)
    largest = step.largest != _begin(draft, reach)
    label = f"{operation.label}: the {'largest' if largest else 'smallest'} of a square, reach {reach} px"
    kernel, scratch = Kernel("extreme", _samples(draft)), LINES * draft.form.pixel
    draft.add(kernel, label, np.array([float(largest)]), reach=reach, scratch=scratch, bench=EXTREME_BENCH, group=CHUNK)


def add_median(draft: Draft, operation: Neighbours, _following: list[Operation]) -> None:
    """The middle value of a square: one of those there are, so the span stays."""
    step = operation.window.step
    assert isinstance(step, Median)
    reach = step.radius(operation.values)
    _begin(draft, reach)
    label, samples, pixel = f"{operation.label}, reach {reach} px", _samples(draft), draft.form.pixel
    if reach <= NETWORKS:
        kernel = Kernel("median_network", (samples, reach))
        draft.add(kernel, label, reach=reach, scratch=2 * pixel, bench=NETWORK_BENCH, group=2)
    elif samples is np.uint8:
        kernel = Kernel("median_histogram")
        draft.add(kernel, label, reach=reach, scratch=HISTOGRAM, bench=HISTOGRAM_BENCH, group=CHUNK)
    else:
        draft.add(Kernel("median_ranks", samples), label, reach=reach, bench=RANKS_BENCH, group=CHUNK)


def _begin(draft: Draft, reach: int) -> bool:
    """Rows in a buffer, and whether the curves that go on waiting turn the order of samples round.

    Curves that never fall or never rise may wait: it is the same sample that the result is made of, before or behind.
    """
    draft.settle()
    steps = np.diff(_waiting(draft))
    falling = bool((steps < 0.0).any())
    if not (steps <= 0.0 if falling else steps >= 0.0).all():
        draft.to_planes()
        falling = False
    draft.cut_before(reach)
    draft.take()
    return falling


def _waiting(draft: Draft) -> Floats:
    """What the curves that wait make of all codes."""
    if not draft.curves:
        return np.zeros(2)
    if draft.fixed is not None:
        return fixed.tabulate(draft.fixed, draft.curves)
    return tables.tabulate(draft.curves, tables.TOPS[draft.dtype])


def _samples(draft: Draft) -> type:
    """What the picture is made of at this place."""
    if draft.fixed is not None:
        return np.uint16
    return np.float32 if draft.is_wide else np.dtype(draft.dtype).type
