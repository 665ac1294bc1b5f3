"""A slide show: the cursor of a list goes on by itself. It draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from tui.widgets.image_list import ImageList

if TYPE_CHECKING:
    from textual.screen import Screen

SECONDS = 4.0
"""That each image is shown."""
FULL = "-full"
"""The screen's class while the picture has all of it."""


class Slides:
    """Of the images on a screen."""

    def __init__(self, screen: Screen[None], images: ImageList) -> None:
        self._screen, self._images = screen, images
        self._timer: Timer | None = None
        self._was_full = False

    def begin(self) -> None:
        """Show the image under the cursor on the whole screen, and the next after a while."""
        self.end()
        self._was_full = self._screen.has_class(FULL)
        self._screen.add_class(FULL)
        self._timer = self._screen.set_interval(SECONDS, self._go_on)

    def end(self) -> None:
        """The screen is as it was before; nothing where there is no slide show."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
            self._screen.set_class(self._was_full, FULL)

    def _go_on(self) -> None:
        if self._images.cursor + 1 < self._images.count:
            self._images.move_to(self._images.cursor + 1)
        else:
            self.end()
