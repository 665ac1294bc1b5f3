"""Windows become stages: each kind of step in its own way."""

from __future__ import annotations

from engine.accuracy import after
from engine.filter import Bilateral, Neighbourhood, Separable
from engine.kernels import Kernel
from engine.operation import Neighbours, Operation
from engine.staging.averages import add_average
from engine.staging.bilateral import add_bilateral
from engine.staging.draft import SINGLE, Draft
from engine.staging.neighbourhoods import add_neighbourhood

NETWORKS = 3
"""Medians up to this radius are found by a network of comparisons, larger ones by halving (at 3: 746, not 5,200 ms)."""


def add_window(draft: Draft, operation: Neighbours, following: list[Operation]) -> None:
    """The stages of one window."""
    step = operation.window.step
    if isinstance(step, Neighbourhood):
        add_neighbourhood(draft, step, operation, last=not following)
    elif isinstance(step, Separable):
        draft.to_planes()
        add_average(draft, operation, following)
    elif isinstance(step, Bilateral):
        draft.to_planes()
        add_bilateral(draft, step, operation)
    else:
        draft.to_planes()
        _median(draft, step.radius(operation.values), operation.label)
    draft.span = after(operation, draft.span)


def _median(draft: Draft, reach: int, name: str) -> None:
    draft.cut_before(reach)
    draft.take()
    kernel = Kernel("median_network", reach) if reach <= NETWORKS else Kernel("median")
    draft.add(kernel, f"{name}, reach {reach} px", reach=reach, scratch=4 * SINGLE)
