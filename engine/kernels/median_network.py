"""Stage: the median of a small square by a network of minima and maxima in registers; alpha is copied."""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, PLANES_IN, ROWS, SOURCE_PLANE, SOURCE_ROW, TARGET_PLANE, TARGET_ROW
from engine.kernels.lines import copy_line
from engine.kernels.networks import median_network
from engine.kernels.vectors import SINGLE, WORD, load, offset, store

LANES = 16


@intrinsic(prefer_literal=True)
def median_block(typing: Any, lanes: Any, radius: Any, source: Any, stride: Any, target: Any) -> Any:
    """As many medians as there are lanes; `source` is the address of the first square's corner, `stride` in bytes."""
    signature = types.void(lanes, radius, types.int64, types.int64, types.int64)
    side, vector = 2 * radius.literal_value + 1, ir.VectorType(SINGLE, lanes.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, source, stride, target = arguments
        values = []
        for dy in range(side):
            row = offset(builder, source, stride, dy)
            values += [load(builder, builder.add(row, ir.Constant(WORD, 4 * dx)), vector) for dx in range(side)]
        for a, b in median_network(side * side):
            less = builder.fcmp_ordered("<", values[a], values[b])
            first, second = values[a], values[b]
            values[a] = builder.select(less, first, second)
            values[b] = builder.select(less, second, first)
        store(builder, values[side * side // 2], target)
        return context.get_dummy_value()

    return signature, generate


def build(radius: int) -> Callable[..., None]:
    """A stage for one radius; it has no parameters."""

    def median_network(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        columns, stride, planes = geometry[COLUMNS], geometry[SOURCE_ROW], geometry[PLANES_IN]
        colours = planes - 1 + planes % 2
        for row in range(geometry[ROWS]):
            for plane in range(colours):
                first = address_of(source) + plane * geometry[SOURCE_PLANE] + row * stride
                out = address_of(target) + plane * geometry[TARGET_PLANE] + row * geometry[TARGET_ROW]
                if columns < LANES:
                    for x in range(columns):
                        median_block(1, radius, first + 4 * x, stride, out + 4 * x)
                else:
                    for x in range(0, columns - LANES + 1, LANES):
                        median_block(LANES, radius, first + 4 * x, stride, out + 4 * x)
                    # The last block overlaps the one before it.
                    last = 4 * (columns - LANES)
                    median_block(LANES, radius, first + last, stride, out + last)
            if planes > colours:
                copy_line(source, target, geometry, colours, colours, row)

    return median_network
