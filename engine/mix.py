"""How the result of a step is laid over the picture before it: opacity, blend mode and mask. Plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import SpecError, quoted
from engine.files.limits import Limits
from engine.parameters import Choice, Colour, File, Slider, Text, Value
from engine.parameters.colour import components

if TYPE_CHECKING:
    from engine.files.cover import Cover

BLENDS = ("normal", "multiply", "screen", "overlay", "soft-light", "luminosity", "colour")
INVERTED = "not"
HUNDRED = 100.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of mask: how many numbers it takes, and what may be typed."""

    count: int
    form: str
    coloured: bool = False
    """Whether a colour comes first."""


SHAPES = {
    "linear": Shape(4, "linear X Y X Y"),
    "radial": Shape(4, "radial X Y INNER OUTER"),
    "luminance": Shape(3, "luminance LOW HIGH SOFTNESS"),
    "colour": Shape(2, "colour #rrggbb TOLERANCE SOFTNESS", coloured=True),
    "picture": Shape(0, "picture PATH"),
}


@dataclass(frozen=True, slots=True)
class Mask:
    """Where a step acts, 0 to 1; `numbers` are parts of the picture's sides, of full scale, or a colour's components.

    linear: 0 up to the line through the first point, 1 from that through the second, both at right angles to the way
    between. radial: 1 up to the inner radius, 0 from the outer, in halves of the diagonal. luminance: 1 from low to
    high. colour: 1 within the tolerance. Where there is softness, it goes smoothly to 0 over so much beyond.
    picture: the luma of another picture, which is stretched to this one's size, times its alpha.
    """

    shape: str
    numbers: tuple[float, ...]
    inverted: bool = False
    path: str = ""
    """Of the picture, where the mask is one."""


def read_mask(text: str) -> Mask | None:
    """A mask from its text, in percent, as the help of MASK says; None for an empty one. SpecError when it is none."""
    words = text.split()
    if not words:
        return None
    inverted = words[0] == INVERTED
    shape, *given = words[inverted:] or [""]
    if shape not in SHAPES:
        raise SpecError(f"there is no mask {quoted(shape)}; there are {', '.join(SHAPES)}.")
    if shape == "picture":
        if not given:
            raise SpecError(f"a picture mask is written as {SHAPES[shape].form}, and the path may hold spaces.")
        return Mask(shape, (), inverted, text.split(maxsplit=1 + inverted)[-1].rstrip())
    wanted = SHAPES[shape]
    colour: tuple[float, ...] = ()
    if wanted.coloured and given:
        code = Colour(name="the mask's colour", default=0.0, help="").parse(given.pop(0))
        colour = components(code)
    numbers = tuple(_number(word) for word in given)
    if len(numbers) != wanted.count or (wanted.coloured and not colour):
        raise SpecError(f"a {shape} mask is written as {wanted.form}, numbers in percent, not as {quoted(text)}.")
    if shape == "linear" and numbers[:2] == numbers[2:]:
        raise SpecError("a linear mask goes from one place to another, not to the same.")
    return Mask(shape, (*colour, *(number / HUNDRED for number in numbers)), inverted)


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not abs(value) <= 1000.0:
        raise SpecError(f"{quoted(word)} is no number of percent from -1000 to 1000.")
    return value


def _cover(path: str) -> Cover:
    from engine.files.cover import read_cover

    return read_cover(path)


PICTURE = File(
    name="mask",
    default="",
    help="Where the step acts: all the way where the picture is white and opaque.",
    allowed="a picture's path",
    read=_cover,
    most=Limits().max_bytes,
)
"""The file of a mask that is a picture."""


def locate_mask(text: str, folder: str | None = None) -> str:
    """The text with the whole path of a picture; a relative one counts from a folder, or the current one."""
    mask = read_mask(text)
    if mask is None or not mask.path:
        return text
    return f"{'not ' if mask.inverted else ''}{mask.shape} {PICTURE.located(mask.path, folder)}"


OPACITY = Slider(
    name="opacity",
    default=1.0,
    low=0.0,
    high=1.0,
    control=(0.0, 1.0),
    step=0.05,
    help="How much of the result is laid over the picture before.",
)
BLEND = Choice(
    name="blend",
    choices=BLENDS,
    default=0.0,
    help="How the result and the picture before become one, as layers do.",
)
MASK = Text(
    name="mask",
    default="",
    help="Where the step acts: a gradient, a disc, tones, a colour or the light of a picture; with `not` before it, "
    "everywhere else.",
    allowed="; ".join(shape.form for shape in SHAPES.values()),
    read=read_mask,
    locate=locate_mask,
    form="mask",
    examples=("linear 0 10 0 70", "radial 50 50 20 80", "not luminance 30 70 20", "colour #c08040 20 10"),
)
SETTINGS = (OPACITY, BLEND, MASK)
NAMES = tuple(each.name for each in SETTINGS)


@dataclass(frozen=True, slots=True)
class Mix:
    """What a step's result and the picture before it become together; as it is by default, the result alone."""

    opacity: float = OPACITY.default
    blend: float = BLEND.default
    mask: str = MASK.default

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> Mix:
        """From values by name; SpecError for those that are not allowed."""
        given = {each.name: values.get(each.name, each.default) for each in SETTINGS}
        return cls(OPACITY.check(given["opacity"]), BLEND.check(given["blend"]), MASK.check(given["mask"]))

    @property
    def plain(self) -> bool:
        """Whether the result stays as the step made it."""
        return self == Mix()

    @property
    def mode(self) -> str:
        """The blend mode's name."""
        return BLENDS[int(self.blend)]

    @property
    def asked(self) -> Mask | None:
        """The mask, if there is one."""
        return read_mask(self.mask)

    def settings(self) -> tuple[tuple[Slider | Choice | Text, Value], ...]:
        """All settings with their values."""
        return tuple((each, getattr(self, each.name)) for each in SETTINGS)

    def changed(self) -> list[tuple[str, Value]]:
        """Settings that are not at their defaults, with their values."""
        return [(each.name, value) for each, value in self.settings() if value != each.default]


ALONE = Mix()
"""The result of a step alone, as it is by default."""


def setting(name: str) -> Slider | Choice | Text:
    """The setting of that name."""
    return next(each for each in SETTINGS if each.name == name)
