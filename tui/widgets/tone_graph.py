"""Four rows under the picture: how often each tone of luma, red, green and blue occurs, and what is clipped."""

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.graphics.tones import Channel, Tones, heights
from tui.theme import Inks, inks
from tui.widgets.line import Line

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
