"""Results that are there already, as a batch is told of them, and the file that holds them. It looks at no picture."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from engine.files.edition import Edition


class Made(NamedTuple):
    """A result of an earlier batch with the same recipe: both files as they were then."""

    read: Edition
    written: Edition


def write_made(path: Path, made: Mapping[int, Made | None]) -> None:
    """Writes a new file, one result a line; FileExistsError when it is there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.writelines(json.dumps([index, each]) + "\n" for index, each in made.items())
        file.flush()
        os.fsync(file.fileno())


def read_made(path: Path) -> dict[int, Made | None]:
    """All of them; ValueError or TypeError when a line is damaged."""
    made: dict[int, Made | None] = {}
    with open(path, encoding="ascii") as file:
        for line in file:
            index, each = json.loads(line)
            made[int(index)] = None if each is None else Made(*(Edition(*map(int, edition)) for edition in each))
    return made
