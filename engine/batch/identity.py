"""Whether a result would be written over a source, by whatever name or link. Asks folders, and single files rarely.

Over a slow network a look at each of thousands of files would take longer than the batch.
"""

from __future__ import annotations

import functools
import os
import stat
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

Node = tuple[int, int]
"""Device and inode: one file or folder, by whatever name."""


def alike(path: str) -> str:
    """One spelling for all that some disk takes for the same name (Unicode 16, 3.13, canonical caseless matching)."""
    if path.isascii():
        return path.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def node(path: str) -> Node | None:
    """Of what a path leads to; None when there is nothing."""
    try:
        facts = os.stat(path)
    except (OSError, ValueError):
        return None
    return facts.st_dev, facts.st_ino


def over_a_source(there: Mapping[str, os.stat_result], sources: Sequence[str]) -> str | None:
    """The first of the outputs that exist, with what `lstat` said of them, that is one of the sources.

    Files alone with their name are told by their folders; only links are followed one by one.
    """
    folder = functools.cache(node)
    places = {_place(source, folder) for source in sources}
    linked = {path for path, facts in there.items() if facts.st_nlink > 1 or stat.S_ISLNK(facts.st_mode)}
    reached = {node(source) for source in (sources if linked else _links(sources))} - {None}
    for path in there:
        if _place(path, folder) in places or (reached and node(path) in reached):
            return path
    return None


def _place(path: str, folder: functools._lru_cache_wrapper[Node | None]) -> tuple[Node | None, str]:
    parent, name = os.path.split(path)
    return folder(parent), alike(name)


def _links(paths: Iterable[str]) -> list[str]:
    """Those that are symbolic links."""
    links: dict[str, frozenset[str]] = {}
    found = []
    for path in paths:
        parent, name = os.path.split(path)
        if parent not in links:
            links[parent] = _links_in(parent)
        if name in links[parent]:
            found.append(path)
    return found


def _links_in(folder: str) -> frozenset[str]:
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries if entry.is_symlink())
    except OSError:
        return frozenset()
