"""Averages of pictures with alpha: colours are weighted by it, averaged, and divided by its average."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kernels.elementary import averaged
from engine.kernels.layout import ALPHA_AVERAGED, ALPHA_KEPT
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft
from engine.staging.padding import padded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.operation import Neighbours


def add_weighted(
    draft: Draft, operation: Neighbours, kernel: Kernel, numbers: NDArray[np.float64], reach: int, scratch: int
) -> None:
    """Planes are spread into weighted and straight ones, the first averaged by `kernel`, and all gathered."""
    name, combine, channels = operation.label, operation.window.combine, draft.channels
    twice, once = Form(2 * channels, SINGLE), Form(channels, SINGLE)
    draft.add(Kernel("spread"), f"{name}: average and source", target=twice)
    draft.add(kernel, f"{name}, reach {reach} px", numbers, reach=reach, scratch=scratch)
    function = averaged if combine is None else combine.function
    constants = () if combine is None else combine.constants(operation.values)
    averages = combine is None and operation.window.alpha == "premultiplied"
    finish = np.append(padded(constants), ALPHA_AVERAGED if averages else ALPHA_KEPT)
    draft.add(Kernel("gather", function), f"{name}: combine", finish, target=once)
