"""A private folder for what comes through a pipe, gone with whoever made it. It looks into no picture."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import stat
import tempfile
from io import BytesIO
from typing import BinaryIO

from engine.errors import SafelightError
from engine.files.formats import recognise
from engine.files.limits import Limits

PREFIX = "safelight-pipe-"
NAME = "standard-input"
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that end a process."""
CHUNK = 1 << 20


class Spool:
    """The folder, locked for as long as it is in use, so that what a killed process left can be told from it."""

    def __init__(self) -> None:
        self.path = self.results = ""
        self._lock = -1

    def open(self) -> None:
        """Removes what others left, and makes a new one; OSError when there is no room for it.

        A signal that ends the process comes before or after, so that whoever closes knows what to remove.
        """
        _sweep(tempfile.gettempdir())
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
        try:
            self.path, self._lock = _locked_folder()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self.results = os.path.join(self.path, "results")

    def close(self) -> None:
        """Removes it with all that is in it, if it was made."""
        if self.path:
            shutil.rmtree(self.path, ignore_errors=True)
            os.close(self._lock)

    def take(self, stream: BinaryIO, limits: Limits) -> str:
        """Keeps all that comes as a picture's file and gives its path; the suffix is that of its format, if it has any.

        SafelightError when nothing comes, or more than the limits allow.
        """
        head = stream.read(CHUNK)
        if not head:
            raise SafelightError("Standard input is empty: pass a picture to it, or name a file.")
        form = recognise(BytesIO(head))
        path = os.path.join(self.path, NAME + (form.suffixes[0] if form is not None else ""))
        size = len(head)
        with open(path, "xb") as file:
            file.write(head)
            while more := stream.read(CHUNK):
                size += len(more)
                if size > limits.max_bytes:
                    raise SafelightError(
                        f"Standard input has more than the {limits.max_bytes / 1e9:.2f} GB that are read: pass a "
                        "smaller picture."
                    )
                file.write(more)
        return path


def _locked_folder() -> tuple[str, int]:
    while True:
        path = tempfile.mkdtemp(prefix=PREFIX)
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        if _taken(lock) and os.path.isdir(path):
            return path, lock
        # A sweep of another process took it for a leftover in the moment before it was locked.
        os.close(lock)


def _taken(folder: int) -> bool:
    """Whether nobody else holds the folder."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sweep(folder: str) -> None:
    """Removes the spools of this user whose makers are gone."""
    with contextlib.suppress(OSError):
        for name in os.listdir(folder):
            if name.startswith(PREFIX):
                _remove_left(os.path.join(folder, name))


def _remove_left(path: str) -> None:
    with contextlib.suppress(OSError):
        facts = os.lstat(path)
        if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.geteuid():
            return
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            if _taken(lock):
                shutil.rmtree(path, ignore_errors=True)
        finally:
            os.close(lock)
