"""The terminal as the writing thread has it: a file that takes bytes for as long as that takes. It decides nothing."""

import os
import select
from collections.abc import Callable

from tui.output.descriptor import unblocked

PATIENCE = 0.1
"""Seconds to wait for room before looking whether the app has ended."""


class Outlet:
    """A terminal as a file for the writing thread: writes bytes at once, and counts what it has taken.

    It waits beside the terminal, not in the middle of a write, so that others can still write to a terminal that is
    stuck: to give it back, for one.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = unblocked(descriptor)
        self.taken = 0
        """Writes that the terminal has taken whole."""
        self.lost = False
        """Whether the terminal has gone away."""
        self.quiet = False
        """Whether nothing may be written any more."""
        self.after_write: Callable[[], None] = lambda: None
        """Called in the writing thread after each write."""

    def write(self, text: str) -> None:
        """Hand it to the terminal, for as long as that takes."""
        data = memoryview(text.encode(errors="replace"))
        while data and not (self.lost or self.quiet):
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                select.select([], [self._descriptor], [], PATIENCE)
            except OSError:
                self.lost = True
        self.taken += 1
        self.after_write()

    def flush(self) -> None:
        """Nothing is ever held back."""

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return os.isatty(self._descriptor)

    def fileno(self) -> int:
        """The file descriptor."""
        return self._descriptor
