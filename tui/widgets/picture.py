"""A picture in the middle of the space it has. It shows strips made elsewhere and computes no pixel."""

from collections.abc import Sequence
from itertools import groupby
from textwrap import wrap

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui.messages import FitPicture, PanPicture, ProbePicture, ZoomPicture
from tui.output.app import pens_of
from tui.output.strip import CellStrip, spliced
from tui.values import Spot

MARGIN = 4
"""Columns beside a sentence in the picture's place."""


class Picture(Widget):
    """Shows a picture, or words in its place; says how many cells it has whenever that changes.

    Its strips go to the screen as they are, past Textual's styles, so it can have neither border nor padding.
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._strips: Sequence[Strip] = ()
        self._words: tuple[str, ...] = ()
        self._rows: list[Strip] = []
        self._coarse: Sequence[Strip] = ()
        self._covered = Region()
        self._alarm: Timer | None = None
        self._pulled = False

    @property
    def strips(self) -> Sequence[Strip]:
        """The picture, one strip for each row of cells; empty while there is none."""
        return self._strips

    def show(self, strips: Sequence[Strip], *, coarse: bool = False) -> None:
        """Show this picture, which may be smaller than the space; only rows that differ are drawn again.

        A coarse one is remembered beside the sharp one that follows.
        """
        self._strips = strips
        if coarse or not strips:
            self._coarse = strips if coarse else ()
        self._sharpen()

    def uncover(self, region: Region, seconds: float) -> None:
        """A dialog over this part of the screen has gone: it costs no more bytes than coarse, and is sharp later."""
        covered = region.translate(-self.region.offset).intersection(self.size.region)
        if covered and self._coarse and self._coarse is not self._strips:
            self._covered = covered
            self._lay_out()
            self._alarm = self.set_timer(seconds, self._sharpen)

    def _sharpen(self) -> None:
        """Show all of it as sharp as it is there."""
        if self._alarm is not None:
            self._alarm.stop()
        self._alarm, self._covered = None, Region()
        self._lay_out()

    def say(self, *words: str) -> None:
        """What to show, each from a new line on, while there is no picture. Plain text, harmless for a terminal."""
        self._words = words
        self._lay_out()

    def on_resize(self, event: events.Resize) -> None:
        """Another number of cells: the picture stays in the middle until one that fits comes."""
        self._sharpen()
        self.post_message(FitPicture(event.size.width, event.size.height))

    def notify_style_update(self) -> None:
        """The background may be another one."""
        super().notify_style_update()
        self._lay_out()

    def spot_at(self, x: int, y: int) -> Spot:
        """What a cell of the widget shows."""
        width, height = self.size
        across = max((strip.cell_length for strip in self._strips), default=0) or width
        down = len(self._strips) or height
        columns, rows = x + 0.5 - width / 2, y + 0.5 - height / 2
        return Spot(columns / across + 0.5, rows / down + 0.5, columns, rows)

    def _spot(self, event: events.MouseEvent) -> Spot:
        return self.spot_at(event.x, event.y)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the picture."""
        event.stop()
        self._pulled = True
        self.capture_mouse()
        self.post_message(ProbePicture(self._spot(event)))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pull it; or tell the pixel."""
        event.stop()
        if self._pulled and (event.delta_x or event.delta_y):
            self.post_message(PanPicture(-event.delta_x, -event.delta_y))
        elif not self._pulled:
            self.post_message(ProbePicture(self._spot(event)))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let it go."""
        event.stop()
        self._pulled = False
        self.release_mouse()

    def on_leave(self) -> None:
        """The mouse points elsewhere."""
        self.post_message(ProbePicture(None))

    def on_click(self, event: events.Click) -> None:
        """Twice: between all of the picture and its own pixels."""
        if event.chain == 2:
            self.post_message(ZoomPicture(0, self._spot(event)))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go nearer."""
        event.stop()
        self.post_message(ZoomPicture(1, self._spot(event)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go further away."""
        event.stop()
        self.post_message(ZoomPicture(-1, self._spot(event)))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows asked for."""
        rows = [self.render_line(y) for y in crop.line_range]
        if crop.column_span == (0, self.size.width):
            return rows
        return [row.crop(crop.x, crop.right) for row in rows]

    def render_line(self, y: int) -> Strip:
        """One row: part of the picture, a line of words, or the ground."""
        return self._rows[y] if y < len(self._rows) else Strip.blank(self.size.width, self.rich_style)

    def _lay_out(self) -> None:
        before, self._rows = self._rows, self._placed(self._strips)
        # Nobody may have told us yet that we are smaller.
        covered = self._covered.intersection(self.size.region)
        if covered:
            coarse = self._placed(self._coarse)
            for y in covered.line_range:
                self._rows[y] = spliced(self._rows[y], coarse[y], *covered.column_span)
        if len(before) != len(self._rows):
            self.refresh()
            return
        changed = []
        for y, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old == new:
                self._rows[y] = old
            else:
                changed.append(y)
        for _, stretch in groupby(enumerate(changed), key=lambda each: each[1] - each[0]):
            ys = [y for _, y in stretch]
            self.refresh(Region(0, ys[0], self.size.width, len(ys)))

    def _placed(self, strips: Sequence[Strip]) -> list[Strip]:
        """Every row of the widget, with the picture or the words in the middle."""
        width, height = self.size
        lines = (line for words in self._words for line in wrap(words, max(self.size.width - MARGIN, 1)))
        content = strips or [Strip([Segment(line, self.rich_style)]) for line in lines]
        first = max(0, (len(content) - height) // 2)
        content = content[first : first + height]
        above = (height - len(content)) // 2
        blank = Strip.blank(width, self.rich_style)
        rows = [self._centred(strip, width) for strip in content]
        return [*[blank] * above, *rows, *[blank] * (height - above - len(rows))]

    def _centred(self, strip: Strip, width: int) -> Strip:
        excess = max(0, strip.cell_length - width)
        strip = strip.crop(excess // 2, excess // 2 + width)
        left = (width - strip.cell_length) // 2
        right = width - strip.cell_length - left
        if isinstance(strip, CellStrip):
            return strip.later().padded(left, right, pens_of(self.app).blank(self.rich_style))
        return Strip([Segment(" " * left, self.rich_style), *strip, Segment(" " * right, self.rich_style)], width)
