"""Stage: any number of matrices, lines and splines in turn, from pixels or planes to pixels or planes, in one sweep."""

from collections.abc import Callable
from typing import Any

from numba import carray
from numba.extending import register_jitable

from engine.kernels.blockwise import Layout, blockwise
from engine.kernels.point_blocks import BLOCK
from engine.kernels.point_operations import follow_spline, map_colours, scale_samples

MATRIX, SCALE, SPLINE, ODD_SPLINE, FINE_SPLINE, ODD_FINE_SPLINE = range(6)
"""Kinds of operations. The parameters are their number, then for each its kind, how many numbers it has, and those."""
FAR = 1 << 20
"""More parameters than any plan has."""


@register_jitable
def operate(numbers: Any, block: Any, samples: Any) -> Any:
    """All operations on one block; how many numbers they are."""
    at = 1
    for _ in range(int(numbers[0])):
        kind, inputs = int(numbers[at]), numbers[at + 2 :].ctypes.data
        if kind == MATRIX:
            map_colours(block, inputs)
        elif kind == SCALE:
            scale_samples(block, samples, inputs)
        elif kind == SPLINE:
            follow_spline(16, 0, block, samples, inputs)
        elif kind == ODD_SPLINE:
            follow_spline(16, 1, block, samples, inputs)
        elif kind == FINE_SPLINE:
            follow_spline(32, 0, block, samples, inputs)
        else:
            follow_spline(32, 1, block, samples, inputs)
        at += 2 + int(numbers[at + 1])
    return at


def samples_of(layout: Layout) -> int:
    """Samples of a block that are no alpha."""
    channels = layout[3]
    return (channels - 1 + channels % 2) * BLOCK


def build(layout: Layout) -> Callable[..., None]:
    """A stage between two layouts."""
    samples = samples_of(layout)

    @register_jitable
    def work(parameters: Any, geometry: Any, block: Any, row: Any, x: Any) -> None:
        operate(carray(parameters, (FAR,)), block, samples)

    return blockwise(layout, work)
