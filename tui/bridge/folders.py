"""Folders of a tree, read in the background: those that somebody opens, and those in view. It draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.io import Desk, read_folder

if TYPE_CHECKING:
    from tui.values import Folder


class Folders:
    """A folder that is slow to count keeps nobody from opening another."""

    def __init__(self, opening: Desk, counting: Desk) -> None:
        self._opening, self._counting = opening, counting

    def open(self, path: str, then: Callable[[Folder], None]) -> None:
        """Tell what a folder holds."""
        self._opening.ask(path, lambda: [read_folder(path)], then)

    def count(self, paths: Sequence[str], then: Callable[[Folder], None]) -> None:
        """Tell of one after another what it holds, instead of those asked for before."""
        self._counting.ask("count", partial(map, read_folder, paths), then)

    def collect(self) -> None:
        """Take what the threads have ready."""
        self._opening.collect()
        self._counting.collect()

    def close(self) -> None:
        """Read nothing more."""
        self._opening.close()
        self._counting.close()
