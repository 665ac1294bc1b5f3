"""Tasks that are made with their pictures' own edits. It reads the edits and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from engine.job import Task
from engine.stack import Stack


class Edited(NamedTuple):
    """Tasks, and the stacks that they name by number."""

    tasks: tuple[Task, ...]
    edits: tuple[Stack, ...]
    without: tuple[str, ...]
    """Pictures left out, as there is nothing to be done to them."""


def with_edits(tasks: Sequence[Task], more: Stack, edits_of: Callable[[str], Stack]) -> Edited:
    """Each task with its picture's own edits and then the filters of `more`.

    A picture that has no edits gets `more` alone, and is left out where that is empty, too: it would only be written
    anew. SafelightError where a picture's edits cannot be read: better no batch than one without them.
    """
    numbers: dict[Stack, int] = {}
    made: list[Task] = []
    without: list[str] = []
    for task in tasks:
        own = Stack((*edits_of(task.source).steps, *more.steps))
        if own.steps:
            made.append(replace(task, edits=numbers.setdefault(own, len(numbers))))
        else:
            without.append(task.source)
    return Edited(tuple(made), tuple(numbers), tuple(without))
