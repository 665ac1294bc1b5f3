"""What an operator of ImageMagick is to us: its names, how many words it takes, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple


class Turn(NamedTuple):
    """What an operator becomes."""

    specifications: tuple[str, ...] = ()
    nearly: str = ""
    """How the result differs; empty where it does not, but for rounding."""
    options: tuple[str, ...] = ()
    """For `safelight apply`."""


@dataclass
class Settings:
    """What operators have set for those that follow."""

    colours: dict[str, str] = field(default_factory=dict)
    """By the setting's name, such as `background`."""
    gravity: str = ""


Make = Callable[[str, str, Settings], Turn]
"""Of the word with its sign, its argument and the settings so far; SpecError where it cannot, and why."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One meaning, and the names that have it."""

    names: tuple[str, ...]
    takes: int
    """Words that belong to it."""
    plus: int
    """The same behind a `+`."""
    turn: Make

    def words(self, word: str) -> int:
        """How many of the next words belong to it."""
        return self.plus if word.startswith("+") else self.takes


def operator(*names: str, takes: int = 1, plus: int = 0) -> Callable[[Make], Operator]:
    """Declares a function as the meaning of these names."""
    return lambda make: Operator(names, takes, plus, make)
