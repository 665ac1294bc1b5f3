"""Four rows under the picture: how often each tone of luma, red, green and blue occurs, and what is clipped."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.theme import Inks, inks
from tui.widgets.line import Line

if TYPE_CHECKING:
    from tui.graphics.tones import Channel, Tones

BARS = " ▁▂▃▄▅▆▇█"
NAMES = "LRGB"
SHARE = 8
"""Columns of a share, such as `▏ 0.3 %`."""
CLIPPED = 0.001
"""Share from which on it is worth a warning."""


class ToneGraph(Widget):
    """Black is on the left: its share stands before the bars, that of white behind them, marked where it is much."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._tones: Tones | None = None

    @property
    def ink(self) -> Inks:
        """The styles of the theme in use."""
        return inks(self.app.theme)

    @property
    def tones(self) -> Tones | None:
        """Those of the picture, whether they are shown or not; None where that is unknown."""
        return self._tones

    def show(self, tones: Tones | None) -> None:
        """The tones of another picture."""
        if tones != self._tones:
            self._tones = tones
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One channel."""
        width, ink = self.size.width, self.ink
        if self._tones is None or y >= len(self._tones):
            return Strip.blank(width, ink.ground)
        return self._row(NAMES[y], self._tones[y], width).strip(width, ink.ground)

    def _row(self, name: str, channel: Channel, width: int) -> Line:
        ink, columns = self.ink, width - 3 - 2 * SHARE
        bars = (
            "".join(BARS[height] for height in heights(channel.counts, columns, len(BARS) - 1)) if columns > 1 else ""
        )
        style = ink.text if name == NAMES[0] else ink.channels[NAMES.index(name) - 1]
        line = Line().add(f" {name}", style)
        line.add(f"{_share(channel.black)} ", self._alarm(channel.black), SHARE, "right")
        return line.add(bars, style).add(f" {_share(channel.white)}", self._alarm(channel.white))

    def _alarm(self, share: float) -> Style:
        return self.ink.alarm if share >= CLIPPED else self.ink.faint


def _share(share: float) -> str:
    """A share with a mark where it is clipped enough to be seen, also without colours."""
    return f"{'!' if share >= CLIPPED else ''}{share * 100:.1f}%"


def heights(counts: tuple[int, ...], columns: int, most: int) -> list[int]:
    """Bars of 0 to `most` for so many columns, from black to white; what occurs at all is at least 1.

    By square roots, so that small amounts are seen beside large ones. The ends, where clipped tones pile up, do not
    press down the rest.
    """
    edges = [round(place * len(counts) / columns) for place in range(columns + 1)]
    sums = [sum(counts[start:end]) for start, end in pairwise(edges)]
    highest = max(sums[1:-1], default=0) or max(sums, default=0)
    return [min(most, max(round(most * (amount / highest) ** 0.5), 1)) if amount else 0 for amount in sums]
