"""Four corners of a part of the picture, under edit. It draws none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.filters import four_corners
from engine.parameters import Text
from tui.editing.draft import Handle, Place, limited
from tui.editing.on_picture import OnPicture
from tui.editing.overlay import before, marks, outside

if TYPE_CHECKING:
    from engine.parameters import Value
    from engine.stack import Stack

NAMES = ("upper left", "upper right", "lower right", "lower left")
STEP, DIGITS = 0.5, 2
HUNDRED = 100.0


class CornersDraft(OnPicture):
    """The text of the parameter follows the corners."""

    @property
    def handles(self) -> tuple[Handle, ...]:
        """A corner each."""
        return tuple(Handle(name, f"{x:g}, {y:g} %") for name, (x, y) in zip(NAMES, self._corners(), strict=True))

    @property
    def places(self) -> tuple[Place | None, ...]:
        """Where they are."""
        return tuple((x / HUNDRED, y / HUNDRED) for x, y in self._corners())

    def nudge(self, across: int, down: int) -> None:
        """Move the corner by half a percent a step."""
        x, y = self._corners()[self.chosen]
        self._move(x + STEP * across, y + STEP * down)

    def drag(self, place: Place) -> None:
        """Bring the corner there."""
        self._move(HUNDRED * place[0], HUNDRED * place[1])

    def field(self) -> tuple[Text, Value]:
        """The corner as two numbers."""
        x, y = self._corners()[self.chosen]
        corner = Text(
            name=NAMES[self.chosen],
            default="0 0",
            help="Percent of the picture's width and height.",
            allowed=f"two numbers from {four_corners.LOW:g} to {four_corners.HIGH:g}, such as 10 5",
            read=self._with,
        )
        return corner, f"{x:g} {y:g}"

    def put(self, typed: Value) -> None:
        """Have the corner there."""
        self.take({self.subject.names[0]: self._with(str(typed))})

    def shown(self) -> Stack:
        """All of the picture, with shades over what goes."""
        places = [(x / HUNDRED, y / HUNDRED) for x, y in self._corners()]
        return before(self.subject, *outside(places), *marks(places, self.chosen))

    def _with(self, typed: str) -> str:
        """The text of all four with the chosen one as typed; SpecError where it cannot be there."""
        parts = [f"{x:g} {y:g}" for x, y in self._corners()]
        parts[self.chosen] = typed
        whole = f"[{'; '.join(parts)}]"
        four_corners.read(whole)
        return whole

    def _move(self, x: float, y: float) -> None:
        x, y = (round(limited(each, four_corners.LOW, four_corners.HIGH), DIGITS) for each in (x, y))
        parts = [f"{each[0]:g} {each[1]:g}" for each in self._corners()]
        parts[self.chosen] = f"{x:g} {y:g}"
        self.take({self.subject.names[0]: f"[{'; '.join(parts)}]"})

    def _corners(self) -> list[Place]:
        return [(float(x), float(y)) for x, y in four_corners.read(str(self.value(self.subject.names[0])))]
