"""What is cut off on each side, under edit. It draws none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.filter import Crop
from engine.parameters import Slider
from tui.editing.draft import Handle, Place, limited
from tui.editing.on_picture import OnPicture
from tui.editing.overlay import before, marks, outside

if TYPE_CHECKING:
    from engine.parameters import Parameter, Value
    from engine.stack import Stack

STEP, MOST, DIGITS = 0.5, 99.0, 2
HUNDRED = 100.0
ALL = "all of it"


class MarginsDraft(OnPicture):
    """Left, right, top and bottom in percent; the last handle moves the whole frame."""

    @property
    def handles(self) -> tuple[Handle, ...]:
        """A side each, and the frame."""
        sides = (
            Handle(name, f"{float(self.value(name)):g} %", float(self.value(name)) / HUNDRED)
            for name in self.subject.names
        )
        _, _, height, width = self._region()
        return (*sides, Handle(ALL, f"{width} × {height} px"))

    @property
    def places(self) -> tuple[Place | None, ...]:
        """The middle of each side, and of the frame."""
        left, top, right, bottom = self._frame()
        x, y = (left + right) / 2, (top + bottom) / 2
        return (left, y), (right, y), (x, top), (x, bottom), (x, y)

    def nudge(self, across: int, down: int) -> None:
        """Move the side, or the frame, by half a percent a step."""
        x, y = (STEP * each / HUNDRED for each in (across, down))
        left, right, top, bottom = self._margins()
        moved = (
            (left + x, right, top, bottom),
            (left, right - x, top, bottom),
            (left, right, top + y, bottom),
            (left, right, top, bottom - y),
        )
        if self.chosen == len(moved):
            self._move(x, y)
        else:
            self._put(moved[self.chosen])

    def drag(self, place: Place) -> None:
        """Bring the side, or the middle of the frame, there."""
        left, right, top, bottom = self._margins()
        x, y = place
        wanted = (
            (x, right, top, bottom),
            (left, 1 - x, top, bottom),
            (left, right, y, bottom),
            (left, right, top, 1 - y),
        )
        if self.chosen == len(wanted):
            self._move(x - (left + 1 - right) / 2, y - (top + 1 - bottom) / 2)
        else:
            self._put(wanted[self.chosen])

    def slide(self, index: int, share: float) -> None:
        """One of the sides."""
        if index < len(self.subject.names):
            self.chosen = index
            self.put(round(min(HUNDRED * share, MOST), DIGITS))

    def field(self) -> tuple[Parameter, Value]:
        """A side; of the frame the left one."""
        name = self.subject.names[self.chosen % len(self.subject.names)]
        return self.subject.parameter(name), self.value(name)

    def put(self, typed: Value) -> None:
        """Have this margin."""
        self.take({self.subject.names[self.chosen % len(self.subject.names)]: typed})

    def shown(self) -> Stack:
        """All of the picture, with shades over what goes."""
        left, top, right, bottom = self._frame()
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        return before(self.subject, *outside(corners), *marks(self.places, self.chosen))

    def _margins(self) -> tuple[float, float, float, float]:
        left, right, top, bottom = (float(self.value(name)) / HUNDRED for name in self.subject.names)
        return left, right, top, bottom

    def _move(self, x: float, y: float) -> None:
        """The frame as it is, as far as there is room."""
        left, right, top, bottom = self._margins()
        x, y = limited(x, -left, right), limited(y, -top, bottom)
        self._put((left + x, right - x, top + y, bottom - y))

    def _put(self, margins: tuple[float, float, float, float]) -> None:
        values = {}
        for name, share in zip(self.subject.names, margins, strict=True):
            slider = self.subject.parameter(name)
            most = slider.high if isinstance(slider, Slider) else MOST
            values[name] = round(limited(HUNDRED * share, 0.0, most), DIGITS)
        self.take(values)

    def _region(self) -> tuple[int, int, int, int]:
        """Top, left, height and width of what stays."""
        kind = self.step.declaration.kind
        height, width = self.subject.size
        return (
            kind.region(dict(self.step.values), self.subject.size) if isinstance(kind, Crop) else (0, 0, height, width)
        )

    def _frame(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what stays, in shares: an aspect makes it smaller than the margins do."""
        top, left, height, width = self._region()
        high, wide = self.subject.size
        return left / wide, top / high, (left + width) / wide, (top + height) / high
