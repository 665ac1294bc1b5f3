"""What lies under a name, on a disk or on another machine: whether it is there, a folder, and what a folder holds."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from hashlib import blake2b
from typing import TypeAlias

from engine.files.remote.system import Item
from engine.files.remote.url import absolute, is_url

DirEntry: TypeAlias = "os.DirEntry[str] | Item"
Node = tuple[int, int]
"""Device and inode: one file or folder, by whatever name."""
ELSEWHERE = -1
"""Stands for the device of all that is on other machines."""


def is_folder(path: str) -> bool:
    """Whether it is a folder; ImageError when another machine does not answer."""
    if is_url(path):
        from engine.files.remote import listing

        return listing.is_folder(path)
    return os.path.isdir(path)


def exists(path: str) -> bool:
    """Whether there is anything that the path leads to; ImageError when another machine does not answer."""
    if is_url(path):
        from engine.files.remote import listing

        return listing.exists(path)
    try:
        os.stat(path)
    except (OSError, ValueError):
        return False
    return True


def taken(path: str) -> bool:
    """Whether something has this name, and be it a link that leads nowhere."""
    return exists(path) if is_url(path) else os.path.lexists(path)


def identity(path: str) -> Node | None:
    """What tells one file or folder from another; None where there is nothing. On other machines that is the name."""
    if is_url(path):
        return ELSEWHERE, int.from_bytes(blake2b(os.fsencode(absolute(path)), digest_size=8).digest())
    try:
        facts = os.stat(path)
    except (OSError, ValueError):
        return None
    return facts.st_dev, facts.st_ino


@contextlib.contextmanager
def scanned(folder: str) -> Iterator[Iterator[DirEntry]]:
    """What a folder holds. OSError when it cannot be read; ImageError when another machine does not answer."""
    if is_url(folder):
        from engine.files.remote.listing import listed

        yield iter(listed(folder))
        return
    with os.scandir(folder) as entries:
        yield entries
