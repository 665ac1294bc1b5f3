"""Wavelets: one stage for each size of detail, all in one pass as long as they reach no farther than pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.wavelet import Wavelet
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from engine.operation import Operation, Own

LINES = 4
"""Rows of scratch that the kernel needs."""


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """Each stage hands on the smoothed picture and the details so far; the last adds them."""
    kind = operation.kind
    assert isinstance(kind, Wavelet)
    draft.to_planes()
    planes, colours = draft.channels, draft.channels - draft.has_alpha
    thresholds = kind.thresholds(operation.values)
    for level, threshold in enumerate(thresholds):
        reach = 2 * 2**level
        draft.cut_before(reach)
        draft.take()
        draft.add(
            Kernel("wavelet"),
            f"{operation.label}: detail of {2**level} px, reach {reach} px",
            np.array([colours, planes, threshold]),
            reach=reach,
            target=Form(planes if level == len(thresholds) - 1 else planes + colours, SINGLE),
            scratch=LINES * SINGLE,
        )
