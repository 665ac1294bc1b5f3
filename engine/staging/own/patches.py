"""Non-local means: one stage, on planes weighted by alpha where there is one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.patches import NARROWEST, Patches
from engine.plan import CHUNK, Form
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from engine.operation import Operation, Own

LINES = 4
"""Rows of scratch beside the differences and the sums."""


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """The distances' scale, how many pixels count, and the weights of a square as two convolutions."""
    kind, values = operation.kind, operation.values
    assert isinstance(kind, Patches)
    patch, search = kind.patch(values), kind.search(values)
    reach = patch + search
    draft.to_planes()
    draft.cut_before(reach)
    draft.take()
    planes, colours = draft.channels, draft.channels - draft.has_alpha
    if draft.has_alpha:
        draft.add(Kernel("spread"), f"{operation.label}: weighted and source", target=Form(2 * planes, SINGLE))
    sharpness = math.log2(math.e) / max(kind.strength(values), NARROWEST) ** 2
    share = 1.0 / ((2 * patch + 1) ** 2 * colours)
    draft.add(
        Kernel("patches"),
        f"{operation.label}: patches of {2 * patch + 1} px, reach {reach} px",
        np.array([colours, sharpness, patch, *[1.0] * (patch + 2), *[share] * (patch + 2)]),
        reach=reach,
        target=Form(planes, SINGLE),
        scratch=(CHUNK + 2 * patch + CHUNK * (colours + 1) + LINES) * SINGLE,
        group=CHUNK,
    )
