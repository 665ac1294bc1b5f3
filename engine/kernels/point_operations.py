"""What is done to single pixels, a block at a time: an affine map of colours, a line, a spline."""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels import segments
from engine.kernels.point_blocks import BLOCK
from engine.kernels.segments import WAYS
from engine.kernels.vectors import CONTRACT, LANE, SINGLE, WORD, constant, load, offset, pointer, spread, store

STEP = 16
"""Samples of one vector."""
SIGN = 1 << 31


@intrinsic
def map_colours(typing: Any, planes: Any, numbers: Any) -> Any:
    """Three planes at that address through the 3 x 4 matrix at address `numbers`, row by row."""
    signature = types.void(types.int64, types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        planes, numbers = arguments
        weights = [_number(builder, numbers, k, STEP) for k in range(12)]
        vector = ir.VectorType(SINGLE, STEP)
        with cgutils.for_range(builder, ir.Constant(WORD, BLOCK // STEP)) as loop:
            first = offset(builder, planes, loop.index, 4 * STEP)
            places = [builder.add(first, ir.Constant(WORD, 4 * BLOCK * plane)) for plane in range(3)]
            colours = [load(builder, place, vector) for place in places]
            for row, place in enumerate(places):
                total = weights[4 * row + 3]
                for column in (2, 1, 0):
                    total = _fused(builder, weights[4 * row + column], colours[column], total)
                store(builder, total, place)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def scale_samples(typing: Any, samples: Any, count: Any, numbers: Any) -> Any:
    """`count` samples times the number at address `numbers`, plus the next."""
    signature = types.void(*[types.int64] * 3)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        samples, count, numbers = arguments
        slope, intercept = (_number(builder, numbers, k, STEP) for k in range(2))
        _each(builder, samples, count, STEP, lambda x: _fused(builder, slope, x, intercept))
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def follow_spline(typing: Any, pieces: Any, odd: Any, samples: Any, count: Any, numbers: Any) -> Any:
    """`count` samples through a spline of so many pieces, made odd where `odd` (numbers: `engine.staging.splines`)."""
    signature = types.void(pieces, odd, *[types.int64] * 3)
    name, size, is_odd = segments.best(), pieces.literal_value, bool(odd.literal_value)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        samples, count, numbers = arguments[2:]
        lanes = WAYS[name]
        scale, shift, last = (_number(builder, numbers, k, lanes) for k in range(3))
        bits = builder.fptosi(builder.load(pointer(builder, _at(builder, numbers, 3), SINGLE)), LANE)
        tables = [segments.table(builder, name, _at(builder, numbers, 4 + size * k), size) for k in range(6)]

        def along(x: Any) -> Any:
            length, sign = _parted(builder, x) if is_odd else (x, None)
            place = _limited(builder, _fused(builder, scale, length, shift), last)
            index = builder.lshr(builder.bitcast(place, _whole(lanes)), spread(builder, bits, lanes))
            away = builder.fsub(place, segments.pick(builder, name, tables[0], index, size))
            found = segments.pick(builder, name, tables[1], index, size)
            for table in tables[2:]:
                found = _fused(builder, found, away, segments.pick(builder, name, table, index, size))
            if sign is None:
                return found
            return builder.bitcast(builder.xor(builder.bitcast(found, _whole(lanes)), sign), found.type)

        _each(builder, samples, count, lanes, along)
        return context.get_dummy_value()

    return signature, generate


def _each(builder: Any, samples: Any, count: Any, lanes: int, function: Callable[[Any], Any]) -> None:
    """Samples replaced by what the function makes of them, a vector at a time."""
    with cgutils.for_range(builder, builder.udiv(count, ir.Constant(WORD, lanes))) as loop:
        place = offset(builder, samples, loop.index, 4 * lanes)
        store(builder, function(load(builder, place, ir.VectorType(SINGLE, lanes))), place)


def _whole(lanes: int) -> Any:
    return ir.VectorType(LANE, lanes)


def _at(builder: Any, numbers: Any, k: int) -> Any:
    return builder.add(numbers, ir.Constant(WORD, 4 * k))


def _number(builder: Any, numbers: Any, k: int, lanes: int) -> Any:
    return spread(builder, builder.load(pointer(builder, _at(builder, numbers, k), SINGLE)), lanes)


def _fused(builder: Any, factor: Any, x: Any, addend: Any) -> Any:
    return builder.fadd(builder.fmul(factor, x, flags=CONTRACT), addend, flags=CONTRACT)


def _parted(builder: Any, x: Any) -> tuple[Any, Any]:
    """The magnitude, and the sign's bit alone."""
    whole = builder.bitcast(x, _whole(x.type.count))
    sign = builder.and_(whole, ir.Constant(whole.type, [SIGN] * x.type.count))
    return builder.bitcast(builder.xor(whole, sign), x.type), sign


def _limited(builder: Any, place: Any, last: Any) -> Any:
    """1 to `last`; comparisons are ordered, so NaN becomes 1."""
    first = constant(1.0, place.type.count)
    above = builder.select(builder.fcmp_ordered(">", place, first), place, first)
    return builder.select(builder.fcmp_ordered("<", above, last), above, last)
