"""Which file becomes which: sources found, outputs named, what would go wrong told before any pixel. Writes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Literal

from engine.batch.collisions import check_collisions, check_existing
from engine.batch.naming import LONGEST, Naming
from engine.confinement import unwritable
from engine.errors import BatchError
from engine.files.encode import FORMATS, refusal
from engine.files.folder import Found, walk
from engine.files.formats import formats, picture_suffixes
from engine.files.looking import exists, identity, is_folder, taken
from engine.files.name import listed, show
from engine.files.remote.url import absolute
from engine.job import Task

AS_BEFORE = Naming()


def plan_outputs(
    paths: Iterable[str],
    output: str,
    format: str = "keep",  # noqa: A002 - the word of the flag
    existing: Literal["fail", "skip", "replace"] = "fail",
    naming: Naming = AS_BEFORE,
) -> tuple[Task, ...]:
    """One task for each file given and each picture in the folders given, their trees mirrored in the folder `output`.

    That folder is never an input, wherever it lies. `format` is `keep`, or a name of `engine.files.formats`. BatchError
    when a path is missing, nothing is found, two outputs have one name, one is a source or a folder, would lie outside
    `output`, or, with `fail`, exists.
    """
    folder = absolute(output)
    if why_not := unwritable(folder):
        raise BatchError(f"{show(output)} {why_not}.")
    if taken(folder) and not is_folder(folder):
        raise BatchError(f"{show(output)} is not a folder: name another one with -o.")
    suffix = _suffix(format)
    tasks = tuple(
        Task(found.path, os.path.join(folder, _named(found, naming.name(found, number), suffix)))
        for number, found in enumerate(found_pictures(tuple(paths), folder), 1)
    )
    if not suffix:
        check_written(tasks)
    check_collisions(tasks)
    check_existing(tasks, folder, existing)
    return tasks


def check_written(tasks: Sequence[Task]) -> None:
    """BatchError when a source, which is to keep its format, is of one that is only read, as its name says."""
    for task in tasks:
        form = picture_suffixes().get(os.path.splitext(task.source)[1].lower())
        if form is not None and not form.written:
            raise BatchError(f"{show(task.source)} cannot keep its format. {refusal(form.name)}")


def found_pictures(paths: Sequence[str], leave_out: str = "") -> tuple[Found, ...]:
    """Every file once, in the order given, but for those in one folder; BatchError when one is missing, or none is."""
    missing = [path for path in paths if not exists(path)]
    if missing:
        raise BatchError(f"{listed(missing)} cannot be found: check the name{'s' if len(missing) > 1 else ''}.")
    known: dict[str, Found] = {}
    for found in walk([absolute(path) for path in paths], leave_out=[leave_out] if leave_out else []):
        known.setdefault(found.path, found)
    if not known:
        _refuse_nothing(paths, leave_out)
    return tuple(known.values())


def _suffix(name: str) -> str:
    """What outputs end in; nothing for `keep`."""
    if name == "keep":
        return ""
    if name not in FORMATS:
        raise BatchError(f"--format must be keep or one of {', '.join(FORMATS)}, not {show(name)}.")
    if why_not := refusal(name):
        raise BatchError(why_not)
    return FORMATS[name]


def _named(found: Found, name: str, suffix: str) -> str:
    """The name with the suffix of its format; a suffix that says the same already stays, as does what is none."""
    ending = os.path.splitext(found.relative)[1]
    known = picture_suffixes()
    if suffix:
        format_said = known.get(ending.lower())
        if format_said is None:
            ending += suffix
        elif format_said is not known[suffix]:
            ending = suffix
    whole = name + ending
    if len(os.fsencode(os.path.basename(whole))) > LONGEST:
        raise BatchError(f"{show(found.path)} would get a name of more than {LONGEST} bytes: choose a shorter --name.")
    return whole


def _refuse_nothing(paths: Sequence[str], folder: str) -> None:
    if not paths:
        raise BatchError("Name at least one picture or folder.")
    if folder and any(identity(path) == identity(folder) for path in paths if identity(folder)):
        raise BatchError(f"{show(folder)} is the output folder, which is never an input: name another one with -o.")
    raise BatchError(f"There are no pictures in {listed(paths)}: safelight reads {', '.join(formats())}.")
