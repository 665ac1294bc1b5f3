"""Thumbnails as rows of cells: those in view first, on as many threads as there are cores. It holds no widget."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from engine.errors import ImageError
from tui.io import Desk, draw, expecting

if TYPE_CHECKING:
    from textual.strip import Strip

    from engine.run.thumbnails import Thumbnails
    from tui.graphics.way import Way

LEAST = 400
"""Bytes of a thumbnail where the line is thin: less is no picture."""
Drawn: TypeAlias = "Mapping[int, tuple[Strip, ...]]"


class Thumbs:
    """The newest wish counts: what is no longer in view is not begun."""

    def __init__(self, desks: Sequence[Desk]) -> None:
        self._desks = desks
        self._made: Thumbnails | None = None

    def draw(self, wanted: Mapping[int, str], size: tuple[int, int], way: Way, then: Callable[[Drawn], None]) -> None:
        """Draw files, by numbers of the caller's, each within columns x rows; `then` is given them one by one.

        One that cannot be read has no rows.
        """
        budget = max(way.coarse // max(len(wanted), 1), LEAST) if way.coarse else way.sharp
        for number, desk in enumerate(self._desks):
            share = dict(list(wanted.items())[number :: len(self._desks)])
            desk.ask("thumbs", partial(self._drawn, share, size, way, budget), then)

    def collect(self) -> None:
        """Take what the threads have ready."""
        for desk in self._desks:
            desk.collect()

    def close(self) -> None:
        """Draw nothing more."""
        for desk in self._desks:
            desk.close()

    def _drawn(self, wanted: Mapping[int, str], size: tuple[int, int], way: Way, budget: int) -> Iterator[Drawn]:
        from engine.run.thumbnails import Thumbnails

        self._made = made = self._made or Thumbnails()
        across, down = way.grain
        for number, path in expecting(wanted):
            try:
                pixels = made.fitted(path, size[0] * across, size[1] * down)
                yield {number: draw(pixels, way, budget)}
            except ImageError:
                yield {number: ()}
