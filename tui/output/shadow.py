"""What the screen should show and what the terminal was last sent, row by row. Knows no driver and no clock."""

from collections.abc import Sequence

from tui.output.abilities import Abilities
from tui.output.difference import DRAWN, NOBODYS, UNKNOWN, Frame, Row
from tui.output.pen import PLAIN, UNSEEN, Pen

BLANK: Pen = ("", PLAIN[1], UNSEEN, "")
"""How a cell is drawn whose turn comes later and of which nobody knows what it shows."""
EVERYTHING = 1 << 30
"""Room in bytes for any frame."""


class Shadow:
    """Two screens: the one composed and the one sent. One can always compose; one sends when somebody takes it.

    Cells of pictures come late: they are sent where there is room behind all others.
    """

    def __init__(self, abilities: Abilities) -> None:
        self._abilities = abilities
        self._composed: list[Row] = []
        self._late: list[bytes] = []
        self._sent: list[Row | None] = []
        self._touched: set[int] = set()
        self.columns = 0
        """Width in cells."""

    @property
    def rows(self) -> int:
        """Height in cells."""
        return len(self._composed)

    @property
    def behind(self) -> bool:
        """Whether the terminal does not yet show what is composed."""
        return bool(self._touched)

    def resize(self, columns: int, rows: int) -> None:
        """Begin afresh, blank, with a terminal of another size."""
        self.columns = columns
        self._composed = [Row([" "] * columns, [PLAIN] * columns)] * rows
        self._late = [bytes(columns)] * rows
        self.forget()

    def forget(self) -> None:
        """Assume nothing of what the terminal shows: the next difference is the whole screen."""
        self._sent = [None] * self.rows
        self._touched = set(range(self.rows))

    def compose(self, y: int, x: int, chars: Sequence[str], pens: Sequence[Pen], late: bytes = b"") -> None:
        """Put cells into row y from column x on, without those outside; 1 in `late` for those that come late."""
        if not 0 <= y < self.rows or x >= self.columns:
            return
        chars, pens = [*chars[: self.columns - x]], [*pens[: self.columns - x]]
        end = x + len(chars)
        self._touched.add(y)
        lateness = self._late[y]
        self._late[y] = lateness[:x] + (late or bytes(len(chars)))[: len(chars)] + lateness[end:]
        if x == 0 and end == self.columns:
            self._composed[y] = Row(chars, pens)
            return
        before = self._composed[y]
        left, right = list(before.chars[:x]), list(before.chars[end:])
        if x and not before.chars[x]:
            left[-1] = " "
        if right and not right[0]:
            right[0] = " "
        self._composed[y] = Row([*left, *chars, *right], [*before.pens[:x], *pens, *before.pens[end:]])

    def difference(self, room: int = EVERYTHING, late_room: int = EVERYTHING) -> str:
        """The bytes that bring the terminal nearer to what is composed; from here on that is what it was sent.

        At most `room` bytes, and cells that come late only where all is then at most `late_room`.
        """
        frame = Frame(self._abilities, room)
        for y in sorted(self._touched):
            if not frame.full:
                self._advance(frame, y, self._without_late(y))
        frame.limit(min(room, late_room))
        for y in sorted(self._touched):
            if not frame.full:
                self._advance(frame, y, self._composed[y])
        self._touched = {y for y in self._touched if not self._is_sent(y)}
        return frame.finished()

    def wanted(self) -> dict[int, tuple[int, int]]:
        """The pictures of pixels, by key, that the terminal does not show whole: row and column of their first cell."""
        found: dict[int, tuple[int, int]] = {}
        for y in self._touched:
            new, old = self._composed[y], self._sent[y]
            for x, char in enumerate(new.chars):
                if char == DRAWN and (old is None or old.chars[x] != DRAWN or old.pens[x] != new.pens[x]):
                    key, left, above = map(int, new.pens[x][3].split(";"))
                    found.setdefault(key, (y - above, x - left))
        return found

    def drawn(self, key: int, y: int, x: int, columns: int, rows: int) -> None:
        """A picture was drawn over all the cells that are its own, and over what else is there."""
        for row in range(max(0, y), min(y + rows, self.rows)):
            old = self._sent[row] or Row([UNKNOWN] * self.columns, [PLAIN] * self.columns)
            cells = range(min(columns, self.columns - x))
            pens = [("", "", UNSEEN, f"{key};{left};{row - y}") for left in cells]
            end = x + len(cells)
            chars = [*old.chars[:x], *[DRAWN] * len(cells), *old.chars[end:]]
            self._sent[row] = Row(chars, [*old.pens[:x], *pens, *old.pens[end:]])
            self._touched.add(row)

    def shows(self, key: int, y: int, x: int, columns: int, rows: int) -> bool:
        """Whether all these cells are to show this picture, from row y and column x on."""
        if min(x, y) < 0 or x + columns > self.columns or y + rows > self.rows:
            return False
        return all(
            pen[3] == f"{key};{left};{row}"
            for row in range(rows)
            for left, pen in enumerate(self._composed[y + row].pens[x : x + columns])
        )

    def hidden(self, y: int, x: int, columns: int, rows: int) -> None:
        """A picture over these cells was taken away: nobody knows what they show."""
        for row in range(max(0, y), min(y + rows, self.rows)):
            old = self._sent[row]
            if old is not None:
                end = min(x + columns, self.columns)
                self._sent[row] = Row([*old.chars[:x], *[UNKNOWN] * (end - x), *old.chars[end:]], old.pens)
                self._touched.add(row)

    def _advance(self, frame: Frame, y: int, new: Row) -> None:
        """Write one row as far as there is room, and remember what was sent of it."""
        old = self._sent[y]
        reached = frame.row(y, new, old)
        if reached == self.columns and DRAWN not in new.chars and UNKNOWN not in new.chars:
            self._sent[y] = new
            return
        rest = old or Row([UNKNOWN] * self.columns, [PLAIN] * self.columns)
        kept = [x >= reached or char in NOBODYS for x, char in enumerate(new.chars)]
        self._sent[y] = _either(kept, rest, new)

    def _without_late(self, y: int) -> Row:
        """What row y should show as long as nothing that comes late is sent."""
        new, late, old = self._composed[y], self._late[y], self._sent[y]
        if not any(late):
            return new
        if old is not None:
            return _either(late, old, new)
        chars = [" " if later else char for char, later in zip(new.chars, late, strict=True)]
        return Row(chars, [BLANK if later else pen for pen, later in zip(new.pens, late, strict=True)])

    def _is_sent(self, y: int) -> bool:
        sent, composed = self._sent[y], self._composed[y]
        return sent is composed or sent == composed


def _either(first: Sequence[int], one: Row, other: Row) -> Row:
    """Cells of one row where `first` says so, else of the other; where they meet, half a wide character is nobody's."""
    chars = [a if yes else b for yes, a, b in zip(first, one.chars, other.chars, strict=True)]
    pens = [a if yes else b for yes, a, b in zip(first, one.pens, other.pens, strict=True)]
    for x in range(1, len(chars)):
        if first[x] != first[x - 1] and not chars[x]:
            chars[x] = UNKNOWN
    return Row(chars, pens)
