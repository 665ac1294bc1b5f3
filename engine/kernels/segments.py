"""Sixteen or thirty-two numbers that many samples pick from at once, as each kind of processor does it best."""

from typing import Any

import llvmlite.binding as llvm
from llvmlite import ir
from numba.core import cgutils

from engine.kernels.vectors import LANE, SINGLE, WORD, load, offset, pointer

WAYS = {"permute": 16, "blend": 8, "load": 8}
"""Samples at a time. AVX-512: one permutation of all. AVX2: one of each eight. Elsewhere: one load a sample."""


def best() -> str:
    """The quickest way of this processor."""
    features = llvm.get_host_cpu_features()
    if features.get("avx512f"):
        return "permute"
    return "blend" if features.get("avx2") else "load"


def table(builder: Any, way: str, address: Any, count: int) -> list[Any]:
    """As many float32 numbers at an address, in as many registers as they take; the address where none do."""
    if way == "load":
        return [address]
    vector = ir.VectorType(SINGLE, WAYS[way])
    places = range(0, count, WAYS[way])
    return [load(builder, builder.add(address, ir.Constant(WORD, 4 * place)), vector) for place in places]


def pick(builder: Any, way: str, numbers: list[Any], index: Any, count: int) -> Any:
    """Of a table's numbers those that `index`, less all bits above those of `count`, says."""
    if way == "load":
        return _loaded(builder, numbers[0], index, count)
    if way == "permute" and len(numbers) == 2:
        return _call(builder, "avx512.vpermi2var.ps.512", numbers[0], index, numbers[1])
    name = "avx512.permvar.sf.512" if way == "permute" else "avx2.permps"
    found, bit = [_call(builder, name, each, index) for each in numbers], WAYS[way]
    while len(found) > 1:
        lower = builder.icmp_signed("==", builder.and_(index, _all(index.type, bit)), _all(index.type, 0))
        found = [builder.select(lower, found[k], found[k + 1]) for k in range(0, len(found), 2)]
        bit *= 2
    return found[0]


def _all(kind: Any, number: int) -> Any:
    return ir.Constant(kind, [number] * kind.count)


def _call(builder: Any, name: str, *arguments: Any) -> Any:
    """An intrinsic of the processor that gives what its first argument is."""
    kinds = [argument.type for argument in arguments]
    function = cgutils.get_or_insert_function(builder.module, ir.FunctionType(kinds[0], kinds), f"llvm.x86.{name}")
    return builder.call(function, arguments)


def _loaded(builder: Any, address: Any, index: Any, count: int) -> Any:
    found = ir.Constant(ir.VectorType(SINGLE, index.type.count), ir.Undefined)
    for lane in range(index.type.count):
        at = ir.Constant(LANE, lane)
        place = builder.and_(builder.extract_element(index, at), ir.Constant(LANE, count - 1))
        entry = offset(builder, address, builder.zext(place, WORD), 4)
        found = builder.insert_element(found, builder.load(pointer(builder, entry, SINGLE)), at)
    return found
