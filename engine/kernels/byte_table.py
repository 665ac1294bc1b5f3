"""A table of 256 bytes looked up for many bytes at once, in the instructions that each kind of processor has for it."""

from typing import Any

import llvmlite.binding as llvm
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.vectors import WORD, load, pointer

BYTE = ir.IntType(8)
BLOCK = 64
"""Bytes at a time."""
LOOK_UPS = ("permute", "shuffle", "table")
"""AVX-512 VBMI: two permutations of 128 entries. AVX2: sixteen shuffles of 16 entries. NEON: four tables of 64."""
INTEL, ARM = "llvm.x86.", "llvm.aarch64.neon."


def best() -> str:
    """The quickest look-up of this processor; empty where there is none."""
    features = llvm.get_host_cpu_features()
    if features.get("avx512vbmi"):
        return "permute"
    if features.get("avx2"):
        return "shuffle"
    return "table" if features.get("neon") else ""


@intrinsic(prefer_literal=True)
def look_up_block(typing: Any, way: Any, alpha: Any, streamed: Any, table: Any, source: Any, target: Any) -> Any:
    """BLOCK bytes at address `target` become table[byte at `source`], but every `alpha`-th, which is copied (0: none).

    `streamed` stores leave the cache out; the target must then be a multiple of BLOCK.
    """
    signature = types.void(way, alpha, streamed, *[types.int64] * 3)
    name, step, past = way.literal_value, alpha.literal_value, streamed.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        table, source, target = arguments[3:]
        size = {"permute": 64, "shuffle": 32, "table": 16}[name]
        find = {"permute": permute, "shuffle": _shuffle, "table": _table}[name]
        vector = ir.VectorType(BYTE, size)
        for start in range(0, BLOCK, size):
            at = ir.Constant(WORD, start)
            codes = load(builder, builder.add(source, at), vector)
            found = find(builder, table, codes)
            if step:
                keeps = [int(lane % step != step - 1) for lane in range(size)]
                found = builder.select(ir.Constant(ir.VectorType(ir.IntType(1), size), keeps), found, codes)
            address = pointer(builder, builder.add(target, at), vector)
            stored = builder.store(found, address, align=size if past else 1)
            if past:
                stored.set_metadata("nontemporal", builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)]))
        return context.get_dummy_value()

    return signature, generate


def _call(builder: Any, name: str, *arguments: Any) -> Any:
    """An intrinsic of the processor that gives what its last argument is."""
    kinds = [argument.type for argument in arguments]
    function = cgutils.get_or_insert_function(builder.module, ir.FunctionType(kinds[-1], kinds), name)
    return builder.call(function, arguments)


def _part(builder: Any, table: Any, start: int, size: int) -> Any:
    return load(builder, builder.add(table, ir.Constant(WORD, start)), ir.VectorType(BYTE, size))


def _constant(value: int, size: int) -> Any:
    return ir.Constant(ir.VectorType(BYTE, size), [value] * size)


def permute(builder: Any, table: Any, codes: Any) -> Any:
    """The lower and the upper half of the table by seven bits of each code, and one of them by the eighth."""
    parts = [_part(builder, table, start, 64) for start in range(0, 256, 64)]
    name = f"{INTEL}avx512.vpermi2var.qi.512"
    lower, upper = (_call(builder, name, parts[k], codes, parts[k + 1]) for k in (0, 2))
    return builder.select(builder.icmp_signed("<", codes, _constant(0, 64)), upper, lower)


def _shuffle(builder: Any, table: Any, codes: Any) -> Any:
    """Sixteen entries at a time.

    Differences between neighbouring sixteens are summed until the code, less sixteen each time, is below 0, for which
    the instruction gives 0 (by exclusive or, in two halves, as the sign is the highest bit).
    """
    halves = []
    for half in (0, 128):
        place = builder.xor(codes, _constant(half, 32))
        total, before = None, None
        for start in range(half, half + 128, 16):
            sixteen = _part(builder, table, start, 16)
            change = sixteen if before is None else builder.xor(sixteen, before)
            both = builder.shuffle_vector(
                change, change, ir.Constant(ir.VectorType(ir.IntType(32), 32), [*range(16)] * 2)
            )
            found = _call(builder, f"{INTEL}avx2.pshuf.b", both, place)
            total = found if total is None else builder.xor(total, found)
            place, before = builder.sub(place, _constant(16, 32)), sixteen
        halves.append(total)
    return builder.select(builder.icmp_signed("<", codes, _constant(0, 32)), halves[1], halves[0])


def _table(builder: Any, table: Any, codes: Any) -> Any:
    """Sixty-four entries at a time; a code beyond them leaves what was found before."""
    parts = [[_part(builder, table, start + 16 * k, 16) for k in range(4)] for start in range(0, 256, 64)]
    found = _call(builder, f"{ARM}tbl4.v16i8", *parts[0], codes)
    for k in range(1, 4):
        place = builder.sub(codes, _constant(64 * k, 16))
        found = _call(builder, f"{ARM}tbx4.v16i8", found, *parts[k], place)
    return found
