"""What a filter can be asked: a parameter's limits or words, default and help; text to value and back."""

import math
from dataclasses import dataclass
from typing import Literal

from engine.errors import SpecError


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """One number."""

    name: str
    default: float
    low: float
    """Hard limits, `low` to `high`, both allowed: anything outside is refused."""
    high: float
    control: tuple[float, float]
    """The range that a slider on the screen covers; a typed value may go beyond, up to the hard limits."""
    step: float
    """One press of an arrow key; a coarse step is ten of these."""
    help: str
    unit: str = ""
    """`stops`, `px`, `%` or nothing. Lengths in `px` are scaled with a reduced picture."""
    scale: Literal["linear", "log"] = "linear"
    whole: bool = False
    side: bool = False
    """A side of the picture in pixels, where 0 means that it follows from the other: a reduced one keeps a pixel."""

    def check(self, value: float) -> float:
        """The value itself, or SpecError naming the limits; NaN and infinity are refused."""
        if not math.isfinite(value) or not self.low <= value <= self.high:
            raise SpecError(
                f"{self.name} must be between {self.format(self.low)} and {self.format(self.high)}"
                f"{' ' + self.unit if self.unit else ''}, not {value:g}."
            )
        if self.whole and value != int(value):
            raise SpecError(f"{self.name} must be a whole number, not {value:g}.")
        return float(value)

    def parse(self, text: str) -> float:
        """A value from what a person typed; `parse(format(v)) == v` for every allowed v."""
        try:
            value = float(text)
        except ValueError:
            raise SpecError(f"{self.name} must be a number, not {text!r}.") from None
        return self.check(value)

    def format(self, value: float) -> str:
        """The shortest text that parses to the same value."""
        return str(int(value)) if value == int(value) else repr(float(value))

    def plain(self, value: float) -> float:
        """The value as JSON and TOML hold it."""
        return value

    def from_plain(self, plain: object) -> float:
        """The inverse of `plain`; SpecError when it is not allowed."""
        if isinstance(plain, bool) or not isinstance(plain, (int, float)):
            raise SpecError(f"{self.name} must be a number, not {plain!r}.")
        return self.check(plain)

    def nudge(self, value: float, steps: int) -> float:
        """The value `steps` arrow presses away, on the grid of steps, inside the control range once it is there."""
        low, high = min(self.control[0], value), max(self.control[1], value)
        digits = max(0, -math.floor(math.log10(self.step)) + 2)
        moved = round(round(value / self.step + steps) * self.step, digits)
        return self.check(min(max(moved, low), high))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few words. A step holds the word's place among them; people, files and programs write the word."""

    name: str
    choices: tuple[str, ...]
    default: float
    """The place of a word, as all values."""
    help: str
    unit: str = ""

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

    def check(self, value: float) -> float:
        """The value itself, or SpecError naming the words."""
        if not self.low <= value <= self.high or value != int(value):
            raise SpecError(f"{self.name} must be one of {', '.join(self.choices)}.")
        return float(value)

    def parse(self, text: str) -> float:
        """The place of a word, or of the only one that begins so; `parse(format(v)) == v`."""
        typed = text.strip().lower()
        found = [each for each in self.choices if each == typed]
        found = found or [each for each in self.choices if typed and each.startswith(typed)]
        if len(found) > 1:
            raise SpecError(f"{self.name} {text.strip()!r} may be {' or '.join(found)}; write more of it.")
        if not found:
            raise SpecError(f"{self.name} must be one of {', '.join(self.choices)}, not {text.strip()!r}.")
        return float(self.choices.index(found[0]))

    def format(self, value: float) -> str:
        """The word."""
        return self.choices[int(value)]

    def plain(self, value: float) -> str:
        """The value as JSON and TOML hold it: the word."""
        return self.format(value)

    def from_plain(self, plain: object) -> float:
        """The inverse of `plain`, whole words only; SpecError when there is none of that name."""
        if plain not in self.choices:
            raise SpecError(f"{self.name} must be one of {', '.join(self.choices)}, not {plain!r}.")
        return float(self.choices.index(plain))

    def nudge(self, value: float, steps: int) -> float:
        """The next or previous word, round the ends; a coarse step goes to an end."""
        if abs(steps) <= 1:
            return float((int(value) + steps) % len(self.choices))
        return self.high if steps > 0 else self.low


Parameter = Slider | Choice
