"""A parameter that is a text of its own form: points of a curve, rows of numbers, the name of a file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.errors import SpecError, quoted

LONGEST = 4000
"""Characters: a stack is sent, kept and shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text that the filter takes apart itself."""

    name: str
    default: str
    help: str
    allowed: str
    """What may be typed, for people."""
    read: Callable[[str], object]
    """Raises SpecError, with a sentence that begins with what is wrong, for a text that has not the form."""
    examples: tuple[str, ...] = ()
    """Others that it may be."""
    locate: Callable[[str, str | None], str] | None = None
    """Makes whole the path that a text may hold, counted from a folder or the current one; SpecError with the name."""
    form: str = ""
    """What the text is, where more can be done with it than to type it: `curve`, `corners` or `mask`."""
    unit: str = ""
    kind: ClassVar[str] = "text"

    def check(self, value: object) -> str:
        """The value, with the whole path of a file that it names; or SpecError."""
        return self.located(value)

    def located(self, value: object, folder: str | None = None) -> str:
        """The same, where a relative path counts from a folder, and not from the current one."""
        if not isinstance(value, str):
            raise SpecError(f"{self.name} must be a text ({self.allowed}), not {quoted(value)}.")
        if len(value) > LONGEST or not value.isprintable():
            raise SpecError(f"{self.name} must be a text of at most {LONGEST} characters that can be printed.")
        try:
            self.read(value)
        except SpecError as error:
            raise SpecError(f"{self.name}: {error}") from None
        return value if self.locate is None else self.locate(value, folder)

    def parse(self, text: str) -> str:
        """From what a person typed; `parse(format(v)) == v`."""
        return self.check(text.strip())

    def format(self, value: Any) -> str:
        """The text."""
        return str(value)

    def plain(self, value: Any) -> str:
        """The value as JSON and TOML hold it."""
        return str(value)

    def from_plain(self, plain: object) -> str:
        """The inverse of `plain`."""
        return self.check(plain)

    def nudge(self, value: Any, steps: int) -> str:  # noqa: ARG002 - a text has no next one
        """The text as it is."""
        return str(value)
