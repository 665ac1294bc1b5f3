"""Blurs along paths: sweeps over pixels of four numbers, colour times alpha and alpha, that are kept in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.path import Path
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from engine.operation import Operation, Own

READ = 600
"""Bytes of the picture that a sweep reads for each column of a row: so wide are tiles that the cache holds them."""


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """The stages of one such blur."""
    kind, values, size = operation.kind, operation.values, operation.before
    assert isinstance(kind, Path)
    draft.to_planes()
    channels, label = draft.channels, operation.label
    numbers = 1 if channels == 1 else 2 * channels if draft.has_alpha else 4
    draft.add(Kernel("weave", channels), f"{label}: pixels of {numbers} numbers", target=Form(1, numbers * SINGLE))
    centre = kind.centre(values, size)
    sweeps = kind.factors(values, size)
    for number, factors in enumerate(sweeps, start=1):
        draft.cut()
        head = [*size, len(factors), 0]
        places = np.array([[centre.real, centre.imag], *([each.real, each.imag] for each in factors)], np.float32)
        parameters = np.concatenate([np.array(head, np.int32).view(np.float32), places.ravel()])
        name = f"{label}: sweep {number} of {len(sweeps)}, {len(factors)} points"
        draft.add(Kernel("along_paths", channels), name, parameters, free=True, scratch=READ)
    draft.add(Kernel("unweave", channels), f"{label}: planes", target=Form(channels, SINGLE))
