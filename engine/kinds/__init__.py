"""Kinds of filters staged in a way of their own: a file each here, and one of the same name in `engine.staging.own`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from engine.filter import Size, Values


class OwnKind:
    """What the planner asks of such a kind; what is said here holds for most."""

    moves: ClassVar[bool] = False
    """Whether pixels come to lie elsewhere: the result is no layer over the picture then."""

    def size(self, values: Values, before: Size) -> Size:  # noqa: ARG002 - for those that change it
        """Height and width of the result of a picture of that size."""
        return before

    def span(self, values: Values, low: float, high: float) -> tuple[float, float]:  # noqa: ARG002 - nor this
        """The lowest and the highest value of the result, where those of the picture are `low` and `high`."""
        return low, high

    def gain(self, values: Values) -> float:  # noqa: ARG002 - nor this
        """How many times an error of the picture becomes an error of the result, at most; infinite: nobody knows."""
        return float("inf")

    def reach(self, values: Values) -> float:  # noqa: ARG002 - nor this
        """How far from its place, in pixels, a result depends on the picture; infinite: on all of it."""
        return float("inf")

    def thins(self, values: Values) -> bool:  # noqa: ARG002 - nor this
        """Whether colours are divided by an alpha that negative weights may have made next to nothing."""
        return False

    def turns(self, values: Values) -> int | None:  # noqa: ARG002 - nor this
        """Quarter turns to the right, where it is nothing else; the light is that which there is then."""
        return None

    def colours(self, values: Values) -> bool:  # noqa: ARG002 - nor this
        """Whether a grey picture gets three colours."""
        return False
