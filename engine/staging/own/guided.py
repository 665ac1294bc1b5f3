"""The guided filter: slopes and offsets of squares, their means, and both applied to the picture, in one pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.guided import Guided
from engine.plan import Form
from engine.staging.boxes import WORK, group_of
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from engine.operation import Operation, Own

CELLS, LINES = 4, 2
"""Rows of moments beside the group's, and rows of shares, that the kernel of moments needs."""


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """Three stages; slopes and offsets are weighted by alpha where there is one, and divided by its mean."""
    kind, label = operation.kind, operation.label
    assert isinstance(kind, Guided)
    reach, epsilon = kind.radius(operation.values), kind.epsilon(operation.values)
    draft.to_planes()
    draft.cut_before(reach)
    draft.take()
    planes, colours = draft.channels, draft.channels - draft.has_alpha
    side, averaged = 2 * reach + 1, 2 * colours + draft.has_alpha
    group = group_of(side)
    draft.add(
        Kernel("guided"),
        f"{label}: slopes and offsets, reach {reach} px",
        np.array([colours, epsilon, group]),
        reach=reach,
        target=Form(averaged + planes, SINGLE),
        scratch=((group + CELLS) * (2 * colours + 1) + LINES) * SINGLE,
    )
    draft.add(
        Kernel("box_planes"),
        f"{label}: their means, reach {reach} px",
        np.array([averaged, 1.0 / side**2, group]),
        reach=reach,
        scratch=(group + WORK) * SINGLE,
    )
    draft.add(Kernel("guided_combined"), f"{label}: applied", np.array([colours]), target=Form(planes, SINGLE))
