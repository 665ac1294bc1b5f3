"""Medians of a square of float32 planes."""

from __future__ import annotations

from engine.accuracy import after
from engine.filter import Median
from engine.kernels import Kernel
from engine.operation import Neighbours, Operation
from engine.staging.draft import SINGLE, Draft

NETWORKS = 3
"""Medians up to this radius are found by a network of comparisons, larger ones by halving (at 3: 746, not 5,200 ms)."""


def add_median(draft: Draft, operation: Neighbours, _following: list[Operation]) -> None:
    """The middle value of a square."""
    step = operation.window.step
    assert isinstance(step, Median)
    reach = step.radius(operation.values)
    kernel = Kernel("median_network", reach) if reach <= NETWORKS else Kernel("median")
    draft.to_planes()
    draft.cut_before(reach)
    draft.take()
    draft.add(kernel, f"{operation.label}, reach {reach} px", reach=reach, scratch=4 * SINGLE)
    draft.span = after(operation, draft.span)
