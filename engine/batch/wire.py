"""A client's end of the control socket. Keeps no state of the batch."""

from __future__ import annotations

import socket
from typing import Any, Self

from engine.batch.address import short
from engine.batch.protocol import LONGEST, Lines, encode, parse_answer
from engine.errors import BatchError


class Wire:
    """A connection to the process of a batch: one request, one answer, and what follows."""

    def __init__(self, path: str, patience: float) -> None:
        """Connects; BatchError when nobody is there. `patience` is the longest wait for an answer, in seconds."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.settimeout(patience)
        self._lines = Lines()
        self._ready: list[bytes] = []
        try:
            with short(path) as address:
                self._socket.connect(address)
        except OSError:
            self._socket.close()
            raise BatchError("The batch's process does not answer: it has just ended, or it hangs.") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._socket.close()

    def send(self, values: dict[str, Any]) -> None:
        """Sends one request."""
        try:
            self._socket.sendall(encode(values))
        except OSError:
            raise BatchError("The batch's process is gone.") from None

    def receive(self) -> dict[str, Any]:
        """The next line; BatchError with the sentence in it when it is an error, and when there is none."""
        while not self._ready:
            try:
                data = self._socket.recv(LONGEST)
            except OSError:
                raise BatchError("The batch's process does not answer.") from None
            if not data:
                raise BatchError("The batch's process is gone.")
            self._ready += self._lines.feed(data)
        return parse_answer(self._ready.pop(0))
