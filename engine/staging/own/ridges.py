"""Ridges: candidates in memory, joined to lines in place by all workers, lines marked, and marked ones drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.ridges import Ridges
from engine.plan import Form
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from engine.operation import Operation, Own

NOTHING = Form(1, 0)
CELL = 8
"""Bytes that a pixel of a line has: the number of another pixel of the line, and whether the line is strong."""


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """Four passes; the middle ones change the candidates where they lie."""
    kind, label = operation.kind, operation.label
    assert isinstance(kind, Ridges)
    draft.to_planes()
    draft.cut_before(2)
    draft.take()
    alpha, size = int(draft.has_alpha), np.array([*draft.size], np.int32).view(np.float32)
    draft.add(Kernel("slopes"), f"{label}: slopes, reach 1 px", reach=1, target=Form(3 + alpha, SINGLE))
    numbers, cells = np.array(kind.thresholds(operation.values), np.float32), Form(1 + alpha, CELL)
    draft.add(
        Kernel("ridges"),
        f"{label}: ridges, reach 1 px",
        np.concatenate([numbers, size]),
        reach=1,
        target=cells,
        scratch=SINGLE,
    )
    draft.cut()
    for name, words in (("unite_lines", "joined to lines"), ("mark_lines", "lines that are strong somewhere")):
        branch = draft.branch()
        branch.add(Kernel(name), f"{label}: {words}", size, free=True, target=NOTHING, counters=1)
        branch.cut()
        draft.passes.append(branch.passes[-1])
    draft.add(Kernel("draw_lines"), f"{label}: lines", size, free=True, target=Form(draft.channels, SINGLE))
