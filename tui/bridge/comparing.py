"""One picture by many stacks, small, in a background thread: those in view first. It holds no widget."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from engine.errors import SafelightError
from tui.bridge.thumbs import LEAST
from tui.io import Desk, draw

if TYPE_CHECKING:
    from textual.strip import Strip

    from engine.files.proxy import Proxy
    from engine.stack import Stack
    from tui.graphics.way import Way

SIDE = 320
"""Pixels of the longer side that filters see: cells show fewer, but a blur of a cell is nothing."""
Drawn: TypeAlias = "Mapping[int, tuple[Strip, ...]]"


class Comparing:
    """The newest wish counts: what is no longer in view is not begun."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._small: tuple[str, Proxy] | None = None

    def draw(
        self,
        path: str,
        wanted: Mapping[int, Stack],
        size: tuple[int, int],
        way: Way,
        then: Callable[[Drawn], None],
    ) -> None:
        """Draw a picture by stacks, numbered by the caller, each within columns x rows; `then` gets them one by one.

        One that cannot be made has no rows.
        """
        budget = max(way.coarse // max(len(wanted), 1), LEAST) if way.coarse else way.sharp
        self._desk.ask("compare", lambda: self._drawn(path, wanted, size, way, budget), then)

    def leave(self) -> None:
        """Draw nothing more of what was wanted."""
        self._desk.ask("compare", lambda: (), lambda _nothing: None)

    def collect(self) -> None:
        """Take what the thread has ready."""
        self._desk.collect()

    def close(self) -> None:
        """Draw nothing more."""
        self._desk.close()

    def _drawn(
        self, path: str, wanted: Mapping[int, Stack], size: tuple[int, int], way: Way, budget: int
    ) -> Iterator[Drawn]:
        for number, stack in wanted.items():
            try:
                yield {number: self._made(path, stack, size, way, budget)}
            except SafelightError:
                yield {number: ()}

    def _made(self, path: str, stack: Stack, size: tuple[int, int], way: Way, budget: int) -> tuple[Strip, ...]:
        import numpy as np

        from engine.files.pillow import from_pixels, shrink, to_pixels
        from engine.library import apply
        from engine.run.ground import on_ground

        small = self._reduced(path)
        made = apply(np.ascontiguousarray(small.pixels), stack.scaled(small.scale)[0], workers=1)
        pixels = on_ground(np.ascontiguousarray(made))
        across, down = way.grain
        scale = min(1.0, size[0] * across / pixels.shape[1], size[1] * down / pixels.shape[0])
        sides = (max(1, round(side * scale)) for side in pixels.shape[1::-1])
        return draw(to_pixels(shrink(from_pixels(pixels), *sides)), way, budget)

    def _reduced(self, path: str) -> Proxy:
        from engine.files.limits import Limits
        from engine.files.proxy import proxy

        if self._small is None or self._small[0] != path:
            self._small = path, proxy(path, SIDE, SIDE, Limits())
        return self._small[1]
