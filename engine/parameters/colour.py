"""A parameter that is a colour."""

import colorsys
import re
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.errors import SpecError, quoted

NAMES = {"black": 0x000000, "white": 0xFFFFFF, "grey": 0x808080, "red": 0xFF0000, "green": 0x008000, "blue": 0x0000FF}
WHITE = 0xFFFFFF
TURN = 1.0 / 72.0
"""Of the circle of hues, for each press of an arrow key."""


def components(value: float) -> tuple[float, float, float]:
    """Red, green and blue, code values from 0 to 1."""
    code = int(value)
    return (code >> 16) / 255.0, (code >> 8 & 255) / 255.0, (code & 255) / 255.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """A colour of sRGB. A step holds it as the number 0xRRGGBB; people, files and programs write `#rrggbb`."""

    name: str
    default: float
    help: str
    unit: str = ""
    kind: ClassVar[str] = "colour"

    @property
    def allowed(self) -> str:
        """What may be typed, for people."""
        return f"#rrggbb, #rgb, {', '.join(NAMES)}"

    def check(self, value: object) -> float:
        """The value itself, or SpecError."""
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= WHITE or value % 1:
            raise SpecError(f"{self.name} must be a colour such as #804000, not {quoted(value)}.")
        return float(value)

    def parse(self, text: str) -> float:
        """From what a person typed; `parse(format(v)) == v`."""
        typed = text.strip().lower()
        if typed in NAMES:
            return float(NAMES[typed])
        digits = typed.removeprefix("#")
        if re.fullmatch("[0-9a-f]{3}", digits):
            digits = "".join(2 * digit for digit in digits)
        if not re.fullmatch("[0-9a-f]{6}", digits):
            raise SpecError(
                f"{self.name} must be a colour such as #804000 or {', '.join(NAMES)}, not {quoted(text.strip())}."
            )
        return float(int(digits, 16))

    def format(self, value: Any) -> str:
        """As `#rrggbb`."""
        return f"#{int(value):06x}"

    def plain(self, value: Any) -> str:
        """The value as JSON and TOML hold it."""
        return self.format(value)

    def from_plain(self, plain: object) -> float:
        """The inverse of `plain`; SpecError when it is no colour."""
        if not isinstance(plain, str):
            raise SpecError(f"{self.name} must be a colour such as #804000, not {quoted(plain)}.")
        return self.parse(plain)

    def nudge(self, value: Any, steps: int) -> float:
        """The hue turned; a grey gets lighter or darker."""
        hue, light, saturation = colorsys.rgb_to_hls(*components(value))
        if saturation == 0.0:
            light = min(max(light + steps / 64.0, 0.0), 1.0)
        made = colorsys.hls_to_rgb((hue + steps * TURN) % 1.0, light, saturation)
        red, green, blue = (round(255.0 * each) for each in made)
        return float(red << 16 | green << 8 | blue)
