"""What every kind of other machine can be asked. It is only a shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from engine.files.edition import Edition

if TYPE_CHECKING:
    from engine.files.write import Buffer


@dataclass(frozen=True, slots=True)
class Item:
    """A file or folder, as its folder tells it; for who takes an `os.DirEntry`."""

    path: str
    """Its URL."""
    name: str
    edition: Edition | None
    """None for a folder."""

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002 - as DirEntry has it
        """Whether it is a folder."""
        return self.edition is None

    def is_file(self, *, follow_symlinks: bool = True) -> bool:  # noqa: ARG002
        """Whether it is a file."""
        return self.edition is not None

    def is_symlink(self) -> bool:
        """What a link there leads to is told as if it lay there."""
        return False


class System(Protocol):
    """Paths are those of `Url.path`. Everything waits for the other machine and raises as its library does."""

    def listed(self, path: str) -> list[tuple[str, Edition | None]]:
        """Names in a folder; no edition for folders."""

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
