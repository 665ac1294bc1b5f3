"""The control socket of a batch, served from the main thread. Never waits for a client, and starts no thread."""

from __future__ import annotations

import os
import selectors
import socket
import struct
import time
from collections.abc import Callable
from pathlib import Path

from engine.batch.address import short
from engine.batch.connection import Answer, Connection
from engine.batch.protocol import LONGEST, encode
from engine.errors import BatchError
from engine.files.name import show

MOST_CLIENTS = 64


class Server:
    """Listens on a Unix socket that only this user reaches."""

    def __init__(self, path: Path, journal: Path, answer: Answer) -> None:
        """BatchError when the socket cannot be made."""
        self._path, self._journal, self._answer = path, journal, answer
        self._connections: dict[socket.socket, Connection] = {}
        self._listener = _listen(path)
        self._heard, self.waker = os.pipe()
        os.set_blocking(self._heard, False)
        os.set_blocking(self.waker, False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._heard, selectors.EVENT_READ)

    def wake(self) -> None:
        """Ends `turn` early; from any thread. `signal.set_wakeup_fd(server.waker)` does the same for signals."""
        try:
            os.write(self.waker, b"\0")
        except OSError:
            return

    def turn(self, timeout: float) -> None:
        """Serves those who can be served; waits at most `timeout` seconds for the first of them."""
        for key, events in self._selector.select(timeout):
            if key.fileobj is self._listener:
                self._accept()
            elif key.fileobj == self._heard:
                os.read(self._heard, LONGEST)
            elif events & selectors.EVENT_READ:
                self._attend(key.data, key.data.receive)
        for connection in tuple(self._connections.values()):
            self._attend(connection, connection.send)

    def finish(self, seconds: float) -> None:
        """Gives followers the rest of the journal, for at most that long, and closes everything."""
        deadline = time.monotonic() + seconds
        self._selector.unregister(self._listener)
        self._listener.close()
        self._path.unlink(missing_ok=True)
        self.turn(0.0)
        while any(connection.busy for connection in self._connections.values()) and time.monotonic() < deadline:
            self.turn(0.01)
        for connection in tuple(self._connections.values()):
            self._drop(connection)
        self._selector.close()
        os.close(self._heard)
        os.close(self.waker)

    def _accept(self) -> None:
        try:
            peer, _ = self._listener.accept()
        except OSError:
            return
        peer.setblocking(False)
        connection = Connection(peer, self._journal, self._answer)
        self._connections[peer] = connection
        self._selector.register(peer, selectors.EVENT_READ, connection)
        if _uid_of(peer) not in (None, os.geteuid()):
            self._refuse(connection, "This batch belongs to another user.")
        elif len(self._connections) > MOST_CLIENTS:
            self._refuse(connection, f"This batch has {MOST_CLIENTS} clients already.")

    def _refuse(self, connection: Connection, sentence: str) -> None:
        try:
            connection.peer.send(encode({"error": sentence}))
        except OSError:
            pass
        self._drop(connection)

    def _attend(self, connection: Connection, serve: Callable[[], None]) -> None:
        if connection.peer not in self._connections:
            return
        try:
            serve()
        except OSError:
            self._drop(connection)
            return
        if connection.ended:
            self._drop(connection)
        elif self._selector.get_key(connection.peer).events != connection.interest:
            self._selector.modify(connection.peer, connection.interest, connection)

    def _drop(self, connection: Connection) -> None:
        del self._connections[connection.peer]
        self._selector.unregister(connection.peer)
        connection.close()


def _listen(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        path.unlink(missing_ok=True)
        with short(path) as address:
            listener.bind(address)
        path.chmod(0o600)
        listener.listen(MOST_CLIENTS)
        listener.setblocking(False)
    except OSError as error:
        listener.close()
        raise BatchError(f"The control socket {show(path)} cannot be made ({error.strerror or error}).") from None
    return listener


def _uid_of(peer: socket.socket) -> int | None:
    """The user at the other end; None where the platform does not tell, and only the folder keeps others out."""
    if not hasattr(socket, "SO_PEERCRED"):
        return None
    _, uid, _ = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return int(uid)
