"""A picture of pixels as what the terminal is to be sent, in which order, and the cells that it fills."""

from dataclasses import dataclass
from typing import Literal

from tui.output.strip import CellStrip

PIECE = 3000
"""Bytes of the longest piece: between any two a key's echo may go."""


@dataclass(frozen=True, slots=True, eq=False)
class Transfer:
    """One picture in one protocol, every sequence already wrapped for tmux where it has to pass through one."""

    protocol: Literal["kitty", "iterm2", "sixel"]
    key: int
    """Number of the picture, 1 to 2^24 - 1."""
    columns: int
    rows: int
    """Size in cells."""
    pieces: tuple[str, ...]
    """Sent first, in this order, with anything in between; they draw nothing and leave the cursor where it is."""
    show: str
    """Sent with the cursor in the first cell, draws the picture and leaves the cursor anywhere; empty for Kitty."""
    abort: str
    """Sent instead of the other pieces when the picture is given up."""
    free: str
    """Sent when the terminal need not keep the picture any longer."""
    strips: tuple[CellStrip, ...]
    """The cells: Kitty's placeholders; of the others, cells that are never written (`tui.output.difference.DRAWN`)."""
