"""Which pictures folders hold, by their names alone: no file is opened and none is asked for its size."""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from engine.confinement import barred
from engine.errors import ImageError
from engine.files.admission import admit
from engine.files.formats import picture_suffixes
from engine.files.looking import DirEntry, identity, is_folder, scanned
from engine.files.name import show
from engine.files.remote.url import absolute, is_url

COMPANIONS = ("jpeg", "heic")
"""What cameras write beside a raw file."""
DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A picture in a folder."""

    path: str
    """The folder's path, as it was given, with the name. Bytes that are no UTF-8 are surrogate escapes."""
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """A picture that a person asked for, by itself or with its folder."""

    path: str
    relative: str
    """Where it lies below the folder that was asked for; the bare name for a file."""


def scan(folder: str) -> Iterator[Entry]:
    """The pictures of one folder, in the order a person counts; hidden files are left out.

    ImageError when the folder cannot be read.
    """
    for entry in _listed(folder)[1]:
        yield Entry(entry.path, entry.name)


def pairs(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Entry | None]]:
    """The pictures of one folder, each camera raw file with the picture of the same name that the camera made of it.

    A raw file beside none of COMPANIONS is a picture of its own.
    """
    found = list(entries)
    suffixes = picture_suffixes()
    kinds = [suffixes[os.path.splitext(each.name)[1].lower()].name for each in found]
    raws = {_stem(each): each for each, kind in zip(found, kinds, strict=True) if kind == "raw"}
    # Most folders have none: then no name is looked at again.
    taken = {
        stem: each
        for each, kind in zip(found, kinds, strict=True)
        if raws and kind in COMPANIONS and (stem := _stem(each)) in raws
    }
    for each, kind in zip(found, kinds, strict=True):
        if kind != "raw":
            yield each, raws[_stem(each)] if raws and taken.get(_stem(each)) is each else None
        elif _stem(each) not in taken:
            yield each, None


def walk(
    paths: Iterable[str],
    leave_out: Iterable[str] = (),
    unreadable: Callable[[ImageError], None] | None = None,
) -> Iterator[Found]:
    """The files given, whatever they are called, and the pictures of the folders given and of all folders below.

    Links to folders below are not followed and hidden folders are left out, as are the folders of `leave_out`, such as
    the one that results go to. A folder that cannot be read is told to `unreadable`, or raised without it.
    """
    avoided = {each for path in leave_out if (each := identity(path))}
    for path in paths:
        if is_folder(path):
            yield from _below(path, "", avoided, unreadable)
        else:
            yield Found(path, os.path.basename(path))


def pictures(paths: Iterable[str], unreadable: Callable[[ImageError], None] | None = None) -> tuple[str, ...]:
    """What `walk` finds, each file once however often it was named, without raw files that have a picture beside them.

    These are the pictures that a person took; `unreadable` as for `walk`.
    """
    folders: dict[str, str] = {}
    found: dict[tuple[str, str], Entry] = {}
    for each in walk(paths, (), unreadable):
        folder, name = os.path.split(each.path)
        if folder not in folders:
            folders[folder] = absolute(folder) if is_url(folder) else os.path.realpath(folder)
        found.setdefault((folders[folder], name), Entry(each.path, name))
    suffixes, together = picture_suffixes(), defaultdict[str, list[Entry]](list)
    for (folder, name), entry in found.items():
        if os.path.splitext(name)[1].lower() in suffixes:
            together[folder].append(entry)
    of_raws = {raw.path for entries in together.values() for _, raw in pairs(entries) if raw is not None}
    return tuple(entry.path for entry in found.values() if entry.path not in of_raws)


def natural(name: str) -> tuple[tuple[str | int, ...], str]:
    """A sort key that counts: `img2` before `img10`, capitals beside small letters."""
    parts = DIGITS.split(name.casefold())
    return tuple(int(part) if index % 2 else part for index, part in enumerate(parts)), name


def _below(
    folder: str, relative: str, avoided: set[tuple[int, int]], unreadable: Callable[[ImageError], None] | None
) -> Iterator[Found]:
    pending = [(folder, relative)]
    while pending:
        folder, relative = pending.pop()
        if avoided and identity(folder) in avoided:
            continue
        try:
            folders, pictures = _listed(folder)
        except ImageError as error:
            if unreadable is None:
                raise
            unreadable(error)
            continue
        for entry in pictures:
            yield Found(entry.path, os.path.join(relative, entry.name))
        pending += [(entry.path, os.path.join(relative, entry.name)) for entry in reversed(folders)]


def _stem(entry: Entry) -> str:
    return os.path.splitext(entry.name)[0]


def _listed(folder: str) -> tuple[list[DirEntry], list[DirEntry]]:
    """Folders and pictures directly in a folder, each sorted."""
    admit(folder, barred(folder))
    suffixes = picture_suffixes()
    folders, pictures = [], []
    try:
        with scanned(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry)
                elif os.path.splitext(entry.name)[1].lower() in suffixes:
                    pictures.append(entry)
    except (OSError, ValueError) as error:
        reason = (
            (error.strerror or "it does not exist") if isinstance(error, OSError) else "no folder can have this name"
        )
        raise ImageError(f"The folder {show(folder)} cannot be read ({reason}): check its name.") from None
    return sorted(folders, key=_order), sorted(pictures, key=_order)


def _order(entry: DirEntry) -> tuple[tuple[str | int, ...], str]:
    return natural(entry.name)
