"""The tasks of a batch whose results take the places of their sources. It writes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from engine.batch.identity import Node, node
from engine.batch.outputs import check_written, found_pictures
from engine.errors import BatchError
from engine.files.in_place import refuse_link
from engine.files.name import show
from engine.job import Task


def plan_in_place(paths: Iterable[str]) -> tuple[Task, ...]:
    """One task for each file given and each picture in the folders given, which is its own output.

    BatchError when a path is missing, nothing is found, two names lead to one file, or a format is only read;
    ImageError for a link.
    """
    known: dict[Node | None, str] = {}
    tasks = []
    for found in found_pictures(tuple(paths)):
        refuse_link(found.path)
        other = known.setdefault(node(found.path), found.path)
        if other != found.path:
            raise BatchError(
                f"{show(other)} and {show(found.path)} are one file: name it once, or it would be developed twice."
            )
        tasks.append(Task(found.path, found.path))
    check_written(tasks)
    return tuple(tasks)
