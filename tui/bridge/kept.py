"""Stacks under development in files of the state folder, one for each app that runs. Believes none that it reads."""

from __future__ import annotations

import fcntl
import os
import secrets
import time
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from engine.files.name import show
from engine.files.places import state_folder
from engine.files.remote.url import absolute

if TYPE_CHECKING:
    from engine.stack import Stack

MOST, LONGEST = 100, 60 * 86_400.0
"""Files kept, and the seconds that one is kept; the newest stay."""
WHOLE, LOCK, PART = ".toml", ".lock", ".part"


class Kept:
    """The file of one app on one place. As long as the app lives it is locked, and no other app offers it."""

    def __init__(self, paths: Sequence[str]) -> None:
        """For the files and folders that the app was opened on."""
        place = b"\0".join(os.fsencode(absolute(path)) for path in paths)
        self._place = blake2b(place, digest_size=12).hexdigest()
        self._name = f"{self._place}-{secrets.token_hex(6)}"
        self._lock: int | None = None

    def write(self, stack: Stack) -> None:
        """Keep this stack in place of the one before; an empty one leaves no file. SafelightError when it cannot be."""
        from engine.presets.preset import Preset
        from engine.presets.writing import write_preset

        if not stack.steps:
            self.remove()
            return
        folder = _folder()
        try:
            self._hold(folder)
            preset = Preset("unfinished", "A stack under development, kept in case the line is cut.", stack)
            write_preset(preset, folder / f"{self._name}{WHOLE}", replace=True)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "a name in it is not UTF-8"
            raise SafelightError(
                f"The stack cannot be kept in {show(folder)} ({reason}): a cut line loses it."
            ) from None

    def remove(self) -> None:
        """Leave nothing of it."""
        if self._lock is not None:
            for suffix in (WHOLE, LOCK):
                (_folder() / f"{self._name}{suffix}").unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None

    def others(self) -> tuple[Path, ...]:
        """Files of apps on the same place that no longer run, the newest first; what is too old is removed."""
        _sweep(_folder())
        own = [path for path in _newest(_folder(), f"{self._place}-*{WHOLE}") if path.stem != self._name]
        return tuple(path for path in own if _is_free(path.with_suffix(LOCK)))

    def take(self, path: Path) -> Stack:
        """The stack of such a file, which is gone afterwards; SafelightError when somebody has it, or it is damaged."""
        from engine.presets.reading import read_preset

        if not _is_free(path.with_suffix(LOCK)):
            raise SafelightError("Another Safelight has taken it up.")
        try:
            return read_preset(path).stack
        finally:
            for each in (path, path.with_suffix(LOCK)):
                each.unlink(missing_ok=True)

    def _hold(self, folder: Path) -> None:
        """Lock it, once, for as long as this process lives."""
        if self._lock is None:
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            self._lock = os.open(folder / f"{self._name}{LOCK}", flags, 0o600)
            try:
                fcntl.lockf(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                # A disk without locks: another app may offer it too early, which loses nothing.
                return


def _folder() -> Path:
    folder = state_folder() / "unfinished"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _newest(folder: Path, pattern: str) -> list[Path]:
    found = [(_written(path), path) for path in folder.glob(pattern)]
    return [path for _, path in sorted(found, reverse=True)]


def _written(path: Path) -> float:
    try:
        return path.lstat().st_mtime
    except OSError:
        return 0.0


def _sweep(folder: Path) -> None:
    """Remove what is too old or too much, and what a killed app has left half written."""
    limit = time.time() - LONGEST
    for number, path in enumerate(_newest(folder, f"*{WHOLE}")):
        if (number >= MOST or _written(path) < limit) and _is_free(path.with_suffix(LOCK)):
            path.unlink(missing_ok=True)
    for path in (*folder.glob(f"*{LOCK}"), *folder.glob(f".*{PART}")):
        if _written(path) < limit and not path.with_suffix(WHOLE).exists() and _is_free(path):
            path.unlink(missing_ok=True)


def _is_free(lock: Path) -> bool:
    """Whether the app that had this lock has ended."""
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return True
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return True
