"""What Numba lacks: calling a compiled stage by its address, and atomic reads and additions on shared counters."""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

POINTER = ir.IntType(8).as_pointer()


@intrinsic
def call_stage(
    typing: Any, address: Any, source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any
) -> Any:
    """Call the stage at `address`; all arguments are int64 addresses."""
    signature = types.void(*[types.int64] * 6)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        integer = ir.IntType(64).as_pointer()
        single = ir.FloatType().as_pointer()
        kinds = [POINTER, POINTER, integer, single, single]
        # A cfunc returns nothing to C, but Numba gives void functions an opaque pointer result in LLVM.
        function = ir.FunctionType(ir.VoidType(), kinds)
        stage = builder.inttoptr(arguments[0], function.as_pointer())
        builder.call(stage, [builder.inttoptr(value, kind) for value, kind in zip(arguments[1:], kinds, strict=True)])
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def pointer_to(typing: Any, address: Any) -> Any:
    """An int64 address as a void pointer."""
    signature = types.voidptr(types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], POINTER)

    return signature, generate


def _element(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    array = cgutils.create_struct_proxy(signature.args[0])(context, builder, value=arguments[0])
    return builder.gep(array.data, [arguments[1]])


@intrinsic
def atomic_add(typing: Any, array: Any, index: Any, value: Any) -> Any:
    """Add to array[index] and return what was there before; array is int64 and contiguous."""
    signature = types.int64(array, types.int64, types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.atomic_rmw("add", _element(context, builder, signature, arguments), arguments[2], "seq_cst")

    return signature, generate


@intrinsic
def atomic_load(typing: Any, array: Any, index: Any) -> Any:
    """array[index] as other threads last wrote it; a plain read is hoisted out of loops."""
    signature = types.int64(array, types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.load_atomic(_element(context, builder, signature, arguments), "acquire", 8)

    return signature, generate


@intrinsic
def atomic_store(typing: Any, array: Any, index: Any, value: Any) -> Any:
    """Set array[index] so that other threads read what was there or this, never a part of it."""
    signature = types.void(array, types.int64, types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.store_atomic(arguments[2], _element(context, builder, signature, arguments), "release", 8)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def atomic_replace(typing: Any, array: Any, index: Any, expected: Any, value: Any) -> Any:
    """Set array[index] if it is what was expected; whether it was."""
    signature = types.boolean(array, types.int64, types.int64, types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        place = _element(context, builder, signature, arguments)
        made = builder.cmpxchg(place, arguments[2], arguments[3], "seq_cst", "seq_cst")
        return builder.extract_value(made, 1)

    return signature, generate
