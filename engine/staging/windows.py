"""Windows become stages: each kind of step in its own way."""

from __future__ import annotations

from engine.accuracy import after
from engine.filter import Box, Constants, Median, Separable
from engine.kernels import Kernel
from engine.operation import Neighbours, Operation
from engine.staging.averages import add_average
from engine.staging.boxes import add_box
from engine.staging.draft import SINGLE, Draft, padded

NETWORKS = 3
"""Medians up to this radius are found by a network of comparisons, larger ones by halving (at 3: 746, not 5,200 ms)."""


def add_window(draft: Draft, operation: Neighbours, following: list[Operation]) -> None:
    """The stages of one window."""
    step, name = operation.window.step, operation.label
    if isinstance(step, Separable):
        add_average(draft, operation, following)
        return
    if isinstance(step, Box):
        add_box(draft, operation, following)
        return
    draft.to_planes()
    constants: Constants = ()
    scratch = 0
    if isinstance(step, Median):
        reach, scratch = step.radius(operation.values), 4 * SINGLE
        kernel = Kernel("median_network", reach) if reach <= NETWORKS else Kernel("median")
    else:
        reach, constants = step.reach, step.constants(operation.values)
        kernel = Kernel("neighbourhood", step.function)
    draft.cut_before(reach)
    draft.take()
    draft.add(kernel, f"{name}, reach {reach} px", padded(constants), reach=reach, scratch=scratch)
    draft.span = after(operation, draft.span)
