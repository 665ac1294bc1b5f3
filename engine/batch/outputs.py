"""Which file becomes which: sources found, outputs named, what would go wrong told before any pixel. Writes nothing."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from typing import Literal

from engine.errors import BatchError
from engine.files.folder import Found, walk
from engine.files.formats import formats, picture_suffixes
from engine.files.name import listed, show
from engine.job import Task


def plan_outputs(
    paths: Iterable[str],
    output: str,
    format: str = "keep",  # noqa: A002 - the word of the flag
    existing: Literal["fail", "skip", "replace"] = "fail",
) -> tuple[Task, ...]:
    """One task for each file given and each picture in the folders given, their trees mirrored in the folder `output`.

    That folder is never an input, wherever it lies. `format` is `keep`, or a name of `engine.files.formats`. BatchError
    when a path is missing, nothing is found, two outputs have one name, one is a source or a folder, or, with `fail`,
    one exists.
    """
    folder = os.path.abspath(output)
    if os.path.lexists(folder) and not os.path.isdir(folder):
        raise BatchError(f"{show(output)} is not a folder: name another one with -o.")
    suffix = _suffix(format)
    given = tuple(paths)
    tasks = tuple(
        Task(found.path, os.path.join(folder, _named(found.relative, suffix))) for found in _found(given, folder)
    )
    if not tasks:
        _refuse_nothing(given, folder)
    _check_collisions(tasks)
    _check_existing(tasks, folder, existing)
    return tasks


def _found(paths: Sequence[str], folder: str) -> Iterable[Found]:
    """Every file once, in the order given."""
    missing = [path for path in paths if not _exists(path)]
    if missing:
        raise BatchError(f"{listed(missing)} cannot be found: check the name{'s' if len(missing) > 1 else ''}.")
    known: dict[str, Found] = {}
    for found in walk([os.path.abspath(path) for path in paths], leave_out=[folder]):
        known.setdefault(found.path, found)
    return known.values()


def _exists(path: str) -> bool:
    try:
        os.stat(path)
    except (OSError, ValueError):
        return False
    return True


def _suffix(name: str) -> str:
    """What outputs end in; nothing for `keep`."""
    if name == "keep":
        return ""
    try:
        return formats()[name].suffixes[0]
    except KeyError:
        raise BatchError(f"--format must be keep or one of {', '.join(formats())}, not {show(name)}.") from None


def _named(relative: str, suffix: str) -> str:
    """The name with the suffix of its new format; a suffix that says the same already stays, as does what is none."""
    if not suffix:
        return relative
    stem, ending = os.path.splitext(relative)
    known = picture_suffixes()
    if ending.lower() not in known:
        return relative + suffix
    return relative if known[ending.lower()] is known[suffix] else stem + suffix


def _check_collisions(tasks: Sequence[Task]) -> None:
    sources: dict[str, str] = {}
    for task in tasks:
        other = sources.setdefault(task.output, task.source)
        if other != task.source:
            raise BatchError(
                f"{show(other)} and {show(task.source)} would both become {show(task.output)}: "
                "keep their formats, or give them folders of their own with -o."
            )
    above: set[str] = set()
    for output in sources:
        parent = os.path.dirname(output)
        while parent not in above and parent != os.path.dirname(parent):
            above.add(parent)
            parent = os.path.dirname(parent)
    for output in sources.keys() & above:
        raise BatchError(
            f"{show(sources[output])} would become {show(output)}, where the folder of other outputs belongs: "
            "keep the format, or give it a folder of its own with -o."
        )


def _check_existing(tasks: Sequence[Task], folder: str, existing: str) -> None:
    there = _there(tasks, folder)
    if not there:
        return
    sources = {identity for task in tasks if (identity := _identity(task.source))}
    for output, found in there.items():
        if stat.S_ISDIR(found.st_mode):
            raise BatchError(f"{show(output)} is a folder, where a picture belongs: name another folder with -o.")
        if _identity(output) in sources:
            raise BatchError(
                f"{show(output)} is one of the sources, and those are never written over: name another folder with -o."
            )
    if existing == "fail":
        exist = "exist" if len(there) > 1 else "exists"
        raise BatchError(
            f"{listed(list(there))} {exist} already: "
            "use --existing skip or --existing replace, or name another folder with -o."
        )


def _there(tasks: Sequence[Task], folder: str) -> dict[str, os.stat_result]:
    """The outputs that exist, links themselves and not what they lead to."""
    there: dict[str, os.stat_result] = {}
    folders: dict[str, bool] = {}
    for task in tasks:
        parent = os.path.dirname(task.output)
        if parent not in folders:
            folders[parent] = _is_folder(parent, folder)
        if folders[parent]:
            try:
                there[task.output] = os.lstat(task.output)
            except OSError:
                continue
    return there


def _is_folder(path: str, top: str) -> bool:
    """Whether the folder of an output exists; BatchError when a file is in its way, or in that of a folder above it."""
    if os.path.isdir(path):
        return True
    if os.path.lexists(path):
        raise BatchError(f"{show(path)} is a file, where a folder belongs: name another folder with -o.")
    if path != top:
        _is_folder(os.path.dirname(path), top)
    return False


def _identity(path: str) -> tuple[int, int] | None:
    try:
        facts = os.stat(path)
    except (OSError, ValueError):
        return None
    return facts.st_dev, facts.st_ino


def _refuse_nothing(paths: Sequence[str], folder: str) -> None:
    if not paths:
        raise BatchError("Name at least one picture or folder.")
    if any(_identity(path) == _identity(folder) for path in paths if _identity(folder)):
        raise BatchError(f"{show(folder)} is the output folder, which is never an input: name another one with -o.")
    raise BatchError(f"There are no pictures in {listed(paths)}: safelight reads {', '.join(formats())}.")
