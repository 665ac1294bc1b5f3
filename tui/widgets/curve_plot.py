"""A curve drawn in dots of an eighth of a cell, its points, and how often each tone occurs behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.widgets.hand import Hand, Take

BRAILLE = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a cell: four rows of two."""
BARS = " ▁▂▃▄▅▆▇█"
GRID = "·"
CHOSEN, POINT = "●", "○"
QUARTERS = 4

Point = tuple[float, float]
"""Across from the left, up from below, 0 to 1."""


class CurvePlot(Hand):
    """Black is at the left below; the chosen point is full, the others are rings."""

    def __init__(self, heights: Callable[[int], Sequence[float]], on_grab: Take, on_drag: Take) -> None:
        """`heights` gives so many heights of the curve, from the left to the right, 0 to 1 or beyond."""
        super().__init__(on_grab, on_drag)
        self._heights = heights
        self._points: Sequence[Point] = ()
        self._chosen = 0
        self._counts: Sequence[int] = ()

    def show(self, points: Sequence[Point], chosen: int, counts: Sequence[int]) -> None:
        """Show a curve that goes through these; `counts` tells how often each tone occurs, where that is known."""
        self._points, self._chosen, self._counts = points, chosen, counts
        self._cells: dict[tuple[int, int], int] = {}
        width, height = self.size
        if width and height:
            self._draw_curve(width, height)
        self.refresh()

    def on_resize(self) -> None:
        """The curve has other dots."""
        self.show(self._points, self._chosen, self._counts)

    def _draw_curve(self, width: int, height: int) -> None:
        last = len(DOTS) * height - 1
        ys = [min(max(round((1.0 - each) * last), 0), last) for each in self._heights(2 * width)]
        before = ys[0]
        for x, y in enumerate(ys):
            for dot in range(min(y, before + (y > before)), max(y, before - (y < before)) + 1):
                cell = dot // len(DOTS), x // 2
                self._cells[cell] = self._cells.get(cell, 0) | DOTS[dot % len(DOTS)][x % 2]
            before = y

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        width, height = self.size
        ink = self.ink
        bars = self._bars(width, height)
        marks = {
            round(across * (width - 1)): number
            for number, (across, up) in enumerate(self._points)
            if round((1.0 - up) * (height - 1)) == y
        }
        return Strip([self._cell(x, y, bars, marks.get(x), ink.panel) for x in range(width)], width)

    def _cell(self, x: int, y: int, bars: Sequence[int], point: int | None, ground: Style) -> Segment:
        ink, height = self.ink, self.size.height
        filled = min(max(bars[x] - 8 * (height - 1 - y), 0), 8)
        behind = ground + Style(bgcolor=ink.track.color) if filled > 4 else ground
        if point is not None:
            here = point == self._chosen
            return Segment(CHOSEN if here else POINT, behind + (ink.key if here else ink.bright))
        dots = self._cells.get((y, x), 0)
        if dots:
            return Segment(chr(BRAILLE + dots), behind + ink.lamp)
        if filled:
            return Segment(BARS[filled], ground + ink.track)
        return Segment(GRID if self._on_grid(x, y) else " ", ground + ink.faint)

    def _on_grid(self, x: int, y: int) -> bool:
        """At quarters of both sides."""
        width, height = self.size
        across = {round(each * (width - 1) / QUARTERS) for each in range(QUARTERS + 1)}
        return x in across and y in {round(each * (height - 1) / QUARTERS) for each in range(QUARTERS + 1)}

    def _bars(self, width: int, height: int) -> list[int]:
        """Eighths of cells that each column is filled from below."""
        if not any(self._counts):
            return [0] * width
        tones = len(self._counts)
        edges = [each * tones // width for each in range(width + 1)]
        sums = [sum(self._counts[left : max(right, left + 1)]) for left, right in pairwise(edges)]
        # A single tone that is everywhere, such as a black border, would leave nothing to see of the others.
        most = max(sorted(sums)[-max(width // 20, 1)], 1)
        return [round(8 * height * min((each / most) ** 0.5, 1.0)) for each in sums]
