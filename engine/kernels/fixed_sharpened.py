"""Stage: what a Gaussian of 16-bit codes lacks is added to them in 16-bit arithmetic, to 8-bit codes."""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import carray, types
from numba.core import cgutils
from numba.extending import intrinsic, register_jitable

from engine.kernels.fixed_convolution import BLOCK, GROUP, HALF, fixed_row, narrowed, share_of, weight_at
from engine.kernels.fixed_separable import down_columns
from engine.kernels.interleave import address_of
from engine.kernels.layout import COLUMNS, REACH, ROWS, SOURCE_PIXEL, SOURCE_ROW, TARGET_ROW
from engine.kernels.vectors import WORD, load, store

BYTE = ir.IntType(8)
THRESHOLD, FACTOR, REST, LOW, DOUBLINGS, NUMBERS = range(6)
"""The numbers, in this order and each twice in 32 bits; after them bias and weights."""


@intrinsic(prefer_literal=True)
def sharpened_block(typing: Any, lanes: Any, averages: Any, source: Any, numbers: Any, target: Any) -> Any:
    """`lanes` codes of 8 bits from the averages and the source at these addresses.

    A difference beyond THRESHOLD, times FACTOR / 65536 and doubled DOUBLINGS times, is added to the source, less
    REST / 65536 of it, plus LOW. What leaves 0 to 65535 on the way ends there.
    """
    signature = types.void(lanes, *[types.int64] * 4)
    size = min(lanes.literal_value, GROUP)
    vector = ir.VectorType(HALF, size)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, averages, source, numbers, target = arguments

        def number(which: int) -> Any:
            return weight_at(builder, builder.add(numbers, ir.Constant(WORD, 4 * which)), vector)

        def saturated(name: str, one: Any, other: Any) -> Any:
            kind = ir.FunctionType(vector, [vector, vector])
            return builder.call(builder.module.declare_intrinsic(f"llvm.{name}.sat.v{size}i16", (), kind), [one, other])

        doublings = builder.zext(builder.extract_element(number(DOUBLINGS), ir.Constant(ir.IntType(32), 0)), WORD)
        for first in range(0, lanes.literal_value, size):
            average, code = (
                load(builder, builder.add(place, ir.Constant(WORD, 2 * first)), vector) for place in (averages, source)
            )
            made = saturated("uadd", builder.sub(code, share_of(builder, code, number(REST))), number(LOW))
            for change, (one, other) in (("uadd", (code, average)), ("usub", (average, code))):
                beyond = saturated("usub", saturated("usub", one, other), number(THRESHOLD))
                part = cgutils.alloca_once_value(builder, share_of(builder, beyond, number(FACTOR)))
                with cgutils.for_range(builder, doublings):
                    builder.store(saturated("uadd", builder.load(part), builder.load(part)), part)
                made = saturated(change, made, builder.load(part))
            store(builder, narrowed(builder, made, BYTE), builder.add(target, ir.Constant(WORD, first)))
        return context.get_dummy_value()

    return signature, generate


@register_jitable
def sharpened_row(averages: Any, source: Any, numbers: Any, target: Any, width: Any) -> None:
    """`width` outputs; the last block overlaps the one before it. All but the count are int64 addresses."""
    if width < BLOCK:
        for x in range(width):
            sharpened_block(1, averages + 2 * x, source + 2 * x, numbers, target + x)
        return
    for x in range(0, width - BLOCK + 1, BLOCK):
        sharpened_block(BLOCK, averages + 2 * x, source + 2 * x, numbers, target + x)
    last = width - BLOCK
    sharpened_block(BLOCK, averages + 2 * last, source + 2 * last, numbers, target + last)


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the numbers, then bias and weights."""

    def fixed_sharpened(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, columns, pixel = geometry[REACH], geometry[COLUMNS], geometry[SOURCE_PIXEL]
        samples, width = columns * pixel // 2, (columns + 2 * reach) * pixel // 2
        numbers = carray(parameters, (reach + 2 + NUMBERS,)).ctypes.data
        weights = numbers + 4 * NUMBERS
        wide = carray(scratch, (width,)).ctypes.data
        averages = wide + 4 * width
        for row in range(0, geometry[ROWS], 2):
            for below in range(down_columns(source, geometry, weights, row, wide, width)):
                fixed_row(wide + 2 * below * width + reach * pixel, pixel, weights, reach, averages, samples)
                before = address_of(source) + (row + below + reach) * geometry[SOURCE_ROW] + reach * pixel
                line = address_of(target) + (row + below) * geometry[TARGET_ROW]
                sharpened_row(averages, before, numbers, line, samples)

    return fixed_sharpened
