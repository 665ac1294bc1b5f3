"""A list of rows that were put into words elsewhere."""

from collections.abc import Callable, Sequence

from rich.style import Style
from textual import events

from tui.widgets.line import Line
from tui.widgets.rows import Rows

Pieces = Sequence[tuple[str, Style]]


class TextRows(Rows):
    """Rows of styled pieces, with a cursor and no heading."""

    HEADING = 0

    def __init__(
        self,
        *,
        on_move: Callable[[int], None] | None = None,
        on_click: Callable[[int], None] | None = None,
        id: str | None = None,
    ) -> None:
        """`on_move` and `on_click` are given the number of the row."""
        super().__init__(id=id)
        self._lines: Sequence[Pieces] = ()
        self._on_move = on_move
        self._on_clicked = on_click

    def show(self, lines: Sequence[Pieces]) -> None:
        """Show these rows, the cursor on the first."""
        self._lines, self.count = lines, len(lines)
        self.cursor = self.top = 0
        self.refresh()
        if self.count:
            self.chosen(0)

    def change(self, lines: Sequence[Pieces], cursor: int) -> None:
        """Show other rows, the cursor on one of them, in view where it was as far as can be."""
        self._lines, self.count = lines, len(lines)
        self.cursor = min(max(cursor, 0), max(self.count - 1, 0))
        self._reveal()
        self.refresh()
        if self.count:
            self.chosen(self.cursor)

    def replace(self, lines: Sequence[Pieces]) -> None:
        """Show as many other rows, the cursor where it is."""
        self._lines = lines
        self.refresh()

    def chosen(self, index: int) -> None:
        """Tell whoever wants to know."""
        if self._on_move:
            self._on_move(index)

    def draw_row(self, index: int, width: int) -> Line:
        """The pieces as they are, with an ellipsis where they are longer than the row."""
        return Line().put(Line().extend(self._lines[index]), width)

    def on_click(self, event: events.Click) -> None:
        """Go to a row, and tell."""
        event.stop()
        index = self.row_at(event.y)
        if index is not None:
            self.move_to(index)
            if self._on_clicked:
                self._on_clicked(index)
