"""The folder of one batch and the folder of them all: private, checked before it is trusted. Starts no batch."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from engine.batch.address import LONGEST, REACHES_ANY
from engine.errors import BatchError
from engine.files.name import show
from engine.files.places import runtime_folder, state_folder

PARTIAL = re.compile(r"\.[a-z]+\.[a-z]+\.([0-9]{1,9})")
"""A file that is not whole yet, with the number of the process that writes it."""
ALIVE = 60.0
"""Seconds in which a process of another machine, whose number says nothing here, writes such a file."""


PARTS = 1 << 16
"""Of a second, in the name of a batch."""


@dataclass(frozen=True, slots=True)
class Folder:
    """Where one batch keeps what it is, did and does."""

    path: Path

    @property
    def id(self) -> str:
        """What a person calls the batch."""
        return self.path.name

    @property
    def specification(self) -> Path:
        """What it was asked to do, without the files."""
        return self.path / "specification.json"

    @property
    def tasks(self) -> Path:
        """The files."""
        return self.path / "tasks.jsonl"

    @property
    def earlier(self) -> Path:
        """Which results are there already."""
        return self.path / "earlier.jsonl"

    @property
    def record(self) -> Path:
        """Which process runs it."""
        return self.path / "record.json"

    @property
    def journal(self) -> Path:
        """What happened."""
        return self.path / "journal.jsonl"

    @property
    def board(self) -> Path:
        """What happens."""
        return self.path / "board"

    @property
    def log(self) -> Path:
        """What its process, its libraries and its crash had to say."""
        return self.path / "log.txt"

    def socket(self) -> Path:
        """Where a new control socket belongs: here, or in the runtime folder where that path is too long for one."""
        here = self.path / "control"
        fits = REACHES_ANY or len(os.fsencode(here)) <= LONGEST
        return here if fits else runtime_folder() / f"{self.id}.control"

    def write_new(self, path: Path, data: bytes) -> None:
        """Writes a file of this folder so that a reader sees all of it or none; OSError when that fails."""
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)

    def sweep(self) -> None:
        """Removes what was left by whoever was killed while writing a file of this folder."""
        import psutil

        with contextlib.suppress(OSError):
            for name in os.listdir(self.path):
                partial = PARTIAL.fullmatch(name)
                path = self.path / name
                if partial and not psutil.pid_exists(int(partial[1])) and time.time() - path.stat().st_mtime > ALIVE:
                    path.unlink()


def batches_folder() -> Path:
    """The folder of all batches of this user, made and checked; BatchError when it cannot be had."""
    path = state_folder() / "batches"
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise BatchError(unwritable(path, error)) from None
    check_private(path)
    return path


def create_folder(root: Path) -> Folder:
    """A new folder, whose name is the time, so that names sort by age; BatchError when it cannot be made."""
    while True:
        now = time.time()
        second = time.strftime("%Y%m%d-%H%M%S", time.localtime(now))
        folder = Folder(root / f"{second}-{int(now % 1 * PARTS):04x}")
        try:
            folder.path.mkdir(mode=0o700)
        except FileExistsError:
            continue
        except OSError as error:
            raise BatchError(unwritable(root, error)) from None
        return folder


def open_folder(path: Path) -> Folder:
    """An existing folder; BatchError when there is none, or one that another user could have made or changed."""
    check_private(path)
    return Folder(path)


def remove_folder(folder: Folder) -> None:
    """Forgets a batch; what cannot be removed stays."""
    shutil.rmtree(folder.path, ignore_errors=True)


def unwritable(path: Path, error: OSError) -> str:
    """The sentence for a batch that cannot be started because of its folder."""
    return (
        f"The batch cannot be started: {show(path)} cannot be written ({error.strerror}). Free some room there, or set "
        "XDG_STATE_HOME to a folder elsewhere."
    )


def check_private(path: Path) -> None:
    """BatchError unless it is a folder of this user's, no link, closed to all others; a wider mode is put right."""
    try:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode):
            raise BatchError(f"{show(path)} is not a folder: move it away, or set XDG_STATE_HOME to a folder of yours.")
        if found.st_uid != os.geteuid():
            raise BatchError(
                f"{show(path)} belongs to another user: move it away, or set XDG_STATE_HOME to a folder of yours."
            )
        if stat.S_IMODE(found.st_mode) & 0o077:
            path.chmod(0o700)
    except OSError as error:
        raise BatchError(f"{show(path)} cannot be used ({error.strerror}).") from None
