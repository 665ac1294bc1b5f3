"""A parameter that is a number between limits."""

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from engine.errors import SpecError, quoted


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
    kind: ClassVar[str] = "number"

    @property
    def allowed(self) -> str:
        """What may be typed, for people."""
        return f"{self.format(self.low)} to {self.format(self.high)}{' ' + self.unit if self.unit else ''}"

    def check(self, value: object) -> float:
        """The value itself, or SpecError naming the limits; NaN and infinity are refused."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise SpecError(f"{self.name} must be a number, not {quoted(value)}.")
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
            raise SpecError(f"{self.name} must be a number, not {quoted(text)}.") from None
        return self.check(value)

    def format(self, value: Any) -> str:
        """The shortest text that parses to the same value."""
        return str(int(value)) if value == int(value) else repr(float(value))

    def plain(self, value: Any) -> float:
        """The value as JSON and TOML hold it."""
        return float(value)

    def from_plain(self, plain: object) -> float:
        """The inverse of `plain`; SpecError when it is not allowed."""
        return self.check(plain)

    def nudge(self, value: Any, steps: int) -> float:
        """The value `steps` arrow presses away, on the grid of steps, inside the control range once it is there."""
        low, high = min(self.control[0], value), max(self.control[1], value)
        digits = max(0, -math.floor(math.log10(self.step)) + 2)
        moved = round(round(value / self.step + steps) * self.step, digits)
        return self.check(min(max(moved, low), high))
