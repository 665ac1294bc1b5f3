"""Interleaved codes to float32 planes and back, many pixels at a time: shuffles that no loop is turned into."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.kernels.vectors import CONTRACT, LANE, SINGLE, constant, load, mask, offset, spread, store

PIXELS = 32
"""Pixels at a time."""
SINGLES = ir.VectorType(SINGLE, PIXELS)


@intrinsic
def address_of(typing: Any, pointer: Any) -> Any:
    """The address that a pointer holds."""
    signature = types.int64(pointer)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ptrtoint(arguments[0], ir.IntType(64))

    return signature, generate


@intrinsic(prefer_literal=True)
def split_codes(
    typing: Any, bits: Any, channels: Any, source: Any, target: Any, plane: Any, scale: Any, low: Any
) -> Any:
    """Read PIXELS pixels at address `source`, write channel k times `scale` plus `low` to address target + k plane."""
    code, count = ir.IntType(bits.literal_value), channels.literal_value
    signature = types.void(bits, channels, *[types.int64] * 3, *[types.float32] * 2)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, source, target, plane, scale, low = arguments
        pixels = load(builder, source, ir.VectorType(code, PIXELS * count))
        factor, lowest = spread(builder, scale, PIXELS), spread(builder, low, PIXELS)
        for channel in range(count):
            lanes = mask(list(range(channel, PIXELS * count, count)))
            codes = builder.shuffle_vector(pixels, ir.Constant(pixels.type, ir.Undefined), lanes)
            scaled = builder.fmul(builder.uitofp(codes, SINGLES), factor, flags=CONTRACT)
            scaled = builder.fadd(scaled, lowest, flags=CONTRACT)
            store(builder, scaled, offset(builder, target, plane, channel))
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def merge_codes(
    typing: Any, bits: Any, channels: Any, source: Any, target: Any, plane: Any, factor: Any, extra: Any
) -> Any:
    """The inverse: planes times `factor` plus `extra`, clipped, cut off, to PIXELS pixels at address `target`."""
    code, count = ir.IntType(bits.literal_value), channels.literal_value
    top = (1 << bits.literal_value) - 1
    signature = types.void(bits, channels, *[types.int64] * 3, *[types.float32] * 2)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, source, target, plane, factor, extra = arguments
        slope, start = spread(builder, factor, PIXELS), spread(builder, extra, PIXELS)
        planes = []
        for channel in range(count):
            singles = load(builder, offset(builder, source, plane, channel), SINGLES)
            scaled = builder.fadd(builder.fmul(singles, slope, flags=CONTRACT), start, flags=CONTRACT)
            integers = builder.fptosi(_clipped(builder, scaled, top), ir.VectorType(LANE, PIXELS))
            planes.append(builder.trunc(integers, ir.VectorType(code, PIXELS)))
        while len(planes) > 1:
            planes = [_join(builder, planes[k : k + 2]) for k in range(0, len(planes), 2)]
        order = mask([channel * PIXELS + pixel for pixel in range(PIXELS) for channel in range(count)])
        store(builder, builder.shuffle_vector(planes[0], ir.Constant(planes[0].type, ir.Undefined), order), target)
        return context.get_dummy_value()

    return signature, generate


def _clipped(builder: Any, scaled: Any, top: int) -> Any:
    """0 to top + 0.5, to be cut off; comparisons are ordered, so NaN becomes 0."""
    low, high = constant(0.0, PIXELS), constant(top + 0.5, PIXELS)
    above = builder.select(builder.fcmp_ordered(">", scaled, low), scaled, low)
    return builder.select(builder.fcmp_ordered("<", above, high), above, high)


def _join(builder: Any, pair: list[Any]) -> Any:
    """Two vectors as one; a lone one twice."""
    return builder.shuffle_vector(pair[0], pair[-1], mask(list(range(2 * pair[0].type.count))))
