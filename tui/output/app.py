"""The app whose every frame leaves as a cell-by-cell difference of the composed screen. Shows nothing of its own."""

import os
from itertools import chain
from typing import Any, TypeVar

from rich.console import RenderableType
from textual import constants
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen

from tui.output.abilities import abilities
from tui.output.colours import Colours, decide
from tui.output.driver import CellDriver, Paced
from tui.output.pen import Pens
from tui.output.shadow import Shadow
from tui.output.strip import cells_of

Result = TypeVar("Result")
SYNC = ("\x1b[?2026h", "\x1b[?2026l")
"""Around a frame, for terminals that can show it at once."""


class CellApp(App[Result]):
    """A Textual app that sends the terminal only what has changed, and only once it has taken the frame before.

    Textual composes as ever; what it hands over for display goes into a shadow of the screen. A frame that finds the
    terminal busy is not queued: the shadow goes on, and its newest state is sent when the terminal is ready.
    """

    def __init__(self, *, driver_class: type[Driver] | None = None, colours: Colours | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self.colours = colours or decide(os.environ)
        """The colours written, and why."""
        self.pens = Pens(self.colours.depth)
        """Styles in those colours."""
        self._shadow = Shadow(abilities(os.environ))
        self._entered = 0
        self._waiting = False

    @property
    def crash(self) -> Exception | None:
        """The error that ended the app, if one did: for whoever ran it to report."""
        return self._exception

    def quieten(self) -> None:
        """Send the terminal nothing more: the process ends, and somebody else gives the terminal back."""
        if isinstance(self._driver, CellDriver):
            self._driver.quieten()

    def get_driver_class(self) -> type[Driver]:
        """Our own driver, unless the environment names one."""
        if constants.DRIVER:
            return super().get_driver_class()
        return CellDriver

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if self.is_headless or self.is_inline:
            super()._display(screen, renderable)
            return
        self._frame(renderable)
        self.post_display_hook()

    def _frame(self, renderable: RenderableType | None) -> None:
        if not self._running or self._closed:
            return
        try:
            if not self._batch_count:
                self._compose(renderable)
            self._send()
        except Exception as error:  # noqa: BLE001 - whatever a widget drew wrong ends the app, as it does in Textual
            self._handle_exception(error)

    def _compose(self, renderable: RenderableType | None) -> None:
        """Put what Textual wants shown into the shadow."""
        columns, rows = self.size
        if (columns, rows) != (self._shadow.columns, self._shadow.rows):
            self._shadow.resize(columns, rows)
        if isinstance(renderable, LayoutUpdate):
            left, top = renderable.region.offset
            for y, strips in enumerate(renderable.strips, top):
                chars, pens = zip(*(cells_of(strip, self.pens) for strip in strips), strict=True)
                self._shadow.compose(y, left, [*chain(*chars)], [*chain(*pens)])
        elif isinstance(renderable, ChopsUpdate):
            for y, first, end in renderable.spans:
                for (x, chop), stop in zip(renderable.chops[y].items(), renderable.chop_ends[y], strict=False):
                    if chop is not None and x < end and stop > first:
                        self._shadow.compose(y, x, *cells_of(chop, self.pens))

    def _send(self) -> None:
        """Send what differs, or come back when the terminal has taken what it was sent."""
        driver = self._driver
        if driver is None or self._waiting:
            return
        if isinstance(driver, Paced):
            if not driver.idle:
                self._waiting = True
                driver.when_idle(self._send_again)
                return
            if driver.entered != self._entered:
                self._entered = driver.entered
                self._shadow.forget()
        frame = self._shadow.difference()
        if frame:
            start, end = SYNC if self._sync_available else ("", "")
            driver.write(start + frame + self._cursor() + end)
            driver.flush()

    def _send_again(self) -> None:
        self._waiting = False
        self._frame(None)

    def _cursor(self) -> str:
        """Bring the cursor, which stays hidden, to where one writes: input methods show their choices there."""
        if not hasattr(self.focused, "cursor_screen_offset"):
            return ""
        x, y = self.screen.outer_size.clamp_offset(self.cursor_position)
        return f"\x1b[{y + 1};{x + 1}H"

    def _fatal_error(self) -> None:
        """End the app without a page of traceback: whoever ran it finds the error in `crash`."""
        self._close_messages_no_wait()


def pens_of(app: App[Any]) -> Pens:
    """The pens of an app, whichever it is."""
    return app.pens if isinstance(app, CellApp) else Pens("truecolor")
