"""Names of pictures and folders on other machines: what is one, and what it says. It connects to nothing."""

from __future__ import annotations

import os
import posixpath
import re
from typing import NamedTuple

from engine.errors import ImageError
from engine.files.name import show

FOLDERS = ("sftp",)
"""Servers with folders, reached over SSH."""
OBJECTS = ("s3", "gs", "az", "abfs")
"""Stores of objects, whose folders are what their names have in common."""
SCHEMES = (*FOLDERS, *OBJECTS)
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
HOME = "/~"
"""What the path on a server begins with that is counted from the person's own folder there."""


class Url(NamedTuple):
    """A URL, taken apart."""

    scheme: str
    authority: str
    """Who and where: `person@host:22`, or a bucket."""
    path: str
    """From the root there, with a slash at its beginning and none at its end; `/` for the root."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path if self.path != '/' else ''}"


def is_url(path: str | os.PathLike[str]) -> bool:
    """Whether it names something by a URL, of whatever kind."""
    return URL.match(os.fspath(path)) is not None


def parsed(url: str) -> Url:
    """Its parts; ImageError when it is of a kind that is not read, names no host, or holds a password."""
    scheme, _, rest = url.partition("://")
    authority, _, path = rest.partition("/")
    scheme = {"ssh": "sftp", "s3a": "s3", "gcs": "gs", "abfss": "abfs"}.get(scheme.lower(), scheme.lower())
    if scheme not in SCHEMES:
        kinds = ", ".join(f"{each}://" for each in SCHEMES)
        raise ImageError(f"{show(scheme)}:// is no kind of address that is read: use a path, or one of {kinds}.")
    person, at, host = authority.rpartition("@")
    if ":" in person or (at and scheme in OBJECTS and scheme != "abfs"):
        # Nothing of it is shown: a terminal keeps what it is told.
        raise ImageError(
            f"{scheme}:// addresses hold no password and no key: leave them out. They are found where other programs "
            "find them (docs/urls.md)."
        )
    if not host:
        raise ImageError(f"{show(url)} names no {'host' if scheme in FOLDERS else 'bucket'}: {scheme}://NAME/FOLDER.")
    return Url(scheme, authority, posixpath.normpath("/" + path.lstrip("/")))


def absolute(path: str | os.PathLike[str]) -> str:
    """One spelling of a path, from the root, or of a URL; ImageError as for `parsed`."""
    given = os.fspath(path)
    return str(parsed(given)) if is_url(given) else os.path.abspath(given)


def above(path: str) -> str:
    """The folder that holds it; the path itself where there is none."""
    if not is_url(path):
        return os.path.dirname(path)
    scheme, authority, inner = parsed(path)
    return str(Url(scheme, authority, posixpath.dirname(inner)))
