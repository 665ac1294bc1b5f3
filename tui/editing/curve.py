"""A curve under edit: points from dark to light. It draws none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import SpecError, quoted
from engine.filters import curves
from engine.parameters import Text
from tui.editing.draft import Draft, Handle, Place, limited

if TYPE_CHECKING:
    from engine.parameters import Value
    from tui.editing.subject import Subject

FINE = 0.01
"""A step of the keys."""
DIGITS = 4
APART = curves.APART + 10.0**-DIGITS
"""Between two points: rounded, they are still far enough from each other."""
REACH = 0.06
"""Share of the plot within which the mouse takes hold of a point."""

Point = tuple[float, float]
"""A tone and what becomes of it, 0 black to 1 white."""


class CurveDraft(Draft):
    """Points that can be moved, added and removed; the text of the parameter follows them."""

    def __init__(self, subject: Subject) -> None:
        super().__init__(subject)
        self._name = subject.names[0]
        self.chosen = len(self.points) // 2

    @property
    def points(self) -> list[Point]:
        """As they are now."""
        return [(float(tone), float(height)) for tone, height in curves.read(str(self.value(self._name)))]

    @property
    def handles(self) -> tuple[Handle, ...]:
        """A point each."""
        points = self.points
        return tuple(
            Handle(f"point {number}/{len(points)}", f"{tone:.3f} → {height:.3f}")
            for number, (tone, height) in enumerate(points, 1)
        )

    def heights(self, count: int) -> list[float]:
        """What becomes of so many tones from black to white."""
        points = curves.read(str(self.value(self._name)))
        constants = curves.pieces(points, curves.MOST)
        return [float(curves.through(each / (count - 1), constants)) for each in range(count)]

    def nudge(self, across: int, down: int) -> None:
        """Move the point, at most to its neighbours."""
        tone, height = self.points[self.chosen]
        self._move(tone + across * FINE, height - down * FINE)

    def drag(self, place: Place) -> None:
        """Move it to a place of the plot."""
        self._move(place[0], 1.0 - place[1])

    def grab(self, place: Place) -> None:
        """Choose the point at a place of the plot, or put a new one there."""
        tone, height = place[0], 1.0 - place[1]
        points = self.points
        aways = [max(abs(tone - each[0]), abs(height - each[1])) for each in points]
        nearest = min(range(len(points)), key=aways.__getitem__)
        if aways[nearest] <= REACH:
            self.chosen = nearest
        else:
            self._insert(tone, height)

    def add(self) -> None:
        """Put a point on the curve, in the middle between the chosen one and the next."""
        points = self.points
        left = min(self.chosen, len(points) - 2)
        tone = (points[left][0] + points[left + 1][0]) / 2
        self._insert(tone, float(curves.through(tone, curves.pieces(curves.read(_text(points)), curves.MOST))))

    def remove(self) -> None:
        """Take the chosen point away, as long as two are left."""
        points = self.points
        del points[self.chosen]
        self._take(points, min(self.chosen, len(points) - 1))

    def field(self) -> tuple[Text, Value]:
        """The point as two numbers."""
        tone, height = self.points[self.chosen]
        point = Text(
            name="point",
            default="0 0",
            help="A tone and what becomes of it: 0 is black, 1 is white.",
            allowed="two numbers from 0 to 1, such as 0.25 0.2",
            read=_point,
        )
        return point, f"{tone:g} {height:g}"

    def put(self, typed: Value) -> None:
        """Move the point there; between its neighbours only."""
        points = self.points
        points[self.chosen] = _point(str(typed))
        self._take(points, self.chosen)

    def _move(self, tone: float, height: float) -> None:
        points = self.points
        low = points[self.chosen - 1][0] + APART if self.chosen else 0.0
        high = points[self.chosen + 1][0] - APART if self.chosen + 1 < len(points) else 1.0
        if low <= high:
            points[self.chosen] = limited(tone, low, high), limited(height, 0.0, 1.0)
            self._take(points, self.chosen)

    def _insert(self, tone: float, height: float) -> None:
        points = self.points
        new = limited(tone, 0.0, 1.0), limited(height, 0.0, 1.0)
        place = sum(each[0] < new[0] for each in points)
        self._take([*points[:place], new, *points[place:]], place)

    def _take(self, points: list[Point], chosen: int) -> None:
        if self.take({self._name: _text(points)}):
            self.chosen = chosen


def _text(points: list[Point]) -> str:
    return f"[{'; '.join(f'{round(tone, DIGITS):g} {round(height, DIGITS):g}' for tone, height in points)}]"


def _point(text: str) -> Point:
    try:
        tone, height = (float(word) for word in text.split())
    except ValueError:
        raise SpecError(f"{quoted(text)} is not two numbers: write a tone and what becomes of it.") from None
    if not (0.0 <= tone <= 1.0 and 0.0 <= height <= 1.0):
        raise SpecError("both numbers must lie between 0 (black) and 1 (white).")
    return tone, height
