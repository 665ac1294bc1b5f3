"""What parent and child say to each other: JSON of bounded length, with descriptors. It trusts nobody."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping, Sequence
from typing import Any

LENGTH = struct.Struct("!I")
LONGEST = 4 << 20
"""Bytes of a message: a colour profile may be in it."""
DESCRIPTORS = 2


class GoneError(Exception):
    """The other end is not there any more, or says what it may not."""


def send(peer: socket.socket, values: Mapping[str, Any], descriptors: Sequence[int] = ()) -> None:
    """One message; GoneError when nobody takes it."""
    text = json.dumps(values).encode()
    data = LENGTH.pack(len(text)) + text
    try:
        sent = socket.send_fds(peer, [data], list(descriptors)) if descriptors else 0
        peer.sendall(data[sent:])
    except OSError as error:
        raise GoneError(str(error)) from None


def receive(peer: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """The next message and the descriptors that came with it; GoneError when there is none or it is none.

    TimeoutError after the socket's own time.
    """
    try:
        head, descriptors, _, _ = socket.recv_fds(peer, LENGTH.size, DESCRIPTORS)
        head += _exactly(peer, LENGTH.size - len(head)) if head else b""
        if not head:
            raise GoneError("it ended")
        (length,) = LENGTH.unpack(head)
        if length > LONGEST:
            raise GoneError("it says too much")
        values = json.loads(_exactly(peer, length))
    except TimeoutError:
        raise
    except (OSError, ValueError, RecursionError) as error:
        raise GoneError(str(error)) from None
    if not isinstance(values, dict):
        raise GoneError("it makes no sense")
    return values, descriptors


def _exactly(peer: socket.socket, count: int) -> bytes:
    data = bytearray()
    while len(data) < count:
        more = peer.recv(min(count - len(data), 1 << 20))
        if not more:
            raise GoneError("it ended")
        data += more
    return bytes(data)
