"""Samples of any depth as integers in vectors whose order is that of the samples, and back."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from engine.kernels.vectors import LANE, load, mask, pointer, store

BYTES = 32
"""Of a vector."""


def vector(bits: int, size: int = BYTES) -> Any:
    """As many integers of that many bits as `size` bytes hold."""
    return ir.VectorType(ir.IntType(bits), size * 8 // bits)


def keyed(builder: Any, values: Any) -> Any:
    """Integers ordered as the samples are, the same again for the way back.

    32 bits are float32, whose bits below zero count downwards: all orders are total, so that NaN (beyond infinity) and
    the zeros come out alike whatever is compared first.
    """
    if values.type.element.width != 32:
        return values
    shift, one = (ir.Constant(values.type, [by] * values.type.count) for by in (31, 1))
    return builder.xor(values, builder.lshr(builder.ashr(values, shift), one))


def load_keys(builder: Any, address: Any, kind: Any) -> Any:
    """A vector of samples from any address."""
    return keyed(builder, load(builder, address, kind))


def store_keys(builder: Any, keys: Any, address: Any) -> None:
    """A vector of samples to any address."""
    store(builder, keyed(builder, keys), address)


def lower(builder: Any, a: Any, b: Any, *, signed: bool = False) -> Any:
    """The smaller keys."""
    return builder.select(_less(builder, a, b, signed), a, b)


def upper(builder: Any, a: Any, b: Any, *, signed: bool = False) -> Any:
    """The larger keys."""
    return builder.select(_less(builder, b, a, signed), a, b)


def exchange(builder: Any, a: Any, b: Any) -> tuple[Any, Any]:
    """The smaller keys and the larger ones."""
    return lower(builder, a, b), upper(builder, a, b)


def _less(builder: Any, a: Any, b: Any, signed: bool) -> Any:
    compare = builder.icmp_signed if signed or a.type.element.width == 32 else builder.icmp_unsigned
    return compare("<", a, b)


@intrinsic(prefer_literal=True)
def keep_last(typing: Any, bits: Any, channels: Any, source: Any, target: Any) -> Any:
    """Put the last of each `channels` samples back: a vector of `source` over one of `target`, both whole pixels."""
    signature = types.void(bits, channels, types.int64, types.int64)
    kind, count = vector(bits.literal_value), channels.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, _, source, target = arguments
        lanes = [lane + kind.count * (lane % count != count - 1) for lane in range(kind.count)]
        kept, made = load(builder, source, kind), load(builder, target, kind)
        store(builder, builder.shuffle_vector(kept, made, mask(lanes)), target)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def copy_past(typing: Any, source: Any, target: Any) -> Any:
    """A vector to an address that is a multiple of BYTES, leaving the cache out."""
    signature = types.void(types.int64, types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = vector(8)
        stored = builder.store(load(builder, arguments[0], kind), pointer(builder, arguments[1], kind), align=BYTES)
        stored.set_metadata("nontemporal", builder.module.add_metadata([ir.Constant(LANE, 1)]))
        return context.get_dummy_value()

    return signature, generate
