"""Total variation: stages of a few iterations each, in one pass, so that only the picture goes through memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.variation import LIGHTEST, Variation
from engine.plan import CHUNK, Form
from engine.staging.draft import SINGLE, Draft

if TYPE_CHECKING:
    from engine.operation import Operation, Own

TOGETHER = 4
"""Iterations of a stage, at most: more make more rows twice, fewer write and read all planes more often."""
MARGIN = 4
"""Numbers of scratch beside each row, as `engine.kernels.variation` has them."""
LINES = 4
"""Rows of scratch beside those of the colours."""


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """Each stage hands on the picture and the fields of its colours; the last makes a picture of them."""
    kind = operation.kind
    assert isinstance(kind, Variation)
    weight, iterations = max(kind.weight(operation.values), LIGHTEST), kind.iterations(operation.values)
    draft.to_planes()
    draft.cut_before(iterations)
    draft.take()
    planes, colours = draft.channels, draft.channels - draft.has_alpha
    fields = 2 * (colours + draft.has_alpha)
    for done in range(0, iterations, TOGETHER):
        count = min(TOGETHER, iterations - done)
        last = done + count == iterations
        reach = count + last
        numbers = fields * (CHUNK + 2 * reach) + 2 * colours + LINES
        draft.add(
            Kernel("variation"),
            f"{operation.label}: iterations {done + 1} to {done + count}, reach {reach} px",
            np.array([colours, draft.has_alpha, count, weight]),
            reach=reach,
            target=Form(planes if last else planes + 2 * colours, SINGLE),
            scratch=numbers * SINGLE,
            bench=numbers * MARGIN * SINGLE,
            inside=True,
            group=CHUNK,
        )
