"""Which results may stand as they are, and which may be replaced. It writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import ImageError
from engine.files.edition import edition
from engine.files.in_place import put_back, settle
from engine.files.looking import taken
from engine.files.name import show
from engine.job import Skipped

if TYPE_CHECKING:
    from engine.batch.made import Made
    from engine.batch.specification import Specification
    from engine.job import Task


def standing(specification: Specification, index: int, task: Task) -> Skipped | None:
    """The event for a file that need not be done; None when it has to be.

    One that an earlier batch made the same way is left alone while neither its source nor itself has changed since.
    ImageError for one that had better not be touched.
    """
    made = specification.earlier.get(index)
    if specification.in_place:
        return _standing_in_place(index, task, made)
    if made is not None and edition(task.source) == made.read and edition(task.output) == made.written:
        return Skipped(index, task.source, task.output, made.read, made.written)
    if specification.existing == "skip" and index not in specification.earlier and taken(task.output):
        return Skipped(index, task.source, task.output)
    return None


def _standing_in_place(index: int, task: Task, made: Made | None) -> Skipped | None:
    """The same for a result in the place of its source: nothing is filtered twice, and what was half done is undone."""
    if made is None:
        put_back(task.source)
        return None
    if edition(task.source) != made.written:
        raise ImageError(
            f"{show(task.source)} was changed after it was developed in place: leave --resume out to develop it again."
        )
    settle(task.source)
    return Skipped(index, task.source, task.output, made.read, made.written)


def may_replace(specification: Specification, index: int) -> bool:
    """Whether a result that is there is this batch's to replace: a person said so, or an earlier batch made it."""
    return specification.existing == "replace" or index in specification.earlier


def all_unmade(specification: Specification) -> bool:
    """Whether every file will be done, so that it can be decoded before its turn."""
    return specification.existing != "skip" and not specification.earlier and not specification.in_place
