"""Medians of the squares of a block, by ranks: the samples around it are sorted once and count by their places.

Weiss (2006), Fast Median and Bilateral Filtering. A bit for each rank tells whether the square holds it; as the square
moves by a column or a row, bits change, and the word that has the median's is never far from the last one, as in Huang,
Yang and Tang (1979), A Fast Two-Dimensional Median Filtering Algorithm.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.intrinsics import pointer_to
from engine.kernels.occupancy import bit, count_bits, first_bit

ROWS_AT_MOST, BLOCK, WIDEST = 16, 128, 20
"""Rows and columns of a block, and the reach, at most."""
MOST = (ROWS_AT_MOST + 2 * WIDEST) * (BLOCK + 2 * WIDEST)
"""Samples around a block."""
WORDS = MOST // 64 + 2
DIGITS = 256
PLACE = 16
"""Bits of a sample's place; its key lies above them."""
ENTRIES = 2 * MOST + WORDS + DIGITS
"""Numbers of eight bytes: keys twice, the set, and counts of digits."""
BENCH = 8 * ENTRIES + 2 * MOST + 64
SIGN = 1 << 31


@register_jitable
def sort_keys(keys: Any, other: Any, digits: Any, count: Any, bits: Any) -> Any:
    """Sort by the `bits` above PLACE, a byte at a time from the lowest; True when the result lies in `other`."""
    swapped = False
    for shift in range(PLACE, PLACE + bits, 8):
        for each in range(DIGITS):
            digits[each] = 0
        by = np.uint64(shift)
        for k in range(count):
            digits[np.intp((keys[k] >> by) & np.uint64(255))] += np.uint64(1)
        total = np.uint64(0)
        for each in range(DIGITS):
            here = digits[each]
            digits[each] = total
            total += here
        for k in range(count):
            key = keys[k]
            digit = np.intp((key >> by) & np.uint64(255))
            other[np.intp(digits[digit])] = key
            digits[digit] += np.uint64(1)
        keys, other = other, keys
        swapped = not swapped
    return swapped


@register_jitable
def toggle(words: Any, ranks: Any, first: Any, step: Any, count: Any, word: Any) -> Any:
    """Have `count` samples enter a set or leave it; how many of them lie in words before `word`."""
    below = 0
    for k in range(count):
        rank = np.int64(ranks[np.uintp(first + k * step)])
        place = rank >> 6
        words[np.uintp(place)] ^= bit(rank)
        below += place < word
    return below


@register_jitable
def middle(words: Any, word: Any, below: Any, half: Any) -> Any:
    """The word that has the bit before which `half` are set, those set before it, and the rank of that bit."""
    while below > half:
        word -= 1
        below -= count_bits(words[np.uintp(word)])
    here = count_bits(words[np.uintp(word)])
    while below + here <= half:
        below += here
        word += 1
        here = count_bits(words[np.uintp(word)])
    rest = words[np.uintp(word)]
    for _ in range(half - below):
        rest &= rest - np.uint64(1)
    return word, below, 64 * word + first_bit(rest)


def keys_of(codes: type[np.uint16] | type[np.float32]) -> tuple[Callable[..., None], Callable[..., None]]:
    """What reads the samples around a block as keys in the order of unsigned numbers, and what writes one back.

    The bits of float32 numbers below zero are turned round: the order is total, NaN beyond infinity.
    """
    size = np.dtype(codes).itemsize
    kind, wide_kind = np.dtype(f"u{size}").type, size == 4

    @register_jitable
    def gather(first: Any, stride: Any, pixel: Any, tall: Any, wide: Any, keys: Any) -> None:
        for row in range(tall):
            for x in range(wide):
                value = np.uint32(carray(pointer_to(first + row * stride + x * pixel), (1,), kind)[0])
                if wide_kind:
                    value ^= np.uint32(0xFFFFFFFF) if value >= np.uint32(SIGN) else np.uint32(SIGN)
                place = x * tall + row
                keys[place] = (np.uint64(value) << np.uint64(PLACE)) | np.uint64(place)

    @register_jitable
    def put(key: Any, address: Any) -> None:
        value = np.uint32(key >> np.uint64(PLACE))
        if wide_kind:
            value ^= np.uint32(SIGN) if value >= np.uint32(SIGN) else np.uint32(0xFFFFFFFF)
        carray(pointer_to(address), (1,), kind)[0] = kind(value)

    return gather, put


@register_jitable
def empty(words: Any) -> None:
    """A set of nothing."""
    for k in range(WORDS):
        words[k] = np.uint64(0)


def medians_of(codes: type[np.uint16] | type[np.float32]) -> Callable[..., None]:
    """What makes a block: from the address of its first square's corner to that of its first result.

    The square goes to the right along one row and back along the next.
    """
    bits = 8 * np.dtype(codes).itemsize
    gather, put = keys_of(codes)

    @register_jitable
    def medians(
        first: Any, stride: Any, pixel: Any, target: Any, gap: Any, rows: Any, columns: Any, reach: Any, room: Any
    ) -> None:
        side, tall, wide = 2 * reach + 1, rows + 2 * reach, columns + 2 * reach
        one = carray(pointer_to(room), (MOST,), np.uint64)
        two = carray(pointer_to(room + 8 * MOST), (MOST,), np.uint64)
        words = carray(pointer_to(room + 16 * MOST), (WORDS,), np.uint64)
        digits = carray(pointer_to(room + 16 * MOST + 8 * WORDS), (DIGITS,), np.uint64)
        ranks = carray(pointer_to(room + 8 * ENTRIES), (MOST,), np.uint16)
        gather(first, stride, pixel, tall, wide, one)
        keys = two if sort_keys(one, two, digits, tall * wide, bits) else one
        for rank in range(tall * wide):
            ranks[np.uintp(keys[rank] & np.uint64((1 << PLACE) - 1))] = np.uint16(rank)
        empty(words)
        for x in range(side):
            toggle(words, ranks, x * tall, 1, side, 0)
        x, way, word, below = 0, 1, 0, 0
        for row in range(rows):
            if row > 0:
                corner = x * tall + row
                below -= toggle(words, ranks, corner - 1, tall, side, word)
                below += toggle(words, ranks, corner - 1 + side, tall, side, word)
            for step in range(columns):
                if step > 0:
                    leaving, entering = (x, x + side) if way > 0 else (x + side - 1, x - 1)
                    below -= toggle(words, ranks, leaving * tall + row, 1, side, word)
                    below += toggle(words, ranks, entering * tall + row, 1, side, word)
                    x += way
                word, below, rank = middle(words, word, below, side * side // 2)
                put(keys[np.uintp(rank)], target + row * gap + x * pixel)
            way = -way

    made: Callable[..., None] = medians
    return made
