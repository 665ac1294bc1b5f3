"""The tasks of a batch as JSON lines, so that one of a million is found without reading the others."""

from __future__ import annotations

import json
import mmap
import os
from array import array
from collections.abc import Iterable
from pathlib import Path

from engine.errors import BatchError
from engine.job import Task, path_from_dict, path_to_dict


def write_tasks(path: Path, tasks: Iterable[Task]) -> None:
    """Writes a new file, one task a line; FileExistsError when it is there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with open(descriptor, "wb") as file:
        file.writelines(_line(task) for task in tasks)
        file.flush()
        os.fsync(file.fileno())


def read_tasks(path: Path) -> tuple[Task, ...]:
    """All tasks; KeyError or ValueError when a line is damaged."""
    with open(path, "rb") as file:
        return tuple(_task(line) for line in file)


class TaskFile:
    """The tasks of a batch, read one by one where they are asked for."""

    def __init__(self, path: Path) -> None:
        """BatchError when the file is not there."""
        try:
            with open(path, "rb") as file:
                self._lines = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError):
            raise BatchError(f"The list of files of batch {path.parent.name} cannot be read.") from None
        self._starts = array("q", [0])

    def __getitem__(self, index: int) -> Task:
        """One task; IndexError beyond the last."""
        starts = self._starts
        while 0 <= len(starts) <= index + 1:
            end = self._lines.find(b"\n", starts[-1])
            if end < 0:
                raise IndexError(index)
            starts.append(end + 1)
        if index < 0:
            raise IndexError(index)
        return _task(self._lines[starts[index] : starts[index + 1]])


def _line(task: Task) -> bytes:
    own = {"edits": task.edits} if task.edits >= 0 else {}
    return json.dumps(path_to_dict("source", task.source) | path_to_dict("output", task.output) | own).encode() + b"\n"


def _task(line: bytes) -> Task:
    values = json.loads(line)
    return Task(path_from_dict("source", values), path_from_dict("output", values), int(values.get("edits", -1)))
