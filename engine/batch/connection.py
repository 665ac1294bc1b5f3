"""One client of a batch's process: takes its requests, gives answers and events as fast as it will. Never waits."""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.batch.journal import Reader
from engine.batch.protocol import LONGEST, Command, Lines, Request, encode, parse_request
from engine.errors import BatchError

Answer = Callable[[Request], dict[str, Any]]
"""What the batch says to hello, status and ask; BatchError with a sentence when it refuses."""


class Connection:
    """What a client sent in parts, what it has not taken yet (two chunks at most), how far it follows the journal."""

    def __init__(self, peer: socket.socket, journal: Path, answer: Answer) -> None:
        self.peer = peer
        self._journal = journal
        self._answer = answer
        self._lines = Lines()
        self._outgoing = bytearray()
        self._follows: Reader | None = None
        self._start = 0
        self._behind = False
        self._refused = False

    @property
    def busy(self) -> bool:
        """Whether there is more that the client could take."""
        return bool(self._outgoing) or self._behind

    @property
    def ended(self) -> bool:
        """Whether the client has been told why it is not heard any more."""
        return self._refused and not self._outgoing

    @property
    def interest(self) -> int:
        """The selector events to wait for: a client that does not take its answers is not heard."""
        deaf = self._refused or len(self._outgoing) >= LONGEST
        return (0 if deaf else selectors.EVENT_READ) | (selectors.EVENT_WRITE if self.busy else 0)

    def receive(self) -> None:
        """Takes and answers what the client sent; OSError when it is gone."""
        data = self.peer.recv(LONGEST)
        if not data:
            raise ConnectionResetError
        try:
            for line in self._lines.feed(data):
                self._outgoing += encode(self._respond(line))
        except BatchError as error:
            self._refused = True
            self._outgoing += encode({"error": str(error)})

    def send(self) -> None:
        """Gives the client what it will take now, of the journal at most one chunk; OSError when it is gone."""
        if self._follows is not None and len(self._outgoing) < LONGEST and not self._refused:
            self._outgoing += self._next_events(self._follows)
        if self._outgoing:
            try:
                del self._outgoing[: self.peer.send(self._outgoing)]
            except BlockingIOError:
                return

    def close(self) -> None:
        """Lets the client go."""
        self.peer.close()
        if self._follows is not None:
            self._follows.close()

    def _next_events(self, journal: Reader) -> bytes:
        before = journal.number
        found = journal.lines() if before >= self._start or journal.seek(self._start) else []
        self._behind = journal.number > before
        return b"".join(found)

    def _respond(self, line: bytes) -> dict[str, Any]:
        try:
            request = parse_request(line)
            if request.command is Command.FOLLOW:
                self._follows, self._start = Reader(self._journal), request.start
                return {"answer": "follow", "from": request.start}
            return {"answer": str(request.command)} | self._answer(request)
        except BatchError as error:
            return {"error": str(error)}
