"""Unfinished files of processes that were killed: found in a folder and removed. It touches no other file."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import stat
import time
from collections.abc import Iterable

from engine.errors import SafelightError
from engine.files.remote.url import is_url
from engine.files.write import TEMPORARY_PREFIX

UNFINISHED = re.compile(re.escape(TEMPORARY_PREFIX) + r"[0-9a-f]{16}")
DAY = 24 * 3600.0
"""Seconds after which a file counts as left behind where the disk knows no locks."""


def sweep(folders: Iterable[str]) -> int:
    """Remove what nobody is writing any more, in these folders and none below; how many there were. It never raises."""
    return sum(_sweep_far(folder) if is_url(folder) else _sweep(folder) for folder in folders)


def _sweep_far(folder: str) -> int:
    """Another machine knows no locks: what is a day old is nobody's."""
    from engine.files.remote.listing import listed
    from engine.files.remote.systems import asked

    removed = 0
    with contextlib.suppress(SafelightError, OSError):
        for item in listed(folder):
            if item.edition is None or not UNFINISHED.fullmatch(item.name):
                continue
            if time.time() - item.edition.changed / 1e9 > DAY:
                asked(item.path, lambda system, path: system.remove(path))
                removed += 1
    return removed


def _sweep(folder: str) -> int:
    try:
        names = [name for name in os.listdir(folder) if UNFINISHED.fullmatch(name)]
        if not names:
            return 0
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return 0
    try:
        return sum(_removed(descriptor, name) for name in names)
    finally:
        os.close(descriptor)


def _removed(folder: int, name: str) -> bool:
    try:
        if not _is_own_file(os.stat(name, dir_fd=folder, follow_symlinks=False)):
            return False
        file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    except OSError:
        return False
    try:
        facts = os.fstat(file)
        if not _is_own_file(facts) or not _left(file, facts):
            return False
        os.unlink(name, dir_fd=folder)
    except OSError:
        return False
    finally:
        os.close(file)
    return True


def _is_own_file(facts: os.stat_result) -> bool:
    return stat.S_ISREG(facts.st_mode) and facts.st_uid == os.geteuid()


def _left(file: int, facts: os.stat_result) -> bool:
    """Whether whoever made it is gone."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return time.time() - facts.st_mtime > DAY
    return True
