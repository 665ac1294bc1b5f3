"""Putting a finished picture on another machine: whole or not at all, and never over one that is to stay."""

from __future__ import annotations

from engine.confinement import unwritable
from engine.errors import ImageError
from engine.files.admission import admit
from engine.files.name import show
from engine.files.remote.listing import forget
from engine.files.remote.systems import asked
from engine.files.remote.url import absolute
from engine.files.write import Buffer


class Upload:
    """A file in memory, on its way: as `engine.files.write.Unplaced` is on a disk."""

    def __init__(self, url: str, data: Buffer, *, replaces: bool) -> None:
        """ImageError when nothing may be written there."""
        self._url, self._data, self._replaces = absolute(url), bytes(data), replaces
        admit(url, unwritable(url))

    def place(self) -> None:
        """Send it; ImageError when that fails, and nothing of it is left. Not tried again: it may be there by then."""
        shown = show(self._url)
        forget(self._url)
        try:
            asked(
                self._url,
                lambda system, path: system.write(path, self._data, replaces=self._replaces),
                again=False,
            )
        except FileExistsError:
            raise ImageError(
                f"{shown} exists already: choose another folder with -o, or --existing skip or replace."
            ) from None
        except FileNotFoundError:
            raise ImageError(f"{shown} cannot be made: check the folder's name, and its permissions.") from None
        finally:
            self.close()

    def close(self) -> None:
        """Nothing was sent yet, or all of it."""
        self._data = b""
