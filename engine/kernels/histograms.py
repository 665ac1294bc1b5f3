"""Histograms of columns of bytes and of the square that slides over them, and the median they give.

Perreault and Hebert (2007), Median Filtering in Constant Time: what a square holds changes by a column that enters and
one that leaves, of its 16 coarse classes always, of the 16 fine ones in the class that holds the median when they are
looked at. All counts here are of what is at most a value: an addition of 16 lanes counts a sample, and the lanes below
the middle are as many as the median's place.
"""

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from engine.kernels.vectors import WORD, load, pointer, spread, store

CLASSES = 16
BYTE, COUNT = ir.IntType(8), ir.IntType(16)
COLUMN, SQUARE = ir.VectorType(BYTE, CLASSES), ir.VectorType(COUNT, CLASSES)
STEPS = CLASSES * CLASSES
"""Bytes of the table of what a sample adds to each class."""
COARSE = STEPS + 2 * CLASSES
"""Where, behind the table, a square's coarse counts lie; a zero lies before them."""
FINE = COARSE + 2 * CLASSES
"""Where its fine counts lie, class by class, and behind them where each class was last looked at."""
SEEN = FINE + 2 * CLASSES * CLASSES
NOWHERE = -(1 << 40)


def _at(builder: Any, address: Any, step: int, index: Any, start: int = 0) -> Any:
    scaled = builder.add(builder.mul(index, ir.Constant(WORD, step)), ir.Constant(WORD, start))
    return builder.add(address, scaled)


@intrinsic
def make_steps(typing: Any, table: Any) -> Any:
    """Write what a sample of each of 16 classes adds: 1 to its own class and those above."""
    signature = types.void(types.int64)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        for k in range(CLASSES):
            added = ir.Constant(COLUMN, [int(lane >= k) for lane in range(CLASSES)])
            store(builder, added, builder.add(arguments[0], ir.Constant(WORD, k * CLASSES)))
        return context.get_dummy_value()

    return signature, generate


@intrinsic(prefer_literal=True)
def count_row(
    typing: Any, both: Any, entering: Any, leaving: Any, pixel: Any, columns: Any, plane: Any, count: Any, table: Any
) -> Any:
    """Add a row of samples to the columns' histograms and, if `both`, take one away.

    `columns` has the coarse counts of all columns, then, each `plane` bytes further, the fine ones of each class.
    """
    signature = types.void(both, *[types.int64] * 7)
    rows = 1 + both.literal_value

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        _, entering, leaving, pixel, columns, plane, count, table = arguments

        def change(address: Any, index: Any, way: Any) -> None:
            added = load(builder, _at(builder, table, CLASSES, index), COLUMN)
            store(builder, way(load(builder, address, COLUMN), added), address)

        with cgutils.for_range(builder, count) as loop:
            coarse = _at(builder, columns, CLASSES, loop.index)
            first = builder.add(coarse, plane)
            for row, way in ((entering, builder.add), (leaving, builder.sub))[:rows]:
                place = builder.add(row, builder.mul(loop.index, pixel))
                sample = builder.zext(builder.load(pointer(builder, place, BYTE)), WORD)
                high, low = builder.lshr(sample, ir.Constant(WORD, 4)), builder.and_(sample, ir.Constant(WORD, 15))
                change(coarse, high, way)
                change(builder.add(first, builder.mul(high, plane)), low, way)
        return context.get_dummy_value()

    return signature, generate


@intrinsic
def median_row(
    typing: Any, columns: Any, plane: Any, side: Any, count: Any, target: Any, pixel: Any, table: Any
) -> Any:
    """`count` medians of squares `side` columns wide, every `pixel` bytes; one more column than they have is read."""
    signature = types.void(*[types.int64] * 7)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        columns, plane, side, count, target, pixel, table = arguments
        square = _Square(builder, columns, plane, side, table)
        square.begin()
        with cgutils.for_range(builder, count) as loop:
            place = builder.add(target, builder.mul(loop.index, pixel))
            median = square.median(loop.index)
            builder.store(builder.trunc(median, BYTE), pointer(builder, place, BYTE))
            square.step(loop.index)
        return context.get_dummy_value()

    return signature, generate


class _Square:
    """Code for the histograms of a square that moves along a row."""

    def __init__(self, builder: Any, columns: Any, plane: Any, side: Any, table: Any) -> None:
        self.builder, self.columns, self.plane, self.side = builder, columns, plane, side
        self.cumulated, self.fine, self.seen = (
            builder.add(table, ir.Constant(WORD, place)) for place in (COARSE, FINE, SEEN)
        )
        self.middle = builder.trunc(builder.lshr(builder.mul(side, side), ir.Constant(WORD, 1)), COUNT)
        self.coarse = cgutils.alloca_once(builder, SQUARE)

    def begin(self) -> None:
        """The square at the row's beginning; no fine counts yet."""
        builder = self.builder
        before = builder.sub(self.cumulated, ir.Constant(WORD, 2))
        builder.store(ir.Constant(COUNT, 0), pointer(builder, before, COUNT))
        for k in range(CLASSES):
            place = builder.add(self.seen, ir.Constant(WORD, 8 * k))
            builder.store(ir.Constant(WORD, NOWHERE), pointer(builder, place, WORD))
        self._sum(self.coarse, self.columns, ir.Constant(WORD, 0))

    def step(self, x: Any) -> None:
        """From x to x + 1."""
        self._slide(self.coarse, self.columns, x)

    def median(self, x: Any) -> Any:
        """Of the square at x."""
        builder = self.builder
        coarse = builder.load(self.coarse)
        store(builder, coarse, self.cumulated)
        high = self._below(coarse, self.middle)
        less = builder.load(pointer(builder, _at(builder, self.cumulated, 2, high, -2), COUNT))
        low = self._below(self._looked_at(high, x), builder.sub(self.middle, less))
        return builder.add(builder.mul(high, ir.Constant(WORD, CLASSES)), low)

    def _looked_at(self, high: Any, x: Any) -> Any:
        """The fine counts of a class, brought to x: column by column, or anew where that is shorter."""
        builder = self.builder
        seen = pointer(builder, _at(builder, self.seen, 8, high), WORD)
        place = _at(builder, self.fine, 2 * CLASSES, high)
        segment = builder.add(self.columns, builder.mul(self.plane, builder.add(high, ir.Constant(WORD, 1))))
        last, counts = builder.load(seen), cgutils.alloca_once(builder, SQUARE)
        twice = builder.mul(builder.sub(x, last), ir.Constant(WORD, 2))
        with builder.if_else(builder.icmp_signed("<", twice, self.side)) as (near, far):
            with near:
                builder.store(load(builder, place, SQUARE), counts)
                with cgutils.for_range(builder, x, start=last) as loop:
                    self._slide(counts, segment, loop.index)
            with far:
                self._sum(counts, segment, x)
        builder.store(x, seen)
        store(builder, builder.load(counts), place)
        return builder.load(counts)

    def _below(self, counts: Any, middle: Any) -> Any:
        """How many counts are at most `middle`: the number of the class that holds the median."""
        builder = self.builder
        lanes = builder.icmp_signed("<=", counts, spread(builder, middle, CLASSES))
        return builder.zext(builder.ctpop(builder.bitcast(lanes, COUNT)), WORD)

    def _slide(self, counts: Any, segment: Any, x: Any) -> None:
        entering, leaving = self._column(segment, self.builder.add(x, self.side)), self._column(segment, x)
        moved = self.builder.sub(self.builder.add(self.builder.load(counts), entering), leaving)
        self.builder.store(moved, counts)

    def _sum(self, counts: Any, segment: Any, first: Any) -> None:
        self.builder.store(ir.Constant(SQUARE, [0] * CLASSES), counts)
        with cgutils.for_range(self.builder, self.builder.add(first, self.side), start=first) as loop:
            column = self._column(segment, loop.index)
            self.builder.store(self.builder.add(self.builder.load(counts), column), counts)

    def _column(self, segment: Any, x: Any) -> Any:
        return self.builder.zext(load(self.builder, _at(self.builder, segment, CLASSES, x), COLUMN), SQUARE)
