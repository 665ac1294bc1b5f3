"""Bilateral averages: the places of the disc and their weights in space, as the kernel takes them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import after
from engine.filter import Bilateral
from engine.kernels import Kernel
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.operation import Neighbours, Operation

NARROWEST = 1e-6
"""A sigma of differences below this counts as this: its square is still a float32 number."""


def add_bilateral(draft: Draft, operation: Neighbours, _following: list[Operation]) -> None:
    """The one stage of a bilateral average."""
    step, values = operation.window.step, operation.values
    assert isinstance(step, Bilateral)
    reach = step.radius(values)
    draft.to_planes()
    draft.cut_before(reach)
    draft.take()
    numbers = parameters(reach, step.colour(values), step.space(values))
    label = f"{operation.label}, reach {reach} px"
    draft.add(Kernel("bilateral", draft.channels), label, numbers, reach=reach, target=Form(draft.channels, SINGLE))
    draft.span = after(operation, draft.span)


def parameters(radius: int, colour: float, space: float) -> NDArray[np.float32]:
    """How fast weights fall with colour, how many places there are, and each place but the centre with its weight."""
    down, right = np.mgrid[-radius : radius + 1, -radius : radius + 1].reshape(2, -1)
    squares = down**2 + right**2
    inside = (squares > 0) & (squares <= radius**2)
    places = np.zeros((int(inside.sum()), 3), np.int32)
    places[:, 0], places[:, 1] = down[inside], right[inside]
    places[:, 2] = (-squares[inside] * math.log2(math.e) / (2.0 * space**2)).astype(np.float32).view(np.int32)
    sharpness = math.log2(math.e) / (2.0 * max(colour, NARROWEST) ** 2)
    return np.concatenate([np.array([sharpness, len(places)], np.float32), places.view(np.float32).ravel()])
