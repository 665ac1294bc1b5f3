"""All batches of this user, newest first: found, kept in mind, and forgotten when there are too many. Starts none."""

from __future__ import annotations

import os
from pathlib import Path

from engine.batch.client import Batch
from engine.batch.folder import Folder, batches_folder, open_folder, remove_folder
from engine.confinement import NOTHING, read_only
from engine.errors import BatchError
from engine.files.name import listed, show

KEPT = 100
"""Ended batches that stay."""


class Shelf:
    """The batches, looked for again only when one came or went: cheap enough to ask many times a second."""

    def __init__(self) -> None:
        """BatchError when the folder of the batches cannot be trusted."""
        self._root = batches_folder()
        self._seen = -1
        self._batches: dict[str, Batch] = {}

    def add(self, batch: Batch) -> None:
        """Keeps the very object that `start` gave."""
        self._batches[batch.id] = batch
        self._seen = -1

    def batches(self) -> tuple[Batch, ...]:
        """All of them, newest first; folders that are not this user's alone are left out.

        So are those that were begun outside the folder that is open here.
        """
        changed = self._root.stat().st_mtime_ns
        if changed != self._seen:
            names = sorted(os.listdir(self._root), reverse=True)
            opened = ((name, self._batches.get(name) or _visible(self._root / name)) for name in names)
            self._batches = {name: batch for name, batch in opened if batch is not None}
            self._seen = changed
        return tuple(self._batches.values())

    def remove(self, name: str) -> None:
        """Forgets a batch with its journal and log; BatchError when it is not over. Its results stay."""
        batch = self.find(name)
        if read_only():
            raise BatchError(f"Batch {batch.id} is not removed. {NOTHING}")
        if not batch.state.over:
            raise BatchError(f"Batch {batch.id} is not over: cancel it first.")
        remove_folder(batch.folder)
        self._batches.pop(batch.id, None)

    def find(self, name: str) -> Batch:
        """The batch of that id, or of the only id that has `name` in it; BatchError when there is none."""
        if name not in self._batches:
            self.batches()
        alike = [name] if name in self._batches else [each for each in self._batches if name and name in each]
        if len(alike) > 1:
            raise BatchError(f"{show(name)} may be any of {listed(alike)}: write more of it.")
        if not alike:
            raise BatchError(f"There is no batch {show(name)}: `safelight history` lists them.")
        return self._batches[alike[0]]


def prune(root: Path, kept: int = KEPT) -> None:
    """Removes batches that are over and not among the newest `kept`; one that runs, here or elsewhere, stays.

    Of those that stay, what a process left that was killed while writing.
    """
    names = sorted(os.listdir(root), reverse=True)
    for name in names[:kept]:
        Folder(root / name).sweep()
    for name in names[kept:]:
        batch = _opened(root / name)
        if batch is not None and batch.state.over:
            remove_folder(batch.folder)


def _visible(path: Path) -> Batch | None:
    batch = _opened(path)
    return batch if batch is not None and batch.visible else None


def _opened(path: Path) -> Batch | None:
    try:
        return Batch(open_folder(path))
    except BatchError:
        return None
