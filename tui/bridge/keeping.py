"""Keeps the stack under development while one works, for the case that the line is cut. It never waits for a disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.confinement import read_only
from engine.errors import SafelightError
from tui.bridge.kept import Kept
from tui.io import Desk
from tui.messages import Fact, NoticeGiven

if TYPE_CHECKING:
    from engine.stack import Stack

REST, LATEST = 0.5, 3.0
"""Seconds without a change after which a stack is kept, and after which it is in any case."""
LEFT = "Here is a stack of {} from last time, when Safelight was cut off: {{key}} takes it up."


class Keeping:
    """The stack of this app, and that of one that ended otherwise than by a person's wish; idle where all is read-only.

    A stack of somebody who may only look is not offered to the next who may.
    """

    def __init__(self, tell: Callable[[Fact], object], desk: Desk, paths: Sequence[str]) -> None:
        self._tell, self._desk = tell, desk
        self._kept = Kept(paths)
        self._stack: Stack | None = None
        self._written: Stack | None = None
        self._when = time.monotonic()
        self._over = self._complained = False
        self._idle = read_only()
        self._others: tuple[Path, ...] = ()

    @property
    def left(self) -> bool:
        """Whether there is a stack of last time."""
        return bool(self._others)

    def collect(self) -> None:
        """Take what the thread has ready."""
        self._desk.collect()

    def close(self) -> None:
        """Begin nothing more in the background."""
        self._desk.close()

    def look(self) -> None:
        """Find out what was left, and tell."""
        if not self._idle:
            self._desk.ask("look", self._look, self._found)

    def keep(self, stack: Stack) -> None:
        """The stack has changed."""
        if self._idle:
            return
        self._stack = stack
        self._desk.ask("keep", lambda: self._soon(stack), self._complain)

    def take(self, then: Callable[[Stack], object]) -> None:
        """Give the stack of last time to `then`, or say why not."""
        if self._others:
            path, *rest = self._others
            self._others = tuple(rest)
            self._desk.ask("take", lambda: [self._take(path)], lambda taken: self._taken(taken, then))
        else:
            self._tell(NoticeGiven("There are no edits of last time in this folder."))

    def forget(self) -> None:
        """The person has ended this themselves: nothing is kept."""
        self._stack = None

    def now(self) -> None:
        """The app is over: keep what is not kept yet, before the process ends. Never raises."""
        self._over = True
        try:
            if self._stack is None:
                self._kept.remove()
            elif self._stack is not self._written:
                self._kept.write(self._stack)
        except Exception:  # noqa: BLE001 - a signal may come in the middle of anything, and the process ends
            return

    def _soon(self, stack: Stack) -> Iterator[str]:
        """In the desk's thread: after a rest, unless there is a newer one by then; what went wrong, if anything."""
        if time.monotonic() - self._when < LATEST:
            time.sleep(REST)
            yield ""
        if self._over:
            return
        try:
            self._kept.write(stack)
        except (OSError, SafelightError) as error:
            yield str(error)
        self._written, self._when = stack, time.monotonic()

    def _complain(self, error: str) -> None:
        if error and not self._complained:
            self._complained = True
            self._tell(NoticeGiven(error, alarm=True))

    def _look(self) -> list[tuple[tuple[Path, ...], str]]:
        from engine.presets.reading import read_preset

        others: list[Path] = []
        filters = ""
        for path in self._others_there():
            try:
                count = len(read_preset(path).stack.steps)
            except SafelightError:
                continue
            filters = filters or ("1 filter" if count == 1 else f"{count} filters")
            others.append(path)
        return [(tuple(others), filters)]

    def _others_there(self) -> tuple[Path, ...]:
        try:
            return self._kept.others()
        except (OSError, SafelightError):
            return ()

    def _found(self, found: tuple[tuple[Path, ...], str]) -> None:
        self._others, filters = found
        if self._others:
            self._tell(NoticeGiven(LEFT.format(filters), command="take_up_edits"))

    def _take(self, path: Path) -> Stack | str:
        try:
            return self._kept.take(path)
        except (OSError, SafelightError) as error:
            return str(error)

    def _taken(self, taken: Stack | str, then: Callable[[Stack], object]) -> None:
        if isinstance(taken, str):
            self._tell(NoticeGiven(taken, alarm=True))
        else:
            then(taken)
