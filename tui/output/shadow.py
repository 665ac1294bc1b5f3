"""What the screen should show and what the terminal was last sent, row by row. Knows no driver and no clock."""

from collections.abc import Sequence

from tui.output.abilities import Abilities
from tui.output.difference import Frame, Row
from tui.output.pen import PLAIN, Pen


class Shadow:
    """Two screens: the one composed and the one sent. One can always compose; one sends when somebody takes it."""

    def __init__(self, abilities: Abilities) -> None:
        self._abilities = abilities
        self._composed: list[Row] = []
        self._sent: list[Row | None] = []
        self._touched: set[int] = set()
        self.columns = 0
        """Width in cells."""

    @property
    def rows(self) -> int:
        """Height in cells."""
        return len(self._composed)

    def resize(self, columns: int, rows: int) -> None:
        """Begin afresh, blank, with a terminal of another size."""
        self.columns = columns
        self._composed = [Row([" "] * columns, [PLAIN] * columns)] * rows
        self.forget()

    def forget(self) -> None:
        """Assume nothing of what the terminal shows: the next difference is the whole screen."""
        self._sent = [None] * self.rows
        self._touched = set(range(self.rows))

    def compose(self, y: int, x: int, chars: Sequence[str], pens: Sequence[Pen]) -> None:
        """Put cells into row y from column x on; what lies outside the screen is left out."""
        if not 0 <= y < self.rows or x >= self.columns:
            return
        chars, pens = chars[: self.columns - x], pens[: self.columns - x]
        end = x + len(chars)
        self._touched.add(y)
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

    def difference(self) -> str:
        """The bytes that make the terminal show what is composed; from here on that is what it was sent."""
        frame = Frame(self._abilities)
        for y in sorted(self._touched):
            new = self._composed[y]
            frame.row(y, new, self._sent[y])
            self._sent[y] = new
        self._touched.clear()
        return frame.finished()
