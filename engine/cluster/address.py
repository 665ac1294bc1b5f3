"""How a person names a cluster: `tcp://host:8786`, or `local:4` to try it. It speaks to no scheduler."""

from __future__ import annotations

import re
import socket
from importlib.util import find_spec

from engine.errors import BatchError, SpecError
from engine.files.name import show

MOST = 256
"""Worker processes that `local:N` starts at most."""
LOCAL = re.compile(r"local:(\d{1,4})")
REMOTE = re.compile(r"(tcp|tls|ws|wss|ucx)://([\w.-]+|\[[0-9a-fA-F:.]+\]):(\d{1,5})")
SECRET = re.compile(r"//[^/@]*@")
ANSWERS_WITHIN = 3.0
NOBODY = "No scheduler answers at {} ({}): is it running, and reachable from here?"


def check_cluster(text: str) -> None:
    """SpecError unless it names a cluster, or nothing, and what it takes to reach one is installed."""
    if not text:
        return
    local = LOCAL.fullmatch(text)
    if local is None and REMOTE.fullmatch(text) is None:
        told = SECRET.sub("//", text)
        if told != text:
            raise SpecError(f"The address of a cluster holds no name and no password: write {show(told)}.")
        raise SpecError(f"A cluster is named as tcp://host:8786, or local:4 to try one here, not {show(text)}.")
    if local is not None and not 1 <= int(local[1]) <= MOST:
        raise SpecError(f"local:N starts 1 to {MOST} worker processes, not {local[1]}.")
    if find_spec("distributed") is None:
        raise SpecError("A cluster takes one more package: pip install 'safelight[cluster]'.")


def reach(text: str) -> None:
    """BatchError unless somebody listens there; a cluster that would be started here is. Waits for the network."""
    remote = REMOTE.fullmatch(text)
    if remote is None or remote[1] == "ucx":
        return
    try:
        socket.create_connection((remote[2].strip("[]"), int(remote[3])), ANSWERS_WITHIN).close()
    except (OSError, OverflowError, UnicodeError) as error:
        raise BatchError(NOBODY.format(text, getattr(error, "strerror", "") or error)) from None


def local_workers(text: str) -> int:
    """How many worker processes are to be started on this machine; 0 for a cluster that runs already."""
    local = LOCAL.fullmatch(text)
    return int(local[1]) if local else 0
