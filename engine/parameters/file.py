"""A parameter that is a file: its path, or the name of one that comes along. The file is read when a plan is made."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.errors import SpecError, quoted
from engine.parameters.places import Stamp, absolute, content, stamp

LONGEST = 4000
"""Characters: a stack is sent, kept and shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that the filter reads itself. A step holds its whole path, so that it means the same file everywhere.

    A value is looked at, which takes no longer than asking for a file's size; `content` reads, on the thread that
    makes a plan.
    """

    name: str
    default: str
    """One that comes along, or nothing where the filter does nothing then."""
    help: str
    allowed: str
    """What may be typed, for people."""
    read: Callable[[str], object]
    """What the file at a whole path holds, as a value that nobody changes; SpecError, which names it, if malformed."""
    most: int
    """Bytes that are read."""
    folder: str = ""
    """Where files that come along lie. Their names are words without a folder and without `suffix`."""
    suffix: str = ""
    """Of files that come along."""
    examples: tuple[str, ...] = ()
    """Others that it may be, of those that come along."""
    unit: str = ""
    kind: ClassVar[str] = "file"

    @property
    def shipped(self) -> tuple[str, ...]:
        """Names of the files that come along, sorted."""
        files = os.listdir(self.folder) if self.folder else []
        return tuple(sorted(each.removesuffix(self.suffix) for each in files if each.endswith(self.suffix)))

    def check(self, value: object) -> str:
        """The whole path of a file that is there, or a name of those that come along; SpecError otherwise."""
        return self.located(value)

    def located(self, value: object, folder: str | None = None) -> str:
        """The same, where a relative path counts from a folder, and not from the current one."""
        if not isinstance(value, str):
            raise SpecError(f"{self.name} must be the name of a file, not {quoted(value)}.")
        if len(value) > LONGEST or not value.isprintable() or ('"' in value and "'" in value):
            raise SpecError(
                f"{self.name} must be a name of at most {LONGEST} characters that can be printed, "
                "with quotes of one kind at most; rename the file."
            )
        if value == "" == self.default:
            return value
        try:
            whole = value if self._comes_along(value) else absolute(value, folder)
            stamp(self.path(whole), self.most)
        except SpecError as error:
            raise SpecError(f"{self.name}: {error}") from None
        return whole

    def path(self, value: str) -> str:
        """The path of a value that was checked."""
        return os.path.join(self.folder, value + self.suffix) if self._comes_along(value) else value

    def stamp(self, value: str) -> Stamp:
        """What tells the file's content from another; SpecError when it is gone."""
        return stamp(self.path(value), self.most)

    def content(self, value: str) -> Any:
        """What `read` makes of the file as it is now; read again only when it has changed. SpecError as of `read`."""
        path = self.path(value)
        return content(path, self.read, stamp(path, self.most))

    def parse(self, text: str) -> str:
        """From what a person typed; `parse(format(v)) == v`."""
        return self.check(text.strip())

    def format(self, value: Any) -> str:
        """The path, or the name."""
        return str(value)

    def plain(self, value: Any) -> str:
        """The value as JSON and TOML hold it."""
        return str(value)

    def from_plain(self, plain: object) -> str:
        """The inverse of `plain`."""
        return self.check(plain)

    def nudge(self, value: Any, steps: int) -> str:
        """The next or previous of those that come along, round the ends; a path stays as it is."""
        names = self.shipped
        return names[(names.index(value) + steps) % len(names)] if value in names else str(value)

    def _comes_along(self, value: str) -> bool:
        """Whether it is a name, by its form: what has a folder or the suffix is a path."""
        return bool(self.folder) and os.sep not in value and value[:1] != "~" and not value.endswith(self.suffix)
