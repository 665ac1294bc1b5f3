"""Deconvolution: two blurs for each iteration, as many in one pass as reach no farther than pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.deconvolution import Deconvolution
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from engine.operation import Operation, Own

FARTHEST = 32
"""Rows that the blurs of one pass reach together, at most, where one alone does not reach farther."""
BEGIN, COMPARE, MEND, FINISH = range(4)
"""As `engine.kernels.deconvolution` has them."""
LINES = 3
"""Rows of scratch that a blur needs."""


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """The picture and its estimate, then by turns what it is to be multiplied by and the estimate mended."""
    kind, label = operation.kind, operation.label
    assert isinstance(kind, Deconvolution)
    taps, iterations = np.array(kind.taps(operation.values)), kind.iterations(operation.values)
    reach = len(taps) - 1
    draft.to_planes()
    colours, alpha = draft.channels - draft.has_alpha, int(draft.has_alpha)
    many, few = Form(3 * colours + 2 * alpha, SINGLE), Form(draft.channels, SINGLE)
    draft.add(Kernel("deconvolution"), f"{label}: begin", np.array([colours, alpha, BEGIN]), target=many)
    for half in range(1, 2 * iterations + 1):
        if sum(stage.reach for stage in draft.stages) + reach > FARTHEST and any(each.reach for each in draft.stages):
            draft.cut()
        draft.take()
        blur = np.concatenate([[draft.channels], taps])
        draft.add(
            Kernel("separable"), f"{label}: blur, reach {reach} px", blur, reach=reach, scratch=LINES * many.pixel
        )
        step = COMPARE if half % 2 else FINISH if half == 2 * iterations else MEND
        label_of = "what it lacks" if step == COMPARE else "the estimate mended"
        numbers = np.array([colours, alpha, step])
        draft.add(Kernel("deconvolution"), f"{label}: {label_of}", numbers, target=few if step == FINISH else many)
