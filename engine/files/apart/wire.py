"""What parent and child say to each other: JSON of bounded length, with descriptors. It trusts nobody."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Mapping, Sequence
from typing import Any

LENGTH = struct.Struct("!I")
LONGEST = 4 << 20
"""Bytes of a message: a colour profile may be in it."""
DESCRIPTORS = 2


class GoneError(Exception):
    """The other end is not there any more, or says what it may not."""


def send(peer: socket.socket, values: Mapping[str, Any], seconds: float, descriptors: Sequence[int] = ()) -> None:
    """One message; GoneError when nobody takes it within so many seconds."""
    peer.settimeout(seconds)
    text = json.dumps(values).encode()
    data = LENGTH.pack(len(text)) + text
    try:
        sent = socket.send_fds(peer, [data], list(descriptors)) if descriptors else 0
        peer.sendall(data[sent:])
    except OSError as error:
        raise GoneError(str(error)) from None


def receive(peer: socket.socket, seconds: float) -> dict[str, Any]:
    """The next message, whole within so many seconds; GoneError when there is none or it is none, else TimeoutError.

    Descriptors that come with it are not taken: the system closes them.
    """
    return _message(peer, b"", time.monotonic() + seconds)


def receive_with(peer: socket.socket, seconds: float) -> tuple[dict[str, Any], list[int]]:
    """The same and the descriptors that came with it, which are the caller's to close."""
    peer.settimeout(seconds)
    deadline = time.monotonic() + seconds
    try:
        head, descriptors, _, _ = socket.recv_fds(peer, LENGTH.size, DESCRIPTORS)
    except TimeoutError:
        raise
    except OSError as error:
        raise GoneError(str(error)) from None
    if not head:
        raise GoneError("it ended")
    return _message(peer, head, deadline), descriptors


def _message(peer: socket.socket, head: bytes, deadline: float) -> dict[str, Any]:
    """One message of which some bytes are there already."""
    try:
        (length,) = LENGTH.unpack(head + _exactly(peer, LENGTH.size - len(head), deadline))
        if length > LONGEST:
            raise GoneError("it says too much")
        values = json.loads(_exactly(peer, length, deadline))
    except TimeoutError:
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise GoneError(str(error)) from None
    if not isinstance(values, dict):
        raise GoneError("it makes no sense")
    return values


def _exactly(peer: socket.socket, count: int, deadline: float) -> bytes:
    data = bytearray()
    while len(data) < count:
        # A socket's own time is for each piece: whoever sends byte after byte would never run out of it.
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        peer.settimeout(left)
        more = peer.recv(min(count - len(data), 1 << 20))
        if not more:
            raise GoneError("it ended")
        data += more
    return bytes(data)
