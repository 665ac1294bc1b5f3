"""Which files of the line are read, and where its results go. It looks at no disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple

NAMES = {"jpg": "jpeg", "jpe": "jpeg", "tif": "tiff"}
"""Formats that have another name here."""


class Places(NamedTuple):
    """Of a line."""

    sources: tuple[str, ...]
    options: tuple[str, ...]
    """That `safelight apply` needs for the results to go where the line says; without `-o` the place is up to a person.
    """


def places(program: str, files: Sequence[str], options: Sequence[str]) -> Places:
    """Of the files of a line and the options that its operators became.

    mogrify reads all its files, and puts each result in the place of its source unless it is told a folder or a format;
    the others write to the last.
    """
    if program == "mogrify":
        elsewhere = "-o" in options or "--format" in options
        return Places(tuple(files), () if elsewhere else ("--in-place",))
    if len(files) < 2:
        return Places(tuple(files), ())
    *sources, last = files
    form, _, name = last.rpartition(":")
    path = PurePath(name)
    wanted = format_named(form or path.suffix[1:])
    is_other = wanted != format_named(PurePath(sources[0]).suffix[1:])
    more = ("--format", wanted) if wanted and is_other and "--format" not in options else ()
    folder = name if name == "-" else str(path.parent)
    return Places(tuple(sources), more if folder == "." or "-o" in options else ("-o", folder, *more))


def format_named(text: str) -> str:
    """A format's or a suffix's name as it is here."""
    return NAMES.get(text.lower(), text.lower())
