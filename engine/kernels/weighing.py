"""Weighted means in one direction with other weights for each place: sums stay in registers, each is written once."""

from typing import Any

from llvmlite import ir
from numba import carray, types
from numba.core import cgutils
from numba.extending import intrinsic, register_jitable

from engine.kernels.signature import i4
from engine.kernels.vectors import CONTRACT, LANE, SINGLE, constant, load, offset, pointer, spread, store

LANES = 64
"""Samples of a row at a time: enough sums in flight to hide the latency of adding."""
ABREAST = 16
"""Rows at a time where rows were turned into columns."""


HEAD = 3
"""Whole numbers before the table: places, weights of each at most, and how many places are made at a time."""


@register_jitable
def places(parameters: Any) -> Any:
    """For each place the first source place and how many there are, and the weights that `staging.weights` packed.

    The latter are an address and the bytes from one place's weights to the next.
    """
    head = carray(parameters, (HEAD,)).view(i4)
    size, length = head[0], HEAD + 2 * head[0]
    table = carray(parameters, (length,)).view(i4)
    weights = carray(parameters, (length,)).ctypes.data + 4 * length
    return table[HEAD : HEAD + size], table[HEAD + size :], weights, 4 * head[1]


@register_jitable
def places_at_a_time(parameters: Any) -> Any:
    """How many to make with what fits the scratch."""
    return carray(parameters, (HEAD,)).view(i4)[2]


@intrinsic(prefer_literal=True)
def weigh_down(
    typing: Any, bits: Any, made: Any, lanes: Any, source: Any, step: Any, weights: Any, count: Any, target: Any
) -> Any:
    """Sums of weights[k] * source[k step] for `lanes` neighbouring samples.

    `bits` and `made` are those of a sample before and after: 8 or 16 for codes, 32 for float32. Codes are clipped and
    rounded half up; NaN becomes 0.
    """
    signature = types.void(bits, made, lanes, *[types.int64] * 5)
    width = lanes.literal_value
    sample = SINGLE if bits.literal_value == 32 else ir.IntType(bits.literal_value)
    samples, vector = ir.VectorType(sample, width), ir.VectorType(SINGLE, width)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, _, source, step, weights, count, target = arguments
        total = cgutils.alloca_once_value(builder, ir.Constant(vector, [0.0] * width))
        with cgutils.for_range(builder, count) as loop:
            value = load(builder, builder.add(source, builder.mul(step, loop.index)), samples)
            single = value if sample is SINGLE else builder.uitofp(value, vector)
            _add(builder, total, _weight(builder, weights, loop.index, width), single)
        result = builder.load(total)
        store(builder, result if made.literal_value == 32 else to_codes(builder, result, made.literal_value), target)
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def weigh_along(typing: Any, channels: Any, source: Any, step: Any, weights: Any, count: Any, target: Any) -> Any:
    """The same for `channels` neighbouring columns of ABREAST float32 samples; the next place is `step` bytes on."""
    signature = types.void(channels, *[types.int64] * 5)
    vector = ir.VectorType(SINGLE, ABREAST)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, source, step, weights, count, target = arguments
        zero = ir.Constant(vector, [0.0] * ABREAST)
        totals = [cgutils.alloca_once_value(builder, zero) for _ in range(channels.literal_value)]
        column = ir.Constant(ir.IntType(64), 4 * ABREAST)
        with cgutils.for_range(builder, count) as loop:
            weight = _weight(builder, weights, loop.index, ABREAST)
            place = builder.add(source, builder.mul(step, loop.index))
            for channel, total in enumerate(totals):
                _add(builder, total, weight, load(builder, offset(builder, place, column, channel), vector))
        for channel, total in enumerate(totals):
            store(builder, builder.load(total), offset(builder, target, column, channel))
        return context.get_dummy_value()

    return signature, generate


def to_codes(builder: Any, values: Any, bits: int) -> Any:
    """Values in units of a code as codes, clipped and rounded half up; comparisons are ordered, so NaN becomes 0."""
    lanes, top = values.type.count, (1 << bits) - 1
    low, high = constant(0.0, lanes), constant(top + 0.5, lanes)
    values = builder.fadd(values, constant(0.5, lanes))
    above = builder.select(builder.fcmp_ordered(">", values, low), values, low)
    within = builder.select(builder.fcmp_ordered("<", above, high), above, high)
    whole = builder.fptosi(within, ir.VectorType(LANE, lanes))
    return builder.trunc(whole, ir.VectorType(ir.IntType(bits), lanes))


def _weight(builder: Any, weights: Any, index: Any, lanes: int) -> Any:
    address = builder.add(weights, builder.mul(index, ir.Constant(ir.IntType(64), 4)))
    return spread(builder, builder.load(pointer(builder, address, SINGLE)), lanes)


def _add(builder: Any, total: Any, weight: Any, value: Any) -> None:
    product = builder.fmul(weight, value, flags=CONTRACT)
    builder.store(builder.fadd(builder.load(total), product, flags=CONTRACT), total)
