"""A parameter that is one of a few words."""

from dataclasses import dataclass
from typing import Any, ClassVar

from engine.errors import SpecError, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few words. A step holds the word's place among them; people, files and programs write the word."""

    name: str
    choices: tuple[str, ...]
    default: float
    """The place of a word, as all values."""
    help: str
    unit: str = ""
    kind: ClassVar[str] = "choice"

    @property
    def allowed(self) -> str:
        """What may be typed, for people."""
        return ", ".join(self.choices)

    @property
    def low(self) -> float:
        """The first word's place."""
        return 0.0

    @property
    def high(self) -> float:
        """The last word's place."""
        return len(self.choices) - 1.0

    @property
    def whole(self) -> bool:
        """Places are whole numbers."""
        return True

    @property
    def control(self) -> tuple[float, float]:
        """The first and the last place."""
        return self.low, self.high

    def check(self, value: object) -> float:
        """The value itself, or SpecError naming the words."""
        if not isinstance(value, (int, float)) or not self.low <= value <= self.high or value != int(value):
            raise SpecError(f"{self.name} must be one of {', '.join(self.choices)}.")
        return float(value)

    def parse(self, text: str) -> float:
        """The place of a word, or of the only one that begins so; `parse(format(v)) == v`."""
        typed = text.strip().lower()
        found = [each for each in self.choices if each == typed]
        found = found or [each for each in self.choices if typed and each.startswith(typed)]
        if len(found) > 1:
            raise SpecError(f"{self.name} {quoted(text.strip())} may be {' or '.join(found)}; write more of it.")
        if not found:
            raise SpecError(f"{self.name} must be one of {', '.join(self.choices)}, not {quoted(text.strip())}.")
        return float(self.choices.index(found[0]))

    def format(self, value: Any) -> str:
        """The word."""
        return self.choices[int(value)]

    def plain(self, value: Any) -> str:
        """The value as JSON and TOML hold it: the word."""
        return self.format(value)

    def from_plain(self, plain: object) -> float:
        """The inverse of `plain`, whole words only; SpecError when there is none of that name."""
        if plain not in self.choices:
            raise SpecError(f"{self.name} must be one of {', '.join(self.choices)}, not {quoted(plain)}.")
        return float(self.choices.index(plain))

    def nudge(self, value: Any, steps: int) -> float:
        """The next or previous word, round the ends; a coarse step goes to an end."""
        if abs(steps) <= 1:
            return float((int(value) + steps) % len(self.choices))
        return self.high if steps > 0 else self.low
