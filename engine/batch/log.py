"""The log of a batch, locked by whoever may still begin the batch: so one that nobody begins is told at once."""

from __future__ import annotations

import contextlib
import fcntl
import os
from typing import BinaryIO

from engine.batch.folder import Folder


def create_log(folder: Folder) -> BinaryIO:
    """A new log, locked while it is open here or in a process that it was handed to; OSError when it cannot be made.

    Nobody finds it before it is locked.
    """
    partial = folder.log.with_name(f".{folder.log.name}.{os.getpid()}")
    log = open(partial, "xb", opener=_private)  # noqa: SIM115 - the caller's to close
    with contextlib.suppress(OSError):  # A disk without locks: the folder's age has to tell.
        fcntl.flock(log, fcntl.LOCK_EX)
    os.rename(partial, folder.log)
    return log


def abandoned(folder: Folder) -> bool:
    """Whether nobody holds the log any more; False as well where that cannot be told."""
    try:
        with open(folder.log, "rb", opener=_unfollowed) as log:
            fcntl.flock(log, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


def _unfollowed(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
