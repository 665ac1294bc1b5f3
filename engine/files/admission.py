"""The word at a door to a file: what confinement says against it becomes a sentence. It asks nothing of the disk."""

from __future__ import annotations

import os

from engine.errors import ImageError
from engine.files.name import show


def admit(path: str | os.PathLike[str], why_not: str) -> None:
    """ImageError where `engine.confinement` has a reason why the file or folder may not be touched."""
    if why_not:
        raise ImageError(f"{show(path)} {why_not}.")
