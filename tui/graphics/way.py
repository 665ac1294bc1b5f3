"""How pictures are to be drawn on this terminal, over this line: values only."""

from typing import NamedTuple

from tui.output.colours import Depth
from tui.terminal.protocol import Protocol

PIXELS: tuple[Protocol, ...] = ("kitty", "iterm2", "sixel")
"""Protocols that carry pixels."""
CELL = (10, 20)
"""Pixels of a cell, across and down, where the terminal does not tell."""


class Way(NamedTuple):
    """A protocol, and what the line allows."""

    protocol: Protocol = "half"
    depth: Depth = "truecolor"
    coarse: int = 0
    """Bytes of a first picture in cells; 0 where the whole one comes at once."""
    sharp: int = 4_000_000
    """Bytes of the last one, at most."""
    most: int = 4_000_000
    """Bytes of one sequence, which nothing can interrupt."""
    rest: float = 0.0
    """Seconds that nothing must have changed before it comes."""
    cell: tuple[int, int] = CELL
    passthrough: bool = False
    """Whether sequences go through tmux to the terminal behind it."""
    placeholders: bool = True
    """Whether the terminal shows Kitty's pictures by characters; else they are placed over cells."""
    parts: bool = True
    """Whether the terminal takes inline images of iTerm2 in parts; else each is one sequence."""
    ground: tuple[int, int, int] = (0, 0, 0)
    """Red, green and blue around a picture that does not fill its cells."""

    @property
    def pixels(self) -> bool:
        """Whether the last picture is of pixels."""
        return self.protocol in PIXELS

    @property
    def grain(self) -> tuple[int, int]:
        """Square pixels of a cell, across and down, for a picture in cells."""
        return (2, 4) if self.protocol in ("sextants", "quadrants") else (1, 2)

    @property
    def twice(self) -> bool:
        """Whether another picture follows the first."""
        return self.pixels or bool(self.coarse)
