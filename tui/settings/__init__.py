"""What a person has chosen: by default, by file, by environment or by flag. One class per file in `declared`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from engine.errors import SpecError, quoted

if TYPE_CHECKING:
    from tui.app import Safelight


FILE = "config.toml"
"""In the folder of settings."""


class Setting:
    """One thing to choose by a word. The docstring of each class is its line of help."""

    words: ClassVar[tuple[str, ...]]
    """What there is to choose from; the first is the default."""
    flag: ClassVar[str] = ""
    """The flag of the command line that goes before everything else, where there is one."""

    def __init__(self, name: str) -> None:
        """Named by its file."""
        self.name = name

    @property
    def help(self) -> str:
        """What it does, in a sentence or two."""
        return " ".join((type(self).__doc__ or "").split())

    @property
    def variable(self) -> str:
        """Of the environment: goes before the file."""
        return f"SAFELIGHT_{self.name.upper()}"

    def word(self, value: object) -> str:
        """The word that a value of a file, a flag or the environment means; SpecError naming the words."""
        if value not in self.words:
            raise SpecError(f"{self.name} {quoted(value)}, which is none of {', '.join(self.words)}")
        return str(value)

    def plain(self, word: str) -> str | bool:
        """The word as TOML holds it."""
        return word

    def apply(self, app: Safelight) -> None:
        """Go by what is chosen now; nothing where it counts from the next start on."""


class Switch(Setting):
    """A setting that is on or off, `true` or `false` in the file."""

    words = ("on", "off")

    def word(self, value: object) -> str:
        """Of `true` and `false`, and of what people write for them."""
        text = str(value).lower()
        if text in ("on", "true", "yes", "1"):
            return "on"
        if text in ("off", "false", "no", "0"):
            return "off"
        raise SpecError(f"{self.name} {quoted(value)}, which is neither true nor false")

    def plain(self, word: str) -> bool:
        """As TOML says it."""
        return word == "on"
