"""The size of a cell in pixels as the pseudo-terminal tells it. Asks the system, never the terminal."""

import fcntl
import struct
import termios

from tui.terminal.answers import BELIEVED

SIZE = struct.Struct("4H")
"""Rows, columns, and the pixels of all of them across and down (tty_ioctl(4), TIOCGWINSZ)."""


def cell_of(descriptor: int | None) -> tuple[int, int] | None:
    """Pixels of a cell across and down, None where nobody knows.

    The window follows a font that grows, which an answer of some time ago does not. What frames and scroll bars add
    to it is less than a pixel a cell.
    """
    if descriptor is None:
        return None
    try:
        rows, columns, width, height = SIZE.unpack(fcntl.ioctl(descriptor, termios.TIOCGWINSZ, bytes(SIZE.size)))
    except OSError:
        return None
    cell = (width // columns, height // rows) if columns and rows else (0, 0)
    return cell if cell[0] in BELIEVED and cell[1] in BELIEVED else None
