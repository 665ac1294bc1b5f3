"""The Board of a batch as a file: its process writes it, everybody else maps it and reads memory. Interprets no number.

The threads write to a Board in anonymous memory, and the main thread copies it to the file: a page of a file can make a
thread wait for the disk, and kills it when the disk is full.
"""

from __future__ import annotations

import mmap
import os
from pathlib import Path

from engine.errors import BatchError
from engine.job import State
from engine.telemetry import Board


class Mirror:
    """The writer."""

    def __init__(self, path: Path) -> None:
        """Makes the file."""
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)

    def show(self, board: Board, state: State) -> None:
        """Copies the Board, with that state; a full disk leaves the file as it was."""
        copy = Board(bytearray(board.words))
        copy.state = state
        try:
            os.pwrite(self._file, copy.words, 0)
        except OSError:
            return

    def close(self) -> None:
        """Nothing more will be shown."""
        os.close(self._file)


def mapped_board(path: Path) -> Board | None:
    """The Board that a batch's process writes, for reading; None while there is none."""
    try:
        with open(path, "rb") as file:
            return Board(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError, BatchError):
        return None
