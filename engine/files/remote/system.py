"""What every kind of other machine can be asked. It is only a shape."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from engine.errors import SafelightError
from engine.files.edition import Edition

if TYPE_CHECKING:
    from engine.files.write import Buffer


class Told(NamedTuple):
    """What a folder tells of one name in it."""

    name: str
    edition: Edition | None
    """None for a folder and for a link."""
    link: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A file, folder or link, as its folder tells it; for who takes an `os.DirEntry`."""

    path: str
    """Its URL."""
    name: str
    edition: Edition | None
    """None for a folder and for a link."""
    link: bool = False

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a folder; of a link the other machine is asked what it leads to, unless it is not followed."""
        if self.link and follow_symlinks:
            from engine.files.remote.listing import is_folder

            with contextlib.suppress(SafelightError):
                return is_folder(self.path)
        return self.edition is None and not self.link

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a file; of a link as for `is_dir`."""
        if self.link and follow_symlinks:
            from engine.files.remote.listing import look

            with contextlib.suppress(SafelightError, FileNotFoundError):
                return look(self.path) is not None
        return self.edition is not None

    def is_symlink(self) -> bool:
        """Whether it is a link, which only servers have."""
        return self.link


class System(Protocol):
    """Paths are those of `Url.path`. Everything waits for the other machine and raises as its library does."""

    def listed(self, path: str) -> list[Told]:
        """Names in a folder. FileNotFoundError when there is none."""

    def look(self, path: str) -> Edition | None:
        """Of a file; None for a folder. FileNotFoundError when there is neither."""

    def read(self, path: str, start: int, end: int) -> bytes:
        """Bytes from start to before end, or to the file's end."""

    def write(self, path: str, data: Buffer, *, replaces: bool) -> None:
        """A file that appears whole, its folders made where they are missing.

        FileExistsError when one is there and may not be replaced; nothing of it is left when anything goes wrong.
        """

    def remove(self, path: str) -> None:
        """One file that is there."""
