"""Putting a finished picture on another machine: whole or not at all, and never over one that is to stay."""

from __future__ import annotations

import contextlib

from engine.confinement import unwritable
from engine.errors import ImageError
from engine.files.admission import admit
from engine.files.name import show
from engine.files.remote.listing import forget
from engine.files.remote.system import Begun
from engine.files.remote.systems import asked
from engine.files.remote.url import absolute
from engine.files.write import Buffer


class Uploaded:
    """A file that is there whole under no name, as `engine.files.write.Unplaced` is on a disk."""

    def __init__(self, url: str, begun: Begun, *, replaces: bool) -> None:
        self._url, self._begun, self._replaces = url, begun, replaces
        self._over = False

    def place(self) -> None:
        """Give it its name; ImageError when that fails, and nothing of it is left."""
        forget(self._url)
        try:
            with contextlib.closing(self):
                asked(self._url, lambda _system, _path: self._begun.place(replaces=self._replaces), again=False)
                self._over = True
        except FileExistsError:
            raise ImageError(
                f"{show(self._url)} exists already: choose another folder with -o, or --existing skip or replace."
            ) from None
        except FileNotFoundError:
            raise ImageError(f"{show(self._url)} was taken away before it had its name: develop it again.") from None

    def close(self) -> None:
        """Leave nothing of it, unless it has its name; what cannot be removed now has a name that nobody looks for."""
        if not self._over:
            self._over = True
            with contextlib.suppress(Exception):
                self._begun.discard()


def begin_far(path: str, data: Buffer, *, replaces: bool) -> Uploaded:
    """A file uploaded whole, without its name; ImageError when it cannot be, and nothing of it is left."""
    url = absolute(path)
    admit(url, unwritable(url))
    try:
        return Uploaded(url, asked(url, lambda system, inner: system.begin(inner, data)), replaces=replaces)
    except FileNotFoundError:
        raise ImageError(f"The folder of {show(url)} cannot be made: check its name, and its permissions.") from None
    except FileExistsError:
        raise ImageError(f"The folder of {show(url)} lies in a file: choose another folder with -o.") from None
