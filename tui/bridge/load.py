"""What a person wants at home, looked at in a background thread: how much it is, and the line that would fetch it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.confinement import barred
from tui.home.line import commands

MOST_NAMED = 8
"""Files that a line names; of more it names the folders."""


@dataclass(frozen=True, slots=True)
class Load:
    """Files to bring home."""

    paths: tuple[str, ...]
    bytes: int
    commands: tuple[tuple[str, ...], ...]
    """What a person would type at home, as words."""
    folders: bool
    """Whether that brings the whole folders that hold the files."""


def load(paths: Sequence[str], environ: Mapping[str, str]) -> Load:
    """Those of the files, given by absolute paths, that are there and may be read."""
    sizes = {path: size for path in paths if not barred(path) and (size := _size(path)) is not None}
    many = len(paths) > MOST_NAMED
    named = tuple(dict.fromkeys(map(os.path.dirname, paths))) if many else tuple(paths)
    return Load(tuple(sizes), sum(sizes.values()), commands(named, environ), many)


def _size(path: str) -> int | None:
    try:
        return os.stat(path).st_size
    except OSError:
        return None
