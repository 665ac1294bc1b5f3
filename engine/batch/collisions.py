"""What would go wrong with the outputs of a batch, told before any pixel. It changes nothing on the disk.

A folder is asked once for all its names: over a slow network a look at each file would take longer than the batch.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Sequence

from engine.batch.identity import alike
from engine.errors import BatchError
from engine.files.listing import Listings
from engine.files.looking import is_folder, taken
from engine.files.name import listed, show
from engine.files.remote.url import above, absolute, is_url
from engine.job import Task


def check_collisions(tasks: Sequence[Task]) -> None:
    """BatchError when two results have one name, as some disk would see it, or one is the folder of another.

    Letter case and the ways to write an accent count for nothing, whatever the disk at hand makes of them: results are
    copied to others.
    """
    sources: dict[str, Task] = {}
    for task in tasks:
        other = sources.setdefault(alike(task.output), task)
        if other.source != task.source:
            where = show(task.output)
            if other.output != task.output:
                where = f"{show(other.output)} and {show(task.output)}, which many disks take for one"
            raise BatchError(
                f"{show(other.source)} and {show(task.source)} would both become {where}: give them names of their own "
                'with --name "{stem}-{n}", keep their formats, or use folders of their own with -o.'
            )
    folders: set[str] = set()
    for output in sources:
        parent = above(output)
        while parent not in folders and parent != above(parent):
            folders.add(parent)
            parent = above(parent)
    for output in sources.keys() & folders:
        task = sources[output]
        raise BatchError(
            f"{show(task.source)} would become {show(task.output)}, where the folder of other outputs belongs: "
            "keep the format, or give it a folder of its own with -o."
        )


def check_existing(tasks: Sequence[Task], folder: str, existing: str) -> None:
    """BatchError when a result would be a source or a folder, lie outside `folder`, or, with `fail`, exists."""
    listings = Listings()
    there = _there(tasks, folder, listings)
    _check_links(tasks)
    if not there:
        return
    sources = {listings.identity(task.source) for task in tasks} - {None}
    for output in there:
        if kind := _no_file(output, listings):
            raise BatchError(f"{show(output)} is a {kind}, where a picture belongs: name another folder with -o.")
        if listings.identity(output) in sources:
            raise BatchError(
                f"{show(output)} is one of the sources, and those are never written over: name another folder with -o."
            )
    if existing == "fail":
        exist = "exist" if len(there) > 1 else "exists"
        raise BatchError(
            f"{listed(there)} {exist} already: "
            "use --existing skip or --existing replace, or name another folder with -o."
        )


def _check_links(tasks: Sequence[Task]) -> None:
    """BatchError when two results meet in one folder that has two names, one of them a link's."""
    real = functools.cache(_real)
    places = [os.path.split(task.output) for task in tasks]
    if any(real(parent) != parent for parent, _ in places):
        where = (os.path.join(real(parent), name) for parent, name in places)
        check_collisions([Task(task.source, output) for task, output in zip(tasks, where, strict=True)])


def _there(tasks: Sequence[Task], folder: str, listings: Listings) -> list[str]:
    """The outputs that exist, in another spelling where the disk takes both for one."""
    there: list[str] = []
    names: dict[str, frozenset[str]] = {}
    for task in tasks:
        parent, name = os.path.split(task.output)
        if parent not in names:
            names[parent] = _names(parent, folder, listings)
        if alike(name) in names[parent] and (listings.entry(task.output) or taken(task.output)):
            there.append(task.output)
    return there


def _real(path: str) -> str:
    """Where it lies, without links; what another machine makes of its own is not known."""
    return absolute(path) if is_url(path) else os.path.realpath(path)


def _no_file(output: str, listings: Listings) -> str:
    """What it is, unless it is a file or a link."""
    entry = listings.entry(output)
    if entry is None:
        return "folder" if is_folder(output) and not os.path.islink(output) else ""
    if entry.is_file(follow_symlinks=False) or entry.is_symlink():
        return ""
    return "folder" if entry.is_dir(follow_symlinks=False) else "pipe or a device"


def _names(path: str, top: str, listings: Listings) -> frozenset[str]:
    """What the folder of an output holds; BatchError when a file is in its way, or a link leads elsewhere."""
    if not is_folder(path):
        if taken(path):
            raise BatchError(f"{show(path)} is a file, where a folder belongs: name another folder with -o.")
        if path != top:
            _names(above(path), top, listings)
        return frozenset()
    real, inside = _real(path), _real(top)
    if real != inside and not real.startswith(os.path.join(inside, "")):
        raise BatchError(f"{show(path)} is a link that leads out of {show(top)}: take it away, or name another folder.")
    try:
        return frozenset(map(alike, listings.of(path)))
    except OSError as error:
        raise BatchError(f"The folder {show(path)} cannot be read ({error.strerror}): name another with -o.") from None
