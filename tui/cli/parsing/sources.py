"""The paths of a sub-command: the words of the line and those of a list. It does not look whether they exist."""

import os
import sys
from pathlib import Path

from engine.errors import SafelightError
from engine.files.name import show


def all_paths(words: tuple[str, ...], list_name: str | None) -> list[str]:
    """The words, then the list's; SafelightError when there are none or the list cannot be read."""
    paths = [*words, *(read_list(list_name) if list_name is not None else [])]
    if not paths:
        raise SafelightError("Nothing to work on: name pictures or folders, or a list of them with --files-from.")
    return paths


def read_list(name: str) -> list[str]:
    """The paths of a list, `-` for standard input: one a line, or between NUL bytes where there is one."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise SafelightError(f"--files-from: {show(name)} cannot be read ({error.strerror}).") from None
    separator = b"\0" if b"\0" in data else b"\n"
    return [os.fsdecode(entry) for entry in data.split(separator) if entry]
