"""A place of the picture under edit. It draws none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.parameters import Slider
from tui.editing.draft import Handle, Place, limited
from tui.editing.on_picture import OnPicture
from tui.editing.overlay import after, mark

if TYPE_CHECKING:
    from engine.parameters import Parameter, Value
    from engine.stack import Stack

DIGITS = 2


class PlaceDraft(OnPicture):
    """Two parameters: how far across and how far down."""

    @property
    def handles(self) -> tuple[Handle, ...]:
        """Both numbers, which move one mark."""
        return tuple(
            Handle(name, f"{float(self.value(name)):g} {self.subject.parameter(name).unit}", self._share(name))
            for name in self.subject.names
        )

    @property
    def places(self) -> tuple[Place | None, ...]:
        """The same for both."""
        across, down = self.subject.names
        return ((self._share(across), self._share(down)),) * 2

    def nudge(self, across: int, down: int) -> None:
        """Move the mark."""
        for name, steps in zip(self.subject.names, (across, down), strict=True):
            self.take({name: self.subject.parameter(name).nudge(self.value(name), steps)})

    def drag(self, place: Place) -> None:
        """Move it there."""
        for name, share in zip(self.subject.names, place, strict=True):
            low, high = self._ends(name)
            self.take({name: round(low + limited(share, 0.0, 1.0) * (high - low), DIGITS)})

    def slide(self, index: int, share: float) -> None:
        """One of the two."""
        self.chosen = index
        low, high = self._ends(self.subject.names[index])
        self.take({self.subject.names[index]: round(low + share * (high - low), DIGITS)})

    def field(self) -> tuple[Parameter, Value]:
        """One of the two."""
        name = self.subject.names[self.chosen]
        return self.subject.parameter(name), self.value(name)

    def put(self, typed: Value) -> None:
        """Have this number."""
        self.take({self.subject.names[self.chosen]: typed})

    def shown(self) -> Stack:
        """The result with a mark on it."""
        return after(self.subject, self.step, mark(self.places[0] or (0.5, 0.5), chosen=True))

    def _ends(self, name: str) -> tuple[float, float]:
        slider = self.subject.parameter(name)
        return (slider.low, slider.high) if isinstance(slider, Slider) else (0.0, 1.0)

    def _share(self, name: str) -> float:
        low, high = self._ends(name)
        return (float(self.value(name)) - low) / (high - low)
