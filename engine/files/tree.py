"""One folder of a tree: the folders in it and how many pictures, by names alone and no further than a limit."""

import os
from itertools import islice
from typing import NamedTuple

from engine.confinement import barred
from engine.errors import ImageError
from engine.files.admission import admit
from engine.files.folder import natural
from engine.files.formats import picture_suffixes
from engine.files.looking import DirEntry, scanned
from engine.files.name import show
from engine.files.remote.system import Item
from engine.files.remote.url import above, is_url

MOST_NAMES = 100_000
"""Names of a folder that are looked at."""
MOST_FOLDERS = 5_000
"""Folders of a folder that are told."""


class Branch(NamedTuple):
    """What a folder holds."""

    path: str
    folders: tuple[str, ...] = ()
    """Names of folders and of links to folders, in the order a person counts; hidden ones are left out."""
    links: frozenset[str] = frozenset()
    """Those of them that are links, and lead to no folder around this one: nobody goes round in circles."""
    pictures: int = 0
    complete: bool = True
    """Whether all of its names were looked at, and all of its folders are told."""
    around: str = ""
    """The folder around it; empty where there is none that one may go to."""
    error: str = ""
    """Why it cannot be read."""


def branch(path: str) -> Branch:
    """What a folder holds; a sentence instead where it cannot be read."""
    try:
        admit(path, barred(path))
        return _read(path)
    except ImageError as error:
        return Branch(path, error=str(error))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no folder can have this name"
        return Branch(path, error=f"The folder {show(path)} cannot be read ({reason}).")


def _read(path: str) -> Branch:
    suffixes, around = picture_suffixes(), _around(path)
    folders, links, pictures, names = list[str](), set[str](), 0, 0
    with scanned(path) as entries:
        for entry in islice(entries, MOST_NAMES + 1):
            names += 1
            if entry.name.startswith("."):
                continue
            if os.path.splitext(entry.name)[1].lower() in suffixes and not entry.is_dir(follow_symlinks=False):
                pictures += 1
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry.name)
            elif entry.is_symlink() and _leads_on(entry, around):
                folders.append(entry.name)
                links.add(entry.name)
    told = sorted(folders, key=natural)[:MOST_FOLDERS]
    complete = names <= MOST_NAMES and len(folders) <= MOST_FOLDERS
    outer = above(path)
    return Branch(
        path, tuple(told), frozenset(links), pictures, complete, "" if outer == path or barred(outer) else outer
    )


def _leads_on(entry: DirEntry, around: set[tuple[int, int]]) -> bool:
    """Whether a link leads to a folder that may be read and is none of those around it."""
    if isinstance(entry, Item):
        return entry.is_dir()
    try:
        facts = entry.stat()
        return entry.is_dir() and (facts.st_dev, facts.st_ino) not in around and not barred(entry.path)
    except OSError:
        return False


def _around(path: str) -> set[tuple[int, int]]:
    """The folder and all around it, as it was come to and as it lies."""
    found = set[tuple[int, int]]()
    if is_url(path):
        return found
    for way in {os.path.abspath(path), os.path.realpath(path)}:
        here = way
        while True:
            facts = os.stat(here)
            found.add((facts.st_dev, facts.st_ino))
            if here == os.path.dirname(here):
                break
            here = os.path.dirname(here)
    return found
