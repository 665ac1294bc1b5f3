"""Wide Gaussians that are combined with their source, or weighted by alpha: the source's planes wait in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.accuracy import after
from engine.kernels import Kernel
from engine.kernels.elementary import averaged
from engine.kernels.layout import ALPHA_AVERAGED, ALPHA_KEPT
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft
from engine.staging.padding import padded
from engine.staging.wide_gaussians import Wide, add_parts

if TYPE_CHECKING:
    from engine.operation import Neighbours


def add_reunited(draft: Draft, operation: Neighbours, wide: Wide) -> None:
    """Planes in memory, weighted ones beside them where there is alpha, their Gaussian, and both together."""
    name, combine = operation.label, operation.window.combine
    draft.to_planes()
    if draft.is_part:
        draft.take()
    if draft.stages:
        draft.cut()
    source, planes = draft.in_memory, Form(draft.channels, SINGLE)
    if draft.has_alpha:
        draft.add(Kernel("spread"), f"{name}: weighted by alpha", target=planes)
        draft.cut()
    add_parts(draft, name, wide, "float32")
    function = averaged if combine is None else combine.function
    constants = () if combine is None else combine.constants(operation.values)
    averages = combine is None and operation.window.alpha == "premultiplied"
    numbers = np.append(padded(constants), ALPHA_AVERAGED if averages else ALPHA_KEPT)
    draft.add(Kernel("reunite", function), f"{name}: with its source", numbers, target=planes, other=source)
    draft.span = after(operation, draft.span)
