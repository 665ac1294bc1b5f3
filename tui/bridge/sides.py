"""A picture without the stack and with it, as both were drawn last: either is shown again without any work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from tui.messages import Fact, PictureDrawn, PictureSharpened
from tui.values import View

if TYPE_CHECKING:
    from textual.strip import Strip

    from engine.run.look import Looked
    from tui.graphics.transfer import Transfer


class Side(NamedTuple):
    """One of the two, at its best."""

    looked: Looked
    strips: tuple[Strip, ...]
    view: View
    transfer: Transfer | None
    """Its pixels, where the terminal takes such."""

    def facts(self) -> Iterator[Fact]:
        """What shows it."""
        yield PictureDrawn(self.strips, self.view)
        if self.transfer is not None:
            yield PictureSharpened(self.transfer)


class Sides:
    """Of one picture as it is looked at now; whoever looks otherwise forgets them."""

    def __init__(self) -> None:
        self._kept: dict[bool, Side] = {}

    def keep(self, side: Side) -> None:
        """In place of what was drawn before."""
        self._kept[side.view.before] = side

    def of(self, before: bool) -> Side | None:
        """The one without the stack, or with it; None where it was not drawn yet."""
        return self._kept.get(before)

    def forget(self) -> None:
        """The picture, the stack or the way of drawing is another."""
        self._kept.clear()
