"""Light and code values: tone curves in the parametric form of ICC profiles, as curves like those of filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.kernels.elementary import choose, power, sign

if TYPE_CHECKING:
    from engine.filter import Constants

LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Weights of linear R, G, B with the primaries of Rec. 709 and sRGB (ITU-R BT.709-6)."""


@dataclass(frozen=True, slots=True)
class ToneCurve:
    """light = (a code + b) ** g where code >= d, else c code (ICC.1:2022, 10.18, function type 3); odd below 0."""

    g: float
    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0

    def decoding(self) -> Constants:
        """The constants of `decode`."""
        return (self.g, self.a, self.b, self.c, self.d)

    def encoding(self) -> Constants:
        """The constants of `encode`."""
        return (1.0 / self.g, 1.0 / self.a, -self.b / self.a, 1.0 / self.c if self.c else 0.0, self.c * self.d)


SRGB = ToneCurve(g=2.4, a=1 / 1.055, b=0.055 / 1.055, c=1 / 12.92, d=0.04045)
"""IEC 61966-2-1."""


def decode(x: Any, constants: Constants) -> Any:
    """Code values to light, both 0 to 1 and beyond."""
    g, a, b, c, d = constants[0], constants[1], constants[2], constants[3], constants[4]
    size = abs(x)
    return choose(size >= d, power(size * a + b, g), size * c) * sign(x)


def encode(x: Any, constants: Constants) -> Any:
    """Light to code values, the inverse of `decode`."""
    g, a, b, c, d = constants[0], constants[1], constants[2], constants[3], constants[4]
    size = abs(x)
    return choose(size >= d, power(size, g) * a + b, size * c) * sign(x)
