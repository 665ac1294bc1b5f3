"""The size of a cell by the window of a pseudo-terminal."""

import fcntl
import os
import struct
import termios

import pytest

from tui.terminal.window import cell_of


@pytest.mark.parametrize(
    ("size", "cell"),
    [
        ((45, 120, 1084, 859), (9, 19)),
        ((24, 80, 0, 0), None),
        ((0, 0, 800, 600), None),
        ((24, 80, 80, 24), None),
        ((24, 80, 65535, 65535), None),
    ],
)
def test_a_cell_is_its_share_of_the_window(size: tuple[int, int, int, int], cell: tuple[int, int] | None) -> None:
    descriptors = os.openpty()
    fcntl.ioctl(descriptors[1], termios.TIOCSWINSZ, struct.pack("4H", *size))
    assert cell_of(descriptors[1]) == cell
    for each in descriptors:
        os.close(each)


def test_what_is_no_terminal_has_no_cells() -> None:
    assert cell_of(None) is None
    with open(os.devnull) as nothing:
        assert cell_of(nothing.fileno()) is None
