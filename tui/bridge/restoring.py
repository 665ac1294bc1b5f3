"""How a folder was left, read after the first frame and written at the end. It moves no cursor itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from engine.confinement import read_only
from tui.io import Desk

if TYPE_CHECKING:
    from engine.stack import Stack
    from tui.bridge.place import Left

TOURED = "toured"
"""The file of the state folder that says that somebody has been shown round."""


class Restoring:
    """Of the files and folders that the app was opened on; where nothing may be written it knows nothing."""

    def __init__(self, desk: Desk, paths: Sequence[str]) -> None:
        self._desk, self._paths = desk, paths
        self._idle = read_only()

    def view(self, then: Callable[[Left], None]) -> None:
        """Give how it was left to `then`, if that is known."""
        if not self._idle:
            self._desk.ask("view", self._view, then)

    def stack(self) -> Stack | None:
        """The stack for all images that it was left with, if any; reads a file, so for background threads only."""
        from tui.bridge.place import Place

        return None if self._idle else Place(self._paths).stack()

    def first(self, then: Callable[[None], None]) -> None:
        """Call `then` if nobody was shown round yet; the next start will not."""
        if not self._idle:
            self._desk.ask("first", _first, then)

    def now(self, left: Left, stack: Stack | None) -> None:
        """The app is over: remember this before the process ends. Never raises."""
        from tui.bridge.place import Place

        if self._idle:
            return
        try:
            Place(self._paths).write(left, stack)
        except Exception:  # noqa: BLE001 - a signal may come in the middle of anything, and the process ends
            return

    def _view(self) -> Iterator[Left]:
        from tui.bridge.place import Place

        left = Place(self._paths).view()
        if left is not None:
            yield left


def _first() -> Iterator[None]:
    """One result, where the mark was not there and could be made."""
    from engine.errors import SafelightError
    from engine.files.places import state_folder

    try:
        (state_folder() / TOURED).touch(mode=0o600, exist_ok=False)
    except (OSError, SafelightError):
        return
    yield None
