"""Empties the folder of caches, which holds nothing that is not made again. It follows no link."""

from __future__ import annotations

import os

from engine.confinement import NOTHING, read_only
from engine.errors import SafelightError
from engine.files.name import show
from engine.files.places import cache_folder


def clean() -> int:
    """Remove all caches of this user; the bytes that were freed. SafelightError where something cannot be removed."""
    if read_only():
        raise SafelightError(NOTHING)
    return _empty(str(cache_folder()))


def _empty(folder: str) -> int:
    freed = 0
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    freed += _empty(entry.path)
                    os.rmdir(entry.path)
                else:
                    freed += entry.stat(follow_symlinks=False).st_size
                    os.unlink(entry.path)
    except FileNotFoundError:
        # Another process cleans as well, or puts a file in the place of its own.
        return freed
    except OSError as error:
        name = show(error.filename or folder)
        raise SafelightError(f"{name} cannot be removed ({error.strerror}): remove it by hand.") from None
    return freed
