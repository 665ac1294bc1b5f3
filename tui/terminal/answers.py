"""What a terminal has answered so far, as values. Asks nothing and concludes nothing."""

from dataclasses import dataclass, replace

from tui.terminal.replies import Attributes, CellSize, Graphics, Reply, Version

SIXEL = 4
"""Among a terminal's attributes (DA1)."""
BELIEVED = range(4, 65)
"""Pixels of a cell, a side: multiplexers and Windows report nonsense."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything is as if it had been answered with no until it is answered."""

    name: str = ""
    """Name and version in the terminal's own words, such as `kitty(0.36.4)`."""
    graphics: bool = False
    """Whether it understands Kitty's graphics."""
    sixel: bool = False
    cell: tuple[int, int] | None = None
    """Pixels of a cell across and down."""
    complete: bool = False
    """Whether the last question is answered: no more will come."""

    def heard(self, reply: Reply) -> "Answers":
        """With one more."""
        match reply:
            case Version(text):
                return replace(self, name=text)
            case Graphics(_, ok):
                return replace(self, graphics=ok)
            case CellSize(width, height) if width in BELIEVED and height in BELIEVED:
                return replace(self, cell=(width, height))
            case Attributes(numbers):
                return replace(self, sixel=SIXEL in numbers, complete=True)
        return self
