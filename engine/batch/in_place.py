"""The tasks of a batch whose results take the places of their sources, and what earlier ones of the kind left."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.batch.earlier import results
from engine.batch.outputs import check_written, found_pictures
from engine.batch.specification import load_specification
from engine.errors import BatchError
from engine.files.edition import edition
from engine.files.in_place import backup_of, refuse_link, settle
from engine.files.listing import Listings
from engine.files.name import show
from engine.files.remote.url import is_url
from engine.job import Finished, Task

if TYPE_CHECKING:
    from engine.batch.client import Batch


def plan_in_place(paths: Iterable[str]) -> tuple[Task, ...]:
    """One task for each file given and each picture in the folders given, which is its own output.

    BatchError when a path is missing, nothing is found, two names lead to one file, or a format is only read;
    ImageError for a link.
    """
    known: dict[tuple[int, int] | None, str] = {}
    listings, tasks = Listings(), []
    for found in found_pictures(tuple(paths)):
        if is_url(found.path):
            raise BatchError(
                f"{show(found.path)} is not developed in place, as it lies elsewhere: name a folder with -o."
            )
        entry = listings.entry(found.path)
        if entry is None or entry.is_symlink():
            refuse_link(found.path)
        other = known.setdefault(listings.identity(found.path), found.path)
        if other != found.path:
            raise BatchError(
                f"{show(other)} and {show(found.path)} are one file: name it once, or it would be developed twice."
            )
        tasks.append(Task(found.path, found.path))
    check_written(tasks)
    return tuple(tasks)


def refuse_busy(tasks: Iterable[Task], batches: Iterable[Batch]) -> None:
    """BatchError when a batch is replacing one of these files: what it left half done would be undone under it."""
    mine = {task.output for task in tasks}
    for batch in batches:
        if batch.state.over:
            continue
        try:
            other = load_specification(batch.folder)
        except BatchError:
            continue
        if other.in_place and any(task.output in mine for task in other.tasks):
            raise BatchError(
                f"Batch {batch.id} is still at work on these files: `safelight jobs {batch.id} --follow` shows it."
            )


def settle_told(tasks: Iterable[Task], batches: Iterable[Batch]) -> None:
    """Originals go whose results a journal tells of: their batch was killed before it could remove them."""
    kept = {task.output for task in tasks if os.path.lexists(backup_of(task.output))}
    for batch in batches if kept else ():
        for event in results(batch.folder.journal):
            told = event.written if isinstance(event, Finished) and event.path == event.output else None
            if told is not None and event.output in kept and told == edition(event.output):
                settle(event.output)
