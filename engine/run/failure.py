"""What went wrong with a file, as the event that is told of it. It raises nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from engine.errors import SafelightError
from engine.files.name import show
from engine.job import Failed, Task
from engine.run.rendering import StoppedError

T = TypeVar("T")
LONGEST = 200
"""Cells of what a fault says of itself: it may hold anything."""
log = logging.getLogger("safelight")


def attempted(index: int, task: Task, work: Callable[[], T]) -> T | Failed | None:
    """What the work gives, or the event of its fault; None when it was given up."""
    try:
        return work()
    except StoppedError:
        log.info("%s was given up: the batch is cancelled.", show(task.source))
        return None
    except (SafelightError, MemoryError) as error:
        return failed(index, task, error)
    except Exception as error:
        log.exception("%s failed.", show(task.source))
        return failed(index, task, error)


def failed(index: int, task: Task, error: Exception) -> Failed:
    """One sentence for a person."""
    name = show(task.source)
    if isinstance(error, SafelightError):
        sentence = str(error)
    elif isinstance(error, MemoryError):
        sentence = f"{name} takes more memory than there is: use a smaller --memory."
    else:
        sentence = f"{name} met a fault of Safelight's own ({show(f'{type(error).__name__}: {error}', LONGEST)})."
    return Failed(index, task.source, sentence)
