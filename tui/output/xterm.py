"""The 256 colours of xterm as numbers: which one is nearest, what one looks like. Never chooses the first sixteen."""

from functools import cache, lru_cache

LEVELS = (0, 95, 135, 175, 215, 255)
"""The six steps of red, green and blue in the cube at 16 to 231."""
CUBE = 16
GREYS = 232
"""Where the 24 greys begin: 8, 18, ... 238."""
SYSTEM = (
    *((0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229)),
    *((127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255)),
    (255, 255, 255),
)
"""xterm's own first sixteen; every terminal and theme has others."""
TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
"""Oklab (Ottosson 2020): linear red, green, blue to cone responses, and their cube roots to lightness, a and b."""
CHROMA = 3.0**0.5
"""How much more than lightness a and b count: with so few colours, a wrong hue is seen before a wrong light."""


@lru_cache(maxsize=4096)
def nearest(red: int, green: int, blue: int) -> int:
    """The number, 16 to 255, of the colour that looks nearest to 8-bit red, green and blue."""
    lightness, a, b = perceived(red, green, blue)
    distances = [(lightness - other) ** 2 + (a - c) ** 2 + (b - d) ** 2 for other, c, d in _palette()]
    return CUBE + distances.index(min(distances))


def rgb(number: int) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of a colour number 0 to 255."""
    if number < CUBE:
        return SYSTEM[number]
    if number >= GREYS:
        return (8 + 10 * (number - GREYS),) * 3
    number -= CUBE
    return LEVELS[number // 36], LEVELS[number // 6 % 6], LEVELS[number % 6]


def linear(value: int) -> float:
    """The light, 0 to 1, that an sRGB value 0 to 255 stands for."""
    encoded = value / 255
    return encoded / 12.92 if encoded <= 0.04045 else float(((encoded + 0.055) / 1.055) ** 2.4)


def perceived(red: int, green: int, blue: int) -> tuple[float, float, float]:
    """A colour in Oklab, a and b stretched by `CHROMA`."""
    light = (linear(red), linear(green), linear(blue))
    cones = [sum(share * value for share, value in zip(row, light, strict=True)) ** (1 / 3) for row in TO_LMS]
    lightness, a, b = (sum(share * value for share, value in zip(row, cones, strict=True)) for row in TO_LAB)
    return lightness, CHROMA * a, CHROMA * b


@cache
def _palette() -> tuple[tuple[float, float, float], ...]:
    return tuple(perceived(*rgb(number)) for number in range(CUBE, 256))
