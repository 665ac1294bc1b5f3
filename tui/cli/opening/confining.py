"""Keeps this process, and all that it starts, to one folder or to reading, by flags. It loosens nothing."""

import os

from engine.confinement import READ_ONLY, ROOT, barred
from engine.errors import SafelightError
from engine.files.name import show


def confine(root: str, *, read_only: bool) -> None:
    """From now on; SafelightError where the folder is none, or lies outside the one that was open already."""
    if root:
        if not os.path.isdir(root):
            raise SafelightError(f"--root must be a folder, and {show(root)} is none: choose another.")
        if why_not := barred(root):
            raise SafelightError(f"{show(root)} {why_not}.")
        os.environ[ROOT] = os.path.realpath(root)
    if read_only:
        os.environ[READ_ONLY] = "1"
