"""Brings files to a person's own machine through the terminal, or finds the line that does. It shows nothing."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from engine.files.name import show
from engine.files.remote.url import is_url
from tui.bridge.ahead import Ahead
from tui.bridge.load import Load, load
from tui.io import Desk
from tui.messages import Fact, NoticeGiven
from tui.terminal.replies import Transferred

if TYPE_CHECKING:
    from tui.home.pieces import Carrier
    from tui.terminal.replies import Reply

MOST_BYTES, MOST_FILES = 256_000_000, 200
"""More than that is nothing to send through a terminal."""
Send = Callable[[Iterator[str], Callable[[], object], str], object]
"""Takes escape sequences, what to call when all are sent, and what to send where it ends before."""


def nowhere(pieces: Iterator[str], done: Callable[[], object], parting: str) -> None:
    """Send nothing."""


class Bringing:
    """At most one transfer at a time."""

    def __init__(self, tell: Callable[[Fact], object], desk: Desk, send: Send) -> None:
        self._tell, self._desk, self._send = tell, desk, send
        self._load: Load | None = None
        self._ahead: Ahead | None = None
        self._session = ""
        self._arrived = 0
        self._instead: Callable[[Load], object] = lambda _load: None

    @property
    def busy(self) -> bool:
        """Whether one is under way, or waits for the person's answer to the terminal."""
        return self._load is not None

    @property
    def progress(self) -> str:
        """How far it is, in words."""
        if self._ahead is None or self._load is None:
            return "The terminal has not said yet whether it takes it."
        from tui.home.pieces import CHUNK

        sent = min(self._ahead.taken * CHUNK, self._load.bytes)
        return f"{_megabytes(sent)} of {_megabytes(self._load.bytes)} are sent."

    @property
    def farewell(self) -> str:
        """What makes the terminal forget what was begun."""
        from tui.home.session import cancel

        return cancel(self._session) if self._session else ""

    def collect(self) -> None:
        """Take what the thread has ready."""
        self._desk.collect()

    def close(self) -> None:
        """Read nothing more."""
        self._desk.close()

    def bring(self, paths: tuple[str, ...], carrier: Carrier | None, instead: Callable[[Load], object]) -> None:
        """Send these files in this way; `instead` is called with the load where there is none or it is too much."""
        if elsewhere := next(filter(is_url, paths), ""):
            self._tell(
                NoticeGiven(f"{show(elsewhere)} lies on another machine already: fetch it from there.", alarm=True)
            )
            return
        environ = dict(os.environ)
        self._instead = instead
        self._desk.ask("load", lambda: [load(paths, environ)], lambda found: self._begin(found, carrier))

    def stop(self) -> None:
        """Give it up."""
        farewell = self.farewell
        if self._ahead is not None:
            self._ahead.stop(farewell)
        elif farewell:
            self._send(iter((farewell,)), lambda: None, "")
        self._forget()

    def heard(self, reply: Reply) -> None:
        """The terminal, or the person through it, says what becomes of a transfer; other answers mean nothing here."""
        if self._load is None or not isinstance(reply, Transferred) or reply.session != self._session:
            return
        error = reply.status.partition(":")[2] or reply.status
        if reply.status == "OK" and not reply.file and self._ahead is None:
            self._go(self._load, "kitty")
        elif reply.status == "OK" and reply.file:
            self._arrived += 1
            if self._arrived == len(self._load.paths):
                self._end(f"{_files(self._load)} arrived in {_folder(self._session)} on your machine.")
        elif reply.status.startswith("EPERM") and not reply.file:
            found, instead = self._load, self._instead
            self._forget()
            instead(found)
        elif reply.status not in ("OK", "STARTED", "PROGRESS"):
            self.stop()
            self._tell(NoticeGiven(f"The terminal did not take it: {show(error)}.", alarm=True))

    def _begin(self, found: Load, carrier: Carrier | None) -> None:
        if carrier is None or not found.paths or found.bytes > MOST_BYTES or len(found.paths) > MOST_FILES:
            self._instead(found)
            return
        self._load, self._arrived = found, 0
        if carrier == "iterm2":
            self._go(found, carrier)
            return
        from tui.home.session import ask, new_session

        self._session = new_session()
        self._tell(NoticeGiven(f"The terminal asks you whether it may take {_files(found)}."))
        self._send(iter((ask(self._session),)), lambda: None, self.farewell)

    def _go(self, found: Load, carrier: Carrier) -> None:
        self._tell(NoticeGiven(f"{_files(found)} on the way to your machine, {_megabytes(found.bytes)}."))
        self._ahead = ahead = Ahead(self._desk, _pieces(found, carrier, self._session))
        self._send(ahead, lambda: self._sent(ahead), self.farewell)

    def _sent(self, ahead: Ahead) -> None:
        """All is written; Kitty says itself when it has it."""
        if ahead is not self._ahead or self._load is None:
            return
        if ahead.error:
            self.stop()
            self._tell(NoticeGiven(ahead.error, alarm=True))
        elif not self._session:
            self._end(f"{_files(self._load)} sent, to the folder for downloads.")

    def _end(self, text: str) -> None:
        self._forget()
        self._tell(NoticeGiven(text))

    def _forget(self) -> None:
        self._load, self._ahead, self._session = None, None, ""


def _pieces(found: Load, carrier: Carrier, session: str) -> Iterator[str]:
    """Of all files; in a background thread."""
    from tui.home.pieces import Parcel, pieces
    from tui.home.session import finish

    folder = _folder(session)
    for number, path in enumerate(found.paths, 1):
        yield from pieces(Parcel(path, session, number, folder), carrier)
    if session:
        yield finish(session)


def _folder(session: str) -> str:
    """A new folder on the person's machine for each transfer, so that nothing there is replaced."""
    return f"~/Downloads/{session[:9]}-{time.strftime('%Y%m%d')}-{session[9:15]}"


def _files(found: Load) -> str:
    return show(os.path.basename(found.paths[0]), 40) if len(found.paths) == 1 else f"{len(found.paths)} files"


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.0f} kB"
