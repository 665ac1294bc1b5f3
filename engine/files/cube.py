"""Tables of colours in .cube files: Adobe, Cube LUT Specification 1.0 (2013). It looks nothing up in them.

Beyond the standard it takes the input ranges that DaVinci Resolve writes, LUT_1D_INPUT_RANGE and LUT_3D_INPUT_RANGE:
a lowest and a highest value for all three colours.
"""

from __future__ import annotations

import io
import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from engine.errors import SpecError
from engine.files.name import show

if TYPE_CHECKING:
    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float64]"
SIZES = {"LUT_1D_SIZE": (1, 65536), "LUT_3D_SIZE": (3, 129)}
"""Dimensions, and entries along each at most: 33 and 65 are usual, and 129 take 34 MB."""
DOMAINS = ("DOMAIN_MIN", "DOMAIN_MAX")
RANGES = ("LUT_1D_INPUT_RANGE", "LUT_3D_INPUT_RANGE")
LARGEST = 65504.0
"""Magnitude of a number, as of a half-precision one."""
TOGETHER = 4096
"""Rows of numbers that are read at a time."""
MOST_LINES = 1 << 22
"""Of a file: nearly twice those of the largest table."""
MOST_BYTES = 128 << 20
"""Of a file: what the largest table takes, written with many digits."""


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """A table of one dimension, for each colour by itself, or of three, for all colours together."""

    dimensions: int
    size: int
    """Entries along each dimension, at least 2."""
    low: tuple[float, float, float]
    """What the first and the last entry stand for, for R, G and B."""
    high: tuple[float, float, float]
    table: NDArray[np.float32]
    """Results as R, G, B: size x 3, or size x size x size x 3 by B, G, R. Not to be written to."""


@dataclass(slots=True)
class _Head:
    """What the keywords say, so far."""

    size: int = 0
    dimensions: int = 0
    low: list[float] = field(default_factory=lambda: [0.0] * 3)
    high: list[float] = field(default_factory=lambda: [1.0] * 3)
    seen: set[str] = field(default_factory=set)


class _FaultError(Exception):
    """What is wrong with a line."""


def read_cube(path: str) -> Cube:
    """The table of a file; SpecError names the file, the line and what is wrong."""
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise SpecError(f"{show(path)} cannot be read ({error.strerror}); check its name and permissions.") from None
    if len(data) > MOST_BYTES:
        raise SpecError(f"{show(path)} has more than {MOST_BYTES >> 20} MiB, which is more than a table takes.")
    # Titles may be in any encoding; everything that counts is ASCII.
    lines = _lines(path, io.TextIOWrapper(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), encoding="latin-1"))
    number = 1
    head = _Head()
    try:
        rows: Iterable[tuple[int, str]] = ()
        for number, line in lines:
            if _counts(line) and not _keyword(line.strip(), head):
                rows = itertools.chain([(number, line)], lines)
                break
        if not head.size:
            raise _FaultError("no LUT_3D_SIZE or LUT_1D_SIZE comes before the numbers, so this is no table of colours.")
    except _FaultError as fault:
        raise SpecError(f"{show(path)}, line {number}: {show(str(fault))}") from None
    return _cube(path, head, rows)


def _lines(path: str, text: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each with its number, counted from 1."""
    for number, line in enumerate(text, start=1):
        if number > MOST_LINES:
            raise SpecError(f"{show(path)} has more than {MOST_LINES} lines, which is more than a table takes.")
        yield number, line


def _counts(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _cube(path: str, head: _Head, rows: Iterable[tuple[int, str]]) -> Cube:
    expected = head.size**head.dimensions
    table = np.empty((expected, 3), np.float32)
    done = 0
    for found in _blocks(path, rows):
        end = done + len(found)
        if end <= expected:
            table[done:end] = found
        done = end
    if done != expected:
        key = f"LUT_{head.dimensions}D_SIZE {head.size}"
        raise SpecError(
            f"{show(path)} has {done} rows of numbers, and {key} needs {expected}; copy it again from its source."
        )
    if not all(low < high for low, high in zip(head.low, head.high, strict=True)):
        raise SpecError(f"{show(path)}: every number of DOMAIN_MIN must be below that of DOMAIN_MAX; mend them.")
    table = table.reshape((*[head.size] * head.dimensions, 3))
    table.flags.writeable = False
    low, high = (tuple(each) for each in (head.low, head.high))
    return Cube(head.dimensions, head.size, low, high, table)  # type: ignore[arg-type]


def _keyword(line: str, head: _Head) -> bool:
    """Whether a line is a keyword, and not the first row of numbers."""
    key, *words = line.split()
    if not key[0].isalpha() or key.lower() in ("nan", "inf", "infinity"):
        return False
    if key in head.seen:
        raise _FaultError(f"{key} is given twice; keep one.")
    head.seen.add(key)
    if key in SIZES:
        if head.size:
            raise _FaultError("a table has one dimension or three, and not both; export it as LUT_3D_SIZE alone.")
        head.dimensions, most = SIZES[key]
        if len(words) != 1 or not words[0].isdecimal() or not 2 <= int(words[0][:9]) <= most:
            raise _FaultError(f"{key} must be a whole number from 2 to {most}.")
        head.size = int(words[0])
    elif key in DOMAINS:
        numbers = _numbers(words, 3)
        if key == DOMAINS[0]:
            head.low = numbers
        else:
            head.high = numbers
    elif key in RANGES:
        low, high = _numbers(words, 2)
        head.low, head.high = [low] * 3, [high] * 3
    elif key != "TITLE":
        raise _FaultError(f"{show(key, 40)} is no word of a .cube file; remove the line.")
    return True


def _numbers(words: list[str], count: int) -> list[float]:
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(abs(number) <= LARGEST for number in numbers):
        raise _FaultError(f"there must be {count} numbers of at most {LARGEST:g} in magnitude.")
    return numbers


def _blocks(path: str, rows: Iterable[tuple[int, str]]) -> Iterator[Floats]:
    """The rows of numbers, many at a time."""
    kept = ((number, line) for number, line in rows if _counts(line))
    while block := list(itertools.islice(kept, TOGETHER)):
        words = [line.split() for _, line in block]
        try:
            numbers = np.array(words, np.float64)
        except ValueError:
            numbers = np.empty(0)
        if numbers.shape != (len(block), 3) or not bool((np.abs(numbers) <= LARGEST).all()):
            number = next(number for (number, _), each in zip(block, words, strict=True) if not _is_row(each))
            raise SpecError(
                f"{show(path)}, line {number}: there must be 3 numbers of at most {LARGEST:g} in magnitude."
            )
        yield numbers


def _is_row(words: list[str]) -> bool:
    try:
        return len(words) == 3 and all(math.fabs(float(word)) <= LARGEST for word in words)
    except ValueError:
        return False
