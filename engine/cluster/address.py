"""How a person names a cluster: `tcp://host:8786`, or `local:4` to try it. It connects to nothing."""

from __future__ import annotations

import re
from importlib.util import find_spec

from engine.errors import SpecError
from engine.files.name import show

MOST = 256
"""Worker processes that `local:N` starts at most."""
LOCAL = re.compile(r"local:(\d{1,4})")
REMOTE = re.compile(r"(?:tcp|tls|ws|wss|ucx)://(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):\d{1,5}")


def check_cluster(text: str) -> None:
    """SpecError unless it names a cluster, or nothing, and what it takes to reach one is installed."""
    if not text:
        return
    local = LOCAL.fullmatch(text)
    if local is None and REMOTE.fullmatch(text) is None:
        raise SpecError(f"A cluster is named as tcp://host:8786, or local:4 to try one here, not {show(text)}.")
    if local is not None and not 1 <= int(local[1]) <= MOST:
        raise SpecError(f"local:N starts 1 to {MOST} worker processes, not {local[1]}.")
    if find_spec("distributed") is None:
        raise SpecError("A cluster takes one more package: pip install 'safelight[cluster]'.")


def local_workers(text: str) -> int:
    """How many worker processes are to be started on this machine; 0 for a cluster that runs already."""
    local = LOCAL.fullmatch(text)
    return int(local[1]) if local else 0
