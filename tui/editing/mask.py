"""Where a step acts, under edit: the shape of its mask and the numbers of that. It draws none."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from engine.mix import INVERTED, MASK, SHAPES
from engine.parameters import Slider
from tui.editing.colour import changed, colour_of
from tui.editing.draft import Handle, Place, limited
from tui.editing.on_picture import OnPicture
from tui.editing.overlay import DARK, RED, TINT, after, before, marks, painted

if TYPE_CHECKING:
    from engine.parameters import Parameter, Value
    from engine.stack import Stack
    from tui.editing.subject import Subject

HUNDRED = 100.0
DIGITS = 2
NONE, PICTURE, COLOUR = "", "picture", "colour"
VIEWS = ("tint", "what it leaves", "result", "picture")
POINT = "Now the picture is as the step gets it: point at what the step should act on."
NEAR = 10.0
"""Percent of full scale around a tone that was picked."""
LUMA = (0.2126, 0.7152, 0.0722)


class Part(NamedTuple):
    """A number of a mask, or two that are a place."""

    name: str
    place: bool = False
    most: float = HUNDRED


PARTS = {
    "linear": (Part("from", place=True), Part("to", place=True)),
    "radial": (Part("centre", place=True), Part("inner", most=200.0), Part("outer", most=200.0)),
    "luminance": (Part("low"), Part("high"), Part("softness")),
    COLOUR: (Part("tolerance"), Part("softness")),
}
"""In the order of the numbers."""
FIRST = {
    "linear": "linear 0 10 0 70",
    "radial": "radial 50 50 20 80",
    "luminance": "luminance 30 70 20",
    COLOUR: "colour #c08040 20 10",
}
"""What a shape begins with."""


class MaskDraft(OnPicture):
    """The text of the mask follows its shape and numbers."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(subject)
        self._texts = dict(FIRST)
        self._view = 0
        words = self._words
        if words:
            self._texts[words[0]] = " ".join(words)

    @property
    def shape(self) -> str:
        """Its name; empty where there is none."""
        return self._words[0] if self._words else NONE

    @property
    def inverted(self) -> bool:
        """Whether the step acts everywhere else."""
        return str(self.value(MASK.name)).split()[:1] == [INVERTED]

    @property
    def view(self) -> str:
        """How it is shown."""
        return VIEWS[self._view]

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The colour of a mask of one, and a handle for each part."""
        if self.shape not in PARTS:
            return (Handle(self.shape or "no mask", " ".join(self._words[1:]) or "the step acts everywhere"),)
        colour = (Handle("colour", self._words[1]),) if self.shape == COLOUR else ()
        return (*colour, *(self._handle(part, start) for part, start in self._parts))

    @property
    def places(self) -> tuple[Place | None, ...]:
        """Those of its points, and of the ends of its radii."""
        numbers = self._numbers
        if self.shape == "linear":
            return (numbers[0] / HUNDRED, numbers[1] / HUNDRED), (numbers[2] / HUNDRED, numbers[3] / HUNDRED)
        if self.shape == "radial":
            x, y = numbers[0] / HUNDRED, numbers[1] / HUNDRED
            reach = self._half_diagonal / self.subject.size[1] / HUNDRED
            return (x, y), (x + numbers[2] * reach, y), (x - numbers[3] * reach, y)
        return (None,) * len(self.handles)

    def nudge(self, across: int, down: int) -> None:
        """Move a point by a percent a step; a number grows to the right and up, a colour turns or gets lighter."""
        if self.shape == NONE:
            self.turn_to("radial")
        elif self.shape == COLOUR and self.chosen == 0:
            self._paint(changed(self._code, lightness=-down, hue=across))
        elif self.shape in PARTS:
            part, start = self._part
            old = self._numbers[start : start + 1 + part.place]
            by = (across, down) if part.place else (across - down,)
            self._set([each + step for each, step in zip(old, by, strict=True)])

    def drag(self, place: Place) -> None:
        """Bring a point there, or a radius to there; a mask that has neither stays as it is."""
        if self.shape == NONE:
            self.turn_to("radial")
        if self.places[self.chosen] is None:
            return
        x, y = place
        if self._part[0].place:
            self._set([HUNDRED * x, HUNDRED * y])
        else:
            height, width = self.subject.size
            centre = self.places[0] or place
            away = math.hypot((x - centre[0]) * width, (y - centre[1]) * height)
            self._set([HUNDRED * away / self._half_diagonal])

    def pick(self, code: int) -> None:
        """Take the colour 0xRRGGBB of the picture, or its tone, where the mask is of such."""
        if self.shape == COLOUR:
            self._paint(code)
        elif self.shape == "luminance":
            tone = sum(
                HUNDRED * share * (code >> shift & 255) / 255 for share, shift in zip(LUMA, (16, 8, 0), strict=True)
            )
            self._rewrite([max(tone - NEAR, 0.0), min(tone + NEAR, HUNDRED), self._numbers[2]])

    @property
    def picks(self) -> bool:
        """Whether the mouse takes what it points at, instead of moving something."""
        return self.shape in (COLOUR, "luminance")

    def unveil(self) -> bool:
        """Show the picture as the step gets it, from which alone something can be picked; whether it is so already."""
        was = self._view
        self._view = VIEWS.index("picture")
        self.refusal = "" if was == self._view else POINT
        return was == self._view

    def slide(self, index: int, share: float) -> None:
        """Put a number there."""
        self.chosen = index
        if self.shape in PARTS and not (self.shape == COLOUR and index == 0) and not self._part[0].place:
            self._set([share * self._part[0].most])

    def turn_to(self, shape: str) -> None:
        """Another kind of mask, as it was left; an empty name for none."""
        if self.shape:
            self._texts[self.shape] = " ".join(self._words)
        if self.take({MASK.name: self._texts.get(shape, "")}):
            self.chosen = 0

    def turn(self) -> None:
        """The next kind of mask, and none after the last."""
        kinds = [NONE, *(each for each in SHAPES if each in self._texts)]
        self.turn_to(kinds[(kinds.index(self.shape) + 1) % len(kinds)])

    def invert(self) -> None:
        """Act everywhere else."""
        text = " ".join(self._words)
        if text:
            self.take({MASK.name: text if self.inverted else f"{INVERTED} {text}"})

    def look(self) -> None:
        """Show it as a tint over the picture, as what it leaves of it, or what comes of it."""
        self._view = (self._view + 1) % len(VIEWS)

    def field(self) -> tuple[Parameter, Value]:
        """A number; of a place, a picture or none, the whole text."""
        if self.shape == COLOUR and self.chosen == 0:
            return colour_of("colour", "The colour in the middle of those that the step acts on."), float(self._code)
        if self.shape in PARTS and not self._part[0].place:
            part, start = self._part
            return _slider(part), self._numbers[start]
        return MASK, self.value(MASK.name)

    def put(self, typed: Value) -> None:
        """Have this number, or this text."""
        if not isinstance(typed, str):
            if self.shape == COLOUR and self.chosen == 0:
                self._paint(int(typed))
            else:
                self._set([typed])
        else:
            self.take({MASK.name: typed})

    def reset(self) -> None:
        """No mask."""
        self.turn_to(NONE)

    def shown(self) -> Stack:
        """As a tint, what the mask leaves of the picture, or the result."""
        mask = str(self.value(MASK.name))
        pins = marks(self.places, self.chosen)
        if self.view == "picture":
            return before(self.subject)
        if not mask or self.view == "result":
            return after(self.subject, self.step)
        if self.view == "tint":
            return before(self.subject, painted(RED, TINT, mask), *pins)
        text = " ".join(self._words)
        return before(self.subject, painted(DARK, 1.0, text if self.inverted else f"{INVERTED} {text}"), *pins)

    @property
    def _words(self) -> list[str]:
        """The mask's text but for a `not` before it; a picture's path is one word."""
        words = str(self.value(MASK.name)).split()
        words = words[1:] if words[:1] == [INVERTED] else words
        if words[:1] == [PICTURE]:
            return [PICTURE, str(self.value(MASK.name)).split(PICTURE, 1)[1].strip()]
        return words

    @property
    def _numbers(self) -> list[float]:
        """In percent."""
        if self.shape not in PARTS:
            return []
        return [float(word) for word in self._words[1 + (self.shape == COLOUR) :]]

    @property
    def _code(self) -> int:
        return int(colour_of("colour", "").parse(self._words[1]))

    @property
    def _parts(self) -> list[tuple[Part, int]]:
        """Each with the place of its first number."""
        found, start = [], 0
        for part in PARTS[self.shape]:
            found.append((part, start))
            start += 1 + part.place
        return found

    @property
    def _part(self) -> tuple[Part, int]:
        """The chosen one."""
        return self._parts[self.chosen - (self.shape == COLOUR)]

    @property
    def _half_diagonal(self) -> float:
        return math.hypot(*self.subject.size) / 2

    def _handle(self, part: Part, start: int) -> Handle:
        numbers = self._numbers
        if part.place:
            return Handle(part.name, f"{numbers[start]:g}, {numbers[start + 1]:g} %")
        return Handle(part.name, f"{numbers[start]:g} %", limited(numbers[start] / part.most, 0.0, 1.0))

    def _set(self, new: list[float]) -> None:
        """Have these in place of the chosen ones."""
        part, start = self._part
        if not part.place:
            new = [limited(each, 0.0, part.most) for each in new]
        numbers = self._numbers
        numbers[start : start + len(new)] = [limited(each, -1000.0, 1000.0) for each in new]
        self._rewrite(numbers)

    def _rewrite(self, numbers: list[float]) -> None:
        colour = [self._words[1]] if self.shape == COLOUR else []
        words = [self.shape, *colour, *(f"{round(each, DIGITS):g}" for each in numbers)]
        self.take({MASK.name: " ".join([INVERTED, *words] if self.inverted else words)})

    def _paint(self, code: int) -> None:
        words = [COLOUR, f"#{code:06x}", *self._words[2:]]
        self.take({MASK.name: " ".join([INVERTED, *words] if self.inverted else words)})


def _slider(part: Part) -> Slider:
    return Slider(
        name=part.name,
        default=0.0,
        low=0.0,
        high=part.most,
        control=(0.0, part.most),
        step=1.0,
        unit="%",
        help="Percent of half the diagonal, or of full scale.",
    )
