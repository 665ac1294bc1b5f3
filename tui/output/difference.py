"""From rows as they are on the terminal to rows as they should be, in few bytes. Keeps no rows and writes to nobody."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.output.abilities import Abilities
from tui.output.glyphs import is_sure
from tui.output.moves import move
from tui.output.pen import PLAIN, SEEN_ON_BLANKS, UNSEEN, Pen
from tui.output.sgr import change

REPEATED = re.compile("([ -~─-▟])\\1{6,}")
"""Characters that are the same in every terminal's eyes, and enough of them for CSI b to be shorter."""
ERASED = 12
"""From so many blanks on, ECH and a step to the right are shorter than spaces."""
DRAWN = "\0"
"""What a cell shows that belongs to a picture made of pixels: nothing is ever written there."""
UNKNOWN = "\1"
"""What a cell shows when nobody knows."""
NOBODYS = (DRAWN, UNKNOWN)
"""What is never written."""
BYTES = 3
"""Of one character that is not rare."""
CELL = 44
"""Bytes, at most, that one cell needs: a move, both colours in 24 bits, a character."""


class Row(NamedTuple):
    """One row of the screen. Never changed in place, so that rows can be shared and told apart by identity."""

    chars: Sequence[str]
    """What each cell shows; empty for the second cell of a wide character."""
    pens: Sequence[Pen]
    """How each cell is drawn."""


class Frame:
    """The bytes of one frame while they are written, and what they do to the terminal's cursor and pen.

    A frame begins with the plain pen and a cursor that may be anywhere, and `finished` leaves it so.
    """

    def __init__(self, abilities: Abilities, room: int = 1 << 30) -> None:
        """With room for so many bytes, of which it leaves at most one cell's unused where it is full."""
        self._abilities = abilities
        self._room = room - CELL
        self._length = 0
        self._out: list[str] = []
        self._row: int | None = None
        self._column: int | None = None
        self._pen = PLAIN

    @property
    def full(self) -> bool:
        """Whether no further cell is sure to have room."""
        return self._length > self._room

    def limit(self, room: int) -> None:
        """From here on there is only so much room, of which all so far has taken its part."""
        self._room = room - CELL

    def finished(self) -> str:
        """All bytes so far, the pen put back; nothing when nothing was written."""
        if not self._out:
            return ""
        link = "\x1b]8;;\x1b\\" if self._pen[3] else ""
        return "".join((*self._out, link, "\x1b[m" if self._pen[:3] != PLAIN[:3] else ""))

    def row(self, y: int, new: Row, old: Row | None) -> int:
        """Make row y of the terminal, which shows old (None: nobody knows what), show new.

        Returns the column from which on there was no room; the row's width when it was written to its end.
        """
        width = len(new.chars)
        changed = changed_columns(new, old)
        if DRAWN in new.chars or UNKNOWN in new.chars:
            changed = [x for x in changed if new.chars[x] not in NOBODYS]
        if not changed:
            return width
        sure = "" not in new.chars and len("".join(new.chars)) == width
        tail = self._blank_tail(new, changed)
        for start, stop in runs([x for x in changed if x < tail] if tail < width else changed, new):
            reached = self._run(y, start, stop, new, sure)
            if reached < stop:
                return reached
        if tail < width:
            if self.full:
                return tail
            self._place(y, tail)
            self._draw_with(new.pens[tail])
            self._put("\x1b[K")
        return width

    def _put(self, text: str) -> None:
        self._out.append(text)
        self._length += len(text) if text.isascii() else len(text.encode())

    def _blank_tail(self, new: Row, changed: list[int]) -> int:
        """First column of a blank end of the row that is better erased than written; else the row's width."""
        width, last = len(new.chars), new.pens[-1]
        if last[2] != UNSEEN or not (self._abilities.erase or last[1] == PLAIN[1]):
            return width
        tail = width
        while tail and new.chars[tail - 1] == " " and new.pens[tail - 1] == last:
            tail -= 1
        blanks = [x for x in changed if x >= tail]
        return blanks[0] if len(blanks) > 3 else width

    def _run(self, y: int, start: int, stop: int, new: Row, sure: bool) -> int:
        """Write cells from start to before stop, or to the one that has no room."""
        chars, pens = new
        x = start
        while x < stop and not self.full:
            pen, end = pens[x], x + 1
            most = x + max(1, (self._room - self._length) // BYTES)
            while end < stop and pens[end] == pen and (end < most or not chars[end]):
                end += 1
            self._place(y, x)
            self._draw_with(pen)
            if sure:
                self._text("".join(chars[x:end]), end - x, pen)
            else:
                self._clusters(y, x, end, chars)
            if self._column is not None and self._column >= len(chars):
                self._column = None
            x = end
        return x

    def _text(self, text: str, count: int, pen: Pen) -> None:
        if count >= ERASED and pen[2] == UNSEEN and self._abilities.erase:
            self._put(f"\x1b[{count}X")
            return
        if self._abilities.repeat and count > 6:
            text = REPEATED.sub(_repeat, text)
        self._put(text)
        if self._column is not None:
            self._column += count

    def _clusters(self, y: int, x: int, end: int, chars: Sequence[str]) -> None:
        """Write cells, some wide or composed; after those that terminals disagree on, the cursor is lost."""
        while x < end:
            self._place(y, x)
            cell = chars[x]
            wide = x + 1 < len(chars) and not chars[x + 1]
            self._put(cell)
            x += 2 if wide else 1
            self._column = x if is_sure(cell) else None

    def _place(self, y: int, x: int) -> None:
        if (self._row, self._column) != (y, x):
            self._put(move(self._row, self._column, y, x))
            self._row, self._column = y, x

    def _draw_with(self, pen: Pen) -> None:
        foreground, background, attributes, link = self._pen
        ink, paper, wanted, target = pen
        stays = wanted == attributes or (wanted == UNSEEN and not attributes & SEEN_ON_BLANKS)
        if not stays or target != link:
            codes, self._pen = change(self._pen, pen)
            self._put(codes)
            return
        if ink and ink != foreground:
            if paper and paper != background:
                self._put(f"\x1b[{ink};{paper}m")
                self._pen = (ink, paper, attributes, link)
            else:
                self._put(f"\x1b[{ink}m")
                self._pen = (ink, background, attributes, link)
        elif paper and paper != background:
            self._put(f"\x1b[{paper}m")
            self._pen = (foreground, paper, attributes, link)


def changed_columns(new: Row, old: Row | None) -> list[int]:
    """Columns whose cells differ, in order; of a row that nobody knows, all."""
    if old is None or len(old.chars) != len(new.chars):
        return list(range(len(new.chars)))
    if (new.chars is old.chars or new.chars == old.chars) and (new.pens is old.pens or new.pens == old.pens):
        return []
    cells = zip(new.chars, old.chars, new.pens, old.pens, strict=True)
    return [x for x, (a, b, c, d) in enumerate(cells) if a != b or (c is not d and c != d)]


def runs(changed: Sequence[int], new: Row) -> Iterator[tuple[int, int]]:
    """Stretches to write, (first, end): neighbours, and those whose gap is as cheap to write again as to step over."""
    if not changed:
        return
    start = _lead(changed[0], new)
    stop = start + 1
    for x in changed:
        if x > stop and not _is_cheap(stop, x, new):
            yield start, stop
            start = _lead(x, new)
        stop = max(x + 1, stop)
        while stop < len(new.chars) and not new.chars[stop]:
            stop += 1
    yield start, stop


def _lead(x: int, new: Row) -> int:
    """The first cell of the character that covers x."""
    while x and not new.chars[x]:
        x -= 1
    return x


def _is_cheap(stop: int, x: int, new: Row) -> bool:
    gap = x - stop
    if (
        gap > 4
        or any(char in NOBODYS for char in new.chars[stop:x])
        or any(pen != new.pens[stop - 1] for pen in new.pens[stop:x])
    ):
        return False
    return len("".join(new.chars[stop:x]).encode()) <= (3 if gap == 1 else 4)


def _repeat(same: re.Match[str]) -> str:
    return f"{same[1]}\x1b[{len(same[0]) - 1}b"
