"""Folders as they are, each read once: a slow disk is asked for a folder, not for each of its files."""

from __future__ import annotations

import os
from collections.abc import Mapping

from engine.errors import ImageError
from engine.files.looking import DirEntry, identity, scanned
from engine.files.remote.system import Item
from engine.files.remote.url import is_url

Entries = Mapping[str, DirEntry]


class Listings:
    """What folders hold, as it was when they were first asked for."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        self._known: dict[str, Entries] = {}
        self._devices: dict[str, int] = {}

    def of(self, folder: str) -> Entries:
        """All entries by name. OSError when it is no folder or cannot be read."""
        if folder not in self._known:
            with scanned(folder) as entries:
                self._known[folder] = {entry.name: entry for entry in entries}
        return self._known[folder]

    def entry(self, path: str) -> DirEntry | None:
        """That of one file; None when its folder cannot be read or lists no such name."""
        folder, name = os.path.split(path)
        try:
            return self.of(folder).get(name)
        except (OSError, ValueError, ImageError):
            self._known[folder] = {}
            return None

    def identity(self, path: str) -> tuple[int, int] | None:
        """Device and inode of the file, of what it leads to for a link; None when there is none.

        A regular file is told by its folder alone; it is looked at only where the folder does not say.
        """
        if is_url(path):
            return identity(path) if self.entry(path) else None
        entry = self.entry(path)
        try:
            if entry is None or not entry.is_file(follow_symlinks=False):
                facts = os.stat(path)
                return facts.st_dev, facts.st_ino
            assert not isinstance(entry, Item)
            return self._device(os.path.dirname(path)), entry.inode()
        except (OSError, ValueError):
            return None

    def _device(self, folder: str) -> int:
        if folder not in self._devices:
            self._devices[folder] = os.stat(folder).st_dev
        return self._devices[folder]
