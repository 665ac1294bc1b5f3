"""A picture as half blocks in a given number of bytes: colours stay set where the eye loses least."""

# For each cell in turn the cheapest of twelve ways to draw it, all rows at once: upper half, lower half, both as one by
# a space or by a block, each colour kept as it is set or set anew. Cheapest: error + price * bytes (Lagrange; Everett
# 1963); the price is found by bisection, so that the bytes fit.

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tui.graphics.half_blocks import half_blocks, size_of
from tui.graphics.palette import Pixels, Seen, colours_seen, palette_seen
from tui.output.pen import UNSEEN, Pen
from tui.output.strip import CellStrip
from tui.output.xterm import CUBE

ROUNDS = 6
"""Prices tried."""
CHEAPEST, DEAREST = 1e-6, 0.1
"""Squared distances in Oklab, a byte, at which all is set anew, and nearly nothing."""
LEAD, BLOCK, SPACE = 3, 3, 1
"""Bytes of SGR without parameters, of a block character, of a space."""
ROW = 12
"""Bytes to get to a row, and to end what was set."""
UPPER, LOWER, BLANK, FULL = range(4)
GLYPHS = "▀▄ █"
KINDS = (*[UPPER] * 4, *[LOWER] * 4, *[BLANK] * 2, *[FULL] * 2)
SETS_INK = np.array([0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 1], bool)
SETS_PAPER = np.array([0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0], bool)
"""The twelve ways: what each draws, and which colours it sets."""
CHARACTER = np.array([SPACE if kind == BLANK else BLOCK for kind in KINDS])

Numbers = NDArray[np.intp]


class _Wanted(NamedTuple):
    """What each cell should show, rows x columns x 3 as perceived, and the colours nearest to halves and to both."""

    top: Seen
    bottom: Seen
    nearest: tuple[Numbers, Numbers, Numbers]

    @classmethod
    def of(cls, top: Seen, bottom: Seen) -> "_Wanted":
        """Of the upper and lower halves."""
        both: Seen = (top + bottom) / np.float32(2)
        return cls(top, bottom, (_nearest(top), _nearest(bottom), _nearest(both)))


class _Drawn(NamedTuple):
    """What each cell shows, rows x columns, the colours in the palette's order."""

    ways: Numbers
    ink: Numbers
    paper: Numbers
    bytes: int


def thin(pixels: Pixels, budget: int) -> tuple[CellStrip, ...]:
    """Strips for a picture of 2 * rows x columns x 3, uint8, sRGB, in 256 colours and at most so many bytes.

    Below about 2 bytes a cell there is nothing left to save, and it may be more.
    """
    plain = half_blocks(pixels, "256")
    if size_of(plain) <= budget:
        return plain
    seen = colours_seen(pixels)
    wanted = _Wanted.of(seen[0::2], seen[1::2])
    low, high = CHEAPEST, DEAREST
    best = _draw(wanted, high)
    for _ in range(ROUNDS):
        price = float(np.sqrt(low * high))  # Prices span many magnitudes.
        drawn = _draw(wanted, price)
        if drawn.bytes <= budget:
            best, high = drawn, price
        else:
            low = price
    return _strips(best)


def _draw(wanted: _Wanted, price: float) -> _Drawn:
    palette = palette_seen()
    rows, columns = wanted.top.shape[:2]
    digits = np.array([5 + len(str(number + CUBE)) for number in range(len(palette))])
    ink, paper = np.full(rows, -1), np.full(rows, -1)
    every = np.arange(rows)
    ways, inks, papers = (np.empty((columns, rows), np.intp) for _ in range(3))
    total = ROW * rows
    for x in range(columns):
        upper, lower, both = (each[:, x] for each in wanted.nearest)
        new_ink = np.stack([upper] * 4 + [lower] * 4 + [both] * 4)
        new_paper = np.stack([lower] * 4 + [upper] * 4 + [both] * 4)
        has_ink = np.where(SETS_INK[:, None], new_ink, ink)
        has_paper = np.where(SETS_PAPER[:, None], new_paper, paper)
        size = CHARACTER[:, None] + LEAD * (SETS_INK | SETS_PAPER)[:, None]
        size = size + SETS_INK[:, None] * digits[new_ink] + SETS_PAPER[:, None] * digits[new_paper]
        size = size + (SETS_INK & SETS_PAPER)[:, None]
        over = np.concatenate([has_ink[:4], has_paper[4:8], has_paper[8:10], has_ink[10:]])
        under = np.concatenate([has_paper[:4], has_ink[4:8], has_paper[8:10], has_ink[10:]])
        error = _off(palette, over, wanted.top[:, x]) + _off(palette, under, wanted.bottom[:, x])
        way = np.argmin(np.where((over < 0) | (under < 0), np.inf, error + price * size), axis=0)
        ways[x], ink, paper = way, has_ink[way, every], has_paper[way, every]
        inks[x], papers[x] = ink, paper
        total += int(size[way, every].sum())
    return _Drawn(ways.T, inks.T, papers.T, total)


def _nearest(seen: Seen) -> Numbers:
    palette = palette_seen()
    numbers: Numbers = (seen @ palette.T - (palette**2).sum(axis=1) / 2).argmax(axis=-1)
    return numbers


def _off(palette: Seen, numbers: Numbers, seen: Seen) -> Seen:
    """Squared distances of the colours shown from those that should be."""
    off: Seen = ((palette[numbers] - seen) ** 2).sum(axis=-1)
    return off


def _strips(drawn: _Drawn) -> tuple[CellStrip, ...]:
    return tuple(
        CellStrip(
            [GLYPHS[KINDS[way]] for way in ways],
            [_pen(KINDS[way], ink, paper) for way, ink, paper in zip(ways, inks, papers, strict=True)],
        )
        for ways, inks, papers in zip(drawn.ways.tolist(), drawn.ink.tolist(), drawn.paper.tolist(), strict=True)
    )


def _pen(kind: int, ink: int, paper: int) -> Pen:
    return (
        "" if kind == BLANK else f"38;5;{ink + CUBE}",
        "" if kind == FULL else f"48;5;{paper + CUBE}",
        UNSEEN if kind == BLANK else 0,
        "",
    )
