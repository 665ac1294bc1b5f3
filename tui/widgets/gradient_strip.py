"""The colours of a gradient from black to white, and its stops below them. It changes none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual.strip import Strip

from tui.widgets.hand import Hand, Take
from tui.widgets.swatch import patch

CHOSEN, STOP, NO_STOP = "▲", "△", "─"


class GradientStrip(Hand):
    """The lowest row has a mark for each stop; that of the chosen one is full."""

    def __init__(self, code_at: Callable[[float], int], on_grab: Take, on_drag: Take) -> None:
        """`code_at` gives the colour 0xRRGGBB of a tone from 0 to 1."""
        super().__init__(on_grab, on_drag)
        self._code_at = code_at
        self._tones: Sequence[float] = ()
        self._chosen = 0

    def show(self, tones: Sequence[float], chosen: int) -> None:
        """Show the stops at these tones."""
        self._tones, self._chosen = tones, chosen
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A row of colours, or the marks."""
        width, ink = self.size.width, self.ink
        if y < self.size.height - 1:
            last = max(width - 1, 1)
            return Strip([Segment(" ", patch(self._code_at(x / last))) for x in range(width)], width)
        marks = {round(tone * (width - 1)): STOP for tone in self._tones}
        if self._chosen < len(self._tones):
            marks[round(self._tones[self._chosen] * (width - 1))] = CHOSEN
        styles = {CHOSEN: ink.key, STOP: ink.text, NO_STOP: ink.track}
        row = [marks.get(x, NO_STOP) for x in range(width)]
        return Strip([Segment(each, ink.panel + styles[each]) for each in row], width)
