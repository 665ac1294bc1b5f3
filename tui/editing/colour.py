"""A colour under edit: by lightness, chroma and hue, or by red, green and blue. It draws none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.parameters.colour import Colour
from tui.editing.draft import Draft, Handle, limited
from tui.editing.oklch import MOST, Lch, to_code, to_lch

if TYPE_CHECKING:
    from engine.parameters import Parameter, Value
    from engine.stack import Step
    from tui.editing.subject import Subject

SEEN = (("lightness", 1.0, 0.01), ("chroma", MOST, 0.01), ("hue", 360.0, 3.0))
"""Name, end and step of each."""
CODES = ("red", "green", "blue")
FULL = 255


class ColourDraft(Draft):
    """Six numbers that are one colour. A hue stays in mind while the colour is grey."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(subject)
        self._name = subject.names[0]
        self._lch: Lch = to_lch(self.code)

    @property
    def code(self) -> int:
        """0xRRGGBB."""
        return int(self.value(self._name))

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The six."""
        lightness, chroma, hue = self._lch
        said = (f"{100 * lightness:.0f} %", f"{chroma:.2f}", f"{hue:.0f}°")
        seen = (
            Handle(name, words, limited(value / most, 0.0, 1.0))
            for (name, most, _), words, value in zip(SEEN, said, self._lch, strict=True)
        )
        return (*seen, *(Handle(name, str(each), each / FULL) for name, each in zip(CODES, self._rgb, strict=True)))

    def nudge(self, across: int, down: int) -> None:
        """More of the chosen one to the right and up."""
        by, index = across - down, self.chosen
        if index < len(SEEN):
            _, most, step = SEEN[index]
            moved = self._lch[index] + by * step
            self._see(index, moved % most if index == 2 else limited(moved, 0.0, most))
        else:
            self._mix(index - len(SEEN), self._rgb[index - len(SEEN)] + by)

    def slide(self, index: int, share: float) -> None:
        """Put one of them there."""
        self.chosen = index
        if index < len(SEEN):
            self._see(index, share * SEEN[index][1])
        else:
            self._mix(index - len(SEEN), round(share * FULL))

    def field(self) -> tuple[Parameter, Value]:
        """The whole colour."""
        return self.subject.parameter(self._name), self.value(self._name)

    def put(self, typed: Value) -> None:
        """Have this colour."""
        if self.take({self._name: typed}):
            self._lch = to_lch(self.code)

    def restore(self, step: Step) -> None:
        """Have the colour of a step that was."""
        self.put(step.given[self._name])

    def reset(self) -> None:
        """The colour that the filter declares."""
        self.put(self.subject.parameter(self._name).default)

    @property
    def _rgb(self) -> tuple[int, int, int]:
        return self.code >> 16, self.code >> 8 & FULL, self.code & FULL

    def _see(self, index: int, value: float) -> None:
        lightness, chroma, hue = (value if each == index else old for each, old in enumerate(self._lch))
        self._lch = lightness, chroma, hue
        self.take({self._name: float(to_code(self._lch))})

    def _mix(self, index: int, value: int) -> None:
        red, green, blue = (
            int(limited(value, 0, FULL)) if each == index else old for each, old in enumerate(self._rgb)
        )
        hue = self._lch[2]
        self.put(float(red << 16 | green << 8 | blue))
        if not self._lch[1]:
            self._lch = (*self._lch[:2], hue)


def changed(code: int, lightness: int = 0, chroma: int = 0, hue: int = 0) -> int:
    """A colour 0xRRGGBB so many steps lighter, stronger or turned."""
    seen = [
        each + by * step for each, by, (_, _, step) in zip(to_lch(code), (lightness, chroma, hue), SEEN, strict=True)
    ]
    return to_code((limited(seen[0], 0.0, 1.0), limited(seen[1], 0.0, MOST), seen[2] % SEEN[2][1]))


def colour_of(name: str, help: str) -> Colour:
    """A colour as something to type."""
    return Colour(name=name, default=0.0, help=help)
