"""A tree of folders as far as it is known: which are open, and what its rows are. It draws none and reads no disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from engine.files.name import show
from tui.values import Folder
from tui.widgets.figures import count

OPEN, SHUT, READING, LEAF, LINK, AROUND = "▾", "▸", "…", " ", "↗", "↑"


class Twig(NamedTuple):
    """A row."""

    path: str
    name: str
    """As a person types it; harmless for a terminal once it was through `show`."""
    depth: int
    mark: str
    """Open, shut, being read, without folders, a link, or the way up."""
    known: Folder | None


class FolderTree:
    """From a root on; it grows by what it is told."""

    def __init__(self, root: str) -> None:
        self.root = root
        self._known: dict[str, Folder] = {}
        self._open = {root}

    def learn(self, branch: Folder) -> None:
        """What a folder holds."""
        self._known[branch.path] = branch

    def knows(self, path: str) -> bool:
        """Whether it is known what the folder holds."""
        return path in self._known

    @property
    def around(self) -> str:
        """The folder around the root, where one may go there; empty where not, or while that is not known."""
        known = self._known.get(self.root)
        return known.around if known else ""

    def open(self, path: str) -> None:
        """Show the folders in a folder; of the one around the root: begin there."""
        if path == self.around:
            self.root = path
        self._open.add(path)

    def shut(self, path: str) -> None:
        """Show them no longer."""
        self._open.discard(path)

    def is_open(self, path: str) -> bool:
        """Whether they are shown."""
        return path in self._open

    def rows(self) -> list[Twig]:
        """From top to bottom: the way up, the root, and what is open below it."""
        up = [Twig(self.around, os.pardir, 0, AROUND, None)] if self.around else []
        return [*up, *self._below(self.root, os.path.basename(self.root) or self.root, 0, link=False)]

    def everything(self) -> list[Twig]:
        """All that is known, whether it is open or not, but for the root."""
        found = {twig.path: twig for twig in self.rows()}
        for branch in self._known.values():
            for name in branch.folders:
                path = os.path.join(branch.path, name)
                found.setdefault(path, self._twig(path, name, 0, link=name in branch.links))
        found.pop(self.root, None)
        return [*found.values()]

    def _below(self, path: str, name: str, depth: int, *, link: bool) -> Iterator[Twig]:
        yield self._twig(path, name, depth, link=link)
        branch = self._known.get(path)
        if branch is not None and path in self._open:
            for each in branch.folders:
                yield from self._below(os.path.join(path, each), each, depth + 1, link=each in branch.links)

    def _twig(self, path: str, name: str, depth: int, *, link: bool) -> Twig:
        branch, is_open = self._known.get(path), path in self._open
        if branch is None:
            mark = READING if is_open else LINK if link else SHUT
        else:
            mark = LEAF if not branch.folders else OPEN if is_open else SHUT
        return Twig(path, name, depth, LINK if link and mark == LEAF else mark, branch)


def counted(branch: Folder | None) -> str:
    """How many pictures, as far as that is known: `12`, `100,000+`, `?` where it cannot be read."""
    if branch is None:
        return ""
    if branch.error:
        return "?"
    return f"{branch.pictures:,}" + ("" if branch.complete else "+") if branch.pictures or not branch.complete else "·"


def explained(twig: Twig) -> str:
    """The folder in words: where it is, what it holds, why not."""
    if twig.known is None:
        return show(twig.path)
    if twig.known.error:
        return twig.known.error
    more = "" if twig.known.complete else "\nIt is so large that not all of it is told."
    held = f"{count(twig.known.pictures, 'picture')}, {count(len(twig.known.folders), 'folder')}"
    return f"{show(twig.path)}\n{held}{more}"
