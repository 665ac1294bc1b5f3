"""Every picture's own edits while one goes from picture to picture: read, kept, undone. It never waits for a disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from engine.errors import SafelightError
from tui.bridge.undoing import Undoing
from tui.io import Desk
from tui.messages import Fact, ImageChanged, NoticeGiven

if TYPE_CHECKING:
    from engine.files.edition import Edition
    from engine.sidecars.edits import Edits
    from engine.stack import Stack

REST = 0.3
"""Seconds without a change after which edits are written."""


@dataclass(slots=True)
class _Picture:
    """What is known of one."""

    stack: Stack
    edition: Edition | None
    written: Stack
    """What the file holds."""
    listed: bool = False
    """Whether the list has been told that it has edits."""
    undoing: Undoing = field(default_factory=Undoing)

    @property
    def dirty(self) -> bool:
        """Whether the file does not hold it yet."""
        return self.stack is not self.written


class _Written(NamedTuple):
    edition: Edition | None = None
    error: str = ""
    changed: bool = False
    """Whether somebody else has written the file meanwhile."""
    elsewhere: bool = False
    """Whether it is in the state folder."""


class OwnEdits:
    """The edits of pictures; `take` is told when those of the picture that is looked at are others."""

    def __init__(
        self, tell: Callable[[Fact], object], read: Desk, write: Desk, take: Callable[[str, Stack], object]
    ) -> None:
        self._tell, self._read, self._write, self._take = tell, read, write, take
        self._pictures: dict[str, _Picture] = {}
        self._said = False

    def show(self, path: str) -> Stack | None:
        """The edits of a picture as far as they are known; they are looked at again in any case."""
        self._read.ask("edits", lambda: [_looked(path)], lambda found: self._found(path, found))
        known = self._pictures.get(path)
        return None if known is None else known.stack

    def undoing(self, path: str) -> Undoing:
        """The past of a picture's edits."""
        return self._of(path).undoing

    def changed(self, path: str, stack: Stack) -> None:
        """A person has changed the edits of a picture."""
        known = self._of(path)
        known.stack = stack
        self._write.ask(f"write {path}", lambda: self._soon(path, known), lambda done: self._wrote(path, done))

    def copy(self, stack: Stack, paths: tuple[str, ...]) -> None:
        """Give these pictures those edits, which each can undo."""
        for path in paths:
            known = self._of(path)
            if known.stack != stack:
                known.undoing.left(known.stack)
                self.changed(path, stack)

    def edits_of(self, path: str) -> Stack:
        """The edits of a picture, written already or not; SafelightError where they cannot be read. For any thread."""
        from engine.sidecars.edits import read_edits

        known = self._pictures.get(path)
        return known.stack if known is not None and known.dirty else read_edits(path).stack

    def now(self) -> None:
        """The app is over: write what is not written yet. Never raises."""
        for path, known in self._pictures.items():
            if known.dirty:
                try:
                    _write(path, known)
                except Exception:  # noqa: BLE001 - a signal may come in the middle of anything, and the process ends
                    continue

    def collect(self) -> None:
        """Take what the threads have ready."""
        self._read.collect()
        self._write.collect()

    def close(self) -> None:
        """Begin nothing more in the background."""
        self._read.close()
        self._write.close()

    def _of(self, path: str) -> _Picture:
        from engine.stack import Stack

        empty = Stack()
        return self._pictures.setdefault(path, _Picture(empty, None, empty))

    def _found(self, path: str, found: Edits | str) -> None:
        if isinstance(found, str):
            self._tell(NoticeGiven(found, alarm=True))
            return
        known = self._pictures.get(path)
        if known is None:
            self._pictures[path] = _Picture(found.stack, found.edition, found.stack, found.edition is not None)
        elif known.dirty or known.edition == found.edition:
            return
        else:
            known.undoing.left(known.stack)
            known.stack = known.written = found.stack
            known.edition = found.edition
        if found.notes:
            self._tell(NoticeGiven(" ".join(found.notes)))
        self._take(path, found.stack)

    def _soon(self, path: str, known: _Picture) -> Iterator[_Written]:
        """In the desk's thread: after a rest, unless there is a newer one by then."""
        time.sleep(REST)
        yield _Written(known.edition)
        yield _write(path, known)

    def _wrote(self, path: str, done: _Written) -> None:
        if done.changed:
            known = self._of(path)
            known.written = known.stack
            self._tell(NoticeGiven(f"{done.error} They are shown now; {{key}} brings yours back.", True, "undo"))
            self._read.ask(f"again {path}", lambda: [_looked(path)], lambda found: self._found(path, found))
            return
        known = self._of(path)
        if known.listed != (done.edition is not None) and not done.error:
            known.listed = done.edition is not None
            self._tell(ImageChanged(path))
        if (done.error or done.elsewhere) and not self._said:
            self._said = True
            kept = "These edits are kept in Safelight's own folder, as the picture's cannot be written."
            self._tell(NoticeGiven(done.error or kept, alarm=bool(done.error)))


def _looked(path: str) -> Edits | str:
    from engine.sidecars.edits import read_edits

    try:
        return read_edits(path)
    except SafelightError as error:
        return str(error)


def _write(path: str, known: _Picture) -> _Written:
    """Write what is newest; in any thread."""
    from engine.sidecars.edits import ChangedError, kept_elsewhere, write_edits

    stack = known.stack
    try:
        known.edition = write_edits(path, stack, known.edition)
    except ChangedError as error:
        return _Written(error=str(error), changed=True)
    except SafelightError as error:
        return _Written(error=str(error))
    known.written = stack
    return _Written(known.edition, elsewhere=kept_elsewhere(path))
