"""Windows become stages: each kind of step in a file of its own."""

from __future__ import annotations

from collections.abc import Callable

from engine.filter import Bilateral, Box, Extreme, Median, Neighbourhood, Separable
from engine.operation import Neighbours, Operation
from engine.staging.averages import add_average
from engine.staging.bilateral import add_bilateral
from engine.staging.boxes import add_box
from engine.staging.draft import Draft
from engine.staging.neighbourhoods import add_neighbourhood
from engine.staging.ranks import add_extreme, add_median

WAYS: dict[type, Callable[[Draft, Neighbours, list[Operation]], None]] = {
    Separable: add_average,
    Bilateral: add_bilateral,
    Box: add_box,
    Median: add_median,
    Extreme: add_extreme,
    Neighbourhood: add_neighbourhood,
}
"""Each adds the stages of a window and says what values there are behind it."""


def add_window(draft: Draft, operation: Neighbours, following: list[Operation]) -> None:
    """The stages of one window; `following` is what comes after it."""
    WAYS[type(operation.window.step)](draft, operation, following)
