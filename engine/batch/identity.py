"""Which names are one: spellings that some disk takes for the same, and paths that lead to the same file."""

from __future__ import annotations

import os
import unicodedata

Node = tuple[int, int]
"""Device and inode: one file or folder, by whatever name."""


def alike(path: str) -> str:
    """One spelling for all that some disk takes for the same name (Unicode 16, 3.13, canonical caseless matching)."""
    if path.isascii():
        return path.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def node(path: str) -> Node | None:
    """Of what a path leads to; None when there is nothing."""
    try:
        facts = os.stat(path)
    except (OSError, ValueError):
        return None
    return facts.st_dev, facts.st_ino
