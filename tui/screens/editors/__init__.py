"""One editor a file, named as what it edits: a form or a kind of parameters. There is no list to keep."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.editing.room import Room
    from tui.editing.subject import Subject
    from tui.screens.editor import Editor


@cache
def forms() -> frozenset[str]:
    """All that there is an editor for; none is imported."""
    return frozenset(each.name for each in pkgutil.iter_modules(__path__))


def editor(subject: Subject, room: Room) -> Editor[Any]:
    """The editor for what a subject is."""
    from tui.screens.editor import Editor

    module = importlib.import_module(f"{__name__}.{subject.form}")
    declared = [each for each in vars(module).values() if isinstance(each, type) and each.__module__ == module.__name__]
    (found,) = (each for each in declared if issubclass(each, Editor))
    made: Editor[Any] = found(subject, room)
    return made
