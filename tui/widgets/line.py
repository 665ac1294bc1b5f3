"""One row of a terminal put together from styled pieces and cut to a width in cells. Knows no widget."""

from collections.abc import Iterable
from typing import Literal, Self

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

ELLIPSIS = "…"


def cells(text: str) -> int:
    """The columns that a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def fit(text: str, width: int, align: Literal["left", "right"] = "left") -> str:
    """The text in exactly `width` columns, cut with an ellipsis or filled with spaces."""
    used = cells(text)
    if used > width:
        return set_cell_size(text, width - 1) + ELLIPSIS if width > 0 else ""
    blank = " " * (width - used)
    return blank + text if align == "right" else text + blank


class Line:
    """Pieces of text from left to right, some perhaps at the right edge; `strip` makes them a row."""

    __slots__ = ("_left", "_right")

    def __init__(self) -> None:
        self._left: list[tuple[str, Style]] = []
        self._right: list[tuple[str, Style]] = []

    def add(self, text: str, style: Style, width: int | None = None, align: Literal["left", "right"] = "left") -> Self:
        """One more piece; with a width it takes exactly that many columns."""
        self._left.append((text if width is None else fit(text, width, align), style))
        return self

    def extend(self, pieces: Iterable[tuple[str, Style]]) -> Self:
        """Several more pieces."""
        self._left.extend(pieces)
        return self

    def put(self, line: Self, width: int) -> Self:
        """The pieces of another line, cut or filled to so many columns."""
        room = width
        for text, style in line._left:
            piece = text if cells(text) <= room else fit(text, room)
            self._left.append((piece, style))
            room -= cells(piece)
        self._left.append((" " * room, Style.null()))
        return self

    def right(self, text: str, style: Style) -> Self:
        """A piece that stands at the right edge, after those put there before; it gives way where there is no room."""
        self._right.append((text, style))
        return self

    @property
    def width(self) -> int:
        """The columns that the pieces on the left take."""
        return sum(cells(text) for text, _ in self._left)

    def strip(self, width: int, ground: Style) -> Strip:
        """The row, exactly `width` columns wide, every piece over the style `ground`."""
        left = self.width
        right = sum(cells(text) for text, _ in self._right)
        pieces = list(self._left)
        if self._right and left + 1 + right <= width:
            pieces += [(" " * (width - left - right), Style.null()), *self._right]
        segments = [Segment(text, ground + style) for text, style in pieces if text]
        return Strip(segments).adjust_cell_length(width, ground)
