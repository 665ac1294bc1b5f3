"""A picture developed by any strategy of the lab, in a background thread, and how long it took. It holds no widget."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from tui.io import Desk, draw

if TYPE_CHECKING:
    from textual.strip import Strip

    from engine.lab.job import Bytes
    from engine.lab.tray import Tray
    from tui.graphics.way import Way

WIDTH, HEIGHT = 600, 400
"""Pixels that are developed, at most: few enough for pure Python, enough for a difference."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is wanted."""

    strategy: str
    """A name of `engine.lab.strategies`."""
    stops: float = 0.0
    gamma: float = 1.0
    blur: bool = False


@dataclass(frozen=True, slots=True)
class Plate:
    """What came of it."""

    recipe: Recipe
    strips: tuple[Strip, ...] = ()
    seconds: float = 0.0
    """That the workers took."""
    drawing: float = 0.0
    """Seconds from pixels to rows of cells."""
    megapixels: float = 0.0
    error: str = ""


class Laboratory:
    """One picture, and the workers of every strategy that was tried, until it is closed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pixels: tuple[str, Bytes] | None = None
        self._trays: dict[str, Tray] = {}

    def develop(
        self, path: str, recipe: Recipe, size: tuple[int, int], way: Way, then: Callable[[Plate], None]
    ) -> None:
        """Develop a picture within columns x rows, in place of what was wanted before."""
        self._desk.ask("develop", lambda: self._developed(path, recipe, size, way), then)

    def leave(self) -> None:
        """Let all workers go, later."""
        self._desk.ask("develop", self._let_go, lambda _nothing: None)

    def collect(self) -> None:
        """Take what the thread has ready."""
        self._desk.collect()

    def close(self) -> None:
        """Develop nothing more."""
        self._desk.close()

    def _let_go(self) -> Iterator[None]:
        for tray in self._trays.values():
            tray.close()
        self._trays.clear()
        yield None

    def _developed(self, path: str, recipe: Recipe, size: tuple[int, int], way: Way) -> Iterator[Plate]:
        from engine.files.pillow import from_pixels, shrink, to_pixels

        try:
            pixels = self._picture(path)
            tray = self._tray(recipe.strategy, pixels)
            made = tray.develop(pixels, recipe.stops, recipe.gamma, blur=recipe.blur)
        except SafelightError as error:
            yield Plate(recipe, error=str(error))
            return
        began = time.perf_counter()
        height, width = made.pixels.shape[:2]
        across, down = way.grain
        scale = min(1.0, size[0] * across / width, size[1] * down / height)
        sides = (max(1, round(side * scale)) for side in (width, height))
        strips = draw(to_pixels(shrink(from_pixels(made.pixels), *sides)), way, way.coarse or way.sharp)
        drawing = time.perf_counter() - began
        yield Plate(recipe, strips, made.seconds, drawing, height * width / 1e6)

    def _picture(self, path: str) -> Bytes:
        import numpy as np

        from engine.files.limits import Limits
        from engine.files.proxy import proxy
        from engine.run.ground import on_ground

        if self._pixels is None or self._pixels[0] != path:
            small = proxy(path, WIDTH, HEIGHT, Limits())
            self._pixels = path, on_ground(np.ascontiguousarray(small.pixels))
        return self._pixels[1]

    def _tray(self, name: str, pixels: Bytes) -> Tray:
        from engine.lab.strategies import strategies
        from engine.lab.tray import Tray
        from engine.run.cpu import available_workers

        if name not in self._trays:
            self._trays[name] = Tray(strategies()[name], available_workers())
            # What is done the first time, such as loading compiled code, is not what is compared.
            self._trays[name].develop(pixels, blur=True)
        return self._trays[name]
