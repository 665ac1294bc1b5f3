"""Which names are one: spellings that some disk takes for the same."""

from __future__ import annotations

import unicodedata


def alike(path: str) -> str:
    """One spelling for all that some disk takes for the same name (Unicode 16, 3.13, canonical caseless matching)."""
    if path.isascii():
        return path.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
