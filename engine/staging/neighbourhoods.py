"""Functions of a 3 x 3 square: on codes as they lie where nothing comes before or after, else on planes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import after
from engine.filter import Neighbourhood
from engine.kernels import Kernel
from engine.staging.draft import Draft
from engine.staging.padding import padded

if TYPE_CHECKING:
    from engine.operation import Neighbours, Operation

REACH = 1


def add_neighbourhood(draft: Draft, operation: Neighbours, following: list[Operation]) -> None:
    """The one stage of such a window."""
    step = operation.window.step
    assert isinstance(step, Neighbourhood)
    as_they_lie = draft.is_codes and not draft.curves and (not following or draft.is_wide)
    if not as_they_lie:
        draft.to_planes()
    draft.cut_before(REACH)
    draft.take()
    kind = np.float32 if draft.is_wide else np.dtype(draft.dtype).type
    numbers = padded(step.constants(operation.values))
    draft.add(Kernel("neighbourhood", (step.function, kind)), f"{operation.label}, reach 1 px", numbers, reach=REACH)
    draft.span = after(operation, draft.span)
