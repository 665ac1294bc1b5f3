"""The app whose every frame leaves as a cell-by-cell difference of the composed screen. Shows nothing of its own."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import RenderableType
from textual import constants
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.screen import Screen

from tui.output.abilities import abilities
from tui.output.colours import Colours, decide
from tui.output.credit import PIECE
from tui.output.driver import LEAST_ROOM, CellDriver, Paced
from tui.output.pen import Pens
from tui.output.pictures import Pictures
from tui.output.shadow import EVERYTHING, Shadow
from tui.output.strip import cells_of, late_of

if TYPE_CHECKING:
    from tui.graphics.transfer import Transfer
    from tui.output.colours import Depth
    from tui.output.credit import Credit
    from tui.terminal.replies import Reply

Result = TypeVar("Result")
AROUND = 64
"""Bytes kept for what begins and ends a frame."""
KEPT_FREE, PARTS, SMALLEST = 4, 3, 1200
"""Pictures leave a fourth of the window free for keys and go in thirds of it, none of which is smaller than that."""
NOT_YET = 0.02
"""Seconds until a piece that was not ready is asked for again."""
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
        self._pictures = Pictures()
        self._above: dict[int, tuple[Transfer, int, int]] = {}
        self._parting = ""
        self._entered = 0
        self._waiting = self._later = False

    @property
    def crash(self) -> Exception | None:
        """The error that ended the app, if one did: for whoever ran it to report."""
        return self._exception

    @property
    def can_wait(self) -> bool:
        """Whether the terminal can be left to a shell meanwhile."""
        return isinstance(self._driver, CellDriver)

    def quieten(self) -> None:
        """Send the terminal nothing more: the process ends, and somebody else gives the terminal back."""
        if isinstance(self._driver, CellDriver):
            self._driver.quieten()

    def farewell(self) -> str:
        """What makes the terminal forget our pictures, and what was being sent to it."""
        return self._parting + self._pictures.leave()

    @property
    def credit(self) -> Credit | None:
        """What is known of the line to the terminal; None where nothing can be."""
        driver: object = self._driver
        return driver.credit if isinstance(driver, Paced) else None

    def ask(self, questions: str, heard: Callable[[Reply], object]) -> None:
        """Ask the terminal, which answers when it does; only our own driver hears it."""
        if isinstance(self._driver, CellDriver) and questions:
            self._driver.heard = heard
            self._driver.send(questions)

    def use_colours(self, depth: Depth) -> None:
        """Draw everything in so many colours from now on."""
        if depth != self.pens.depth:
            self.pens = Pens(depth)
            self.screen.refresh()

    def forget_terminal(self) -> None:
        """Assume nothing of what the terminal shows or keeps: another may have taken its place."""
        self._entered = 0
        self._frame(None)

    def use_hover(self, told: bool) -> None:
        """Hear of every move of the mouse, or of those alone that pull something."""
        if isinstance(self._driver, CellDriver):
            self._driver.hover(told)

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
                late = b"".join(map(late_of, strips))
                self._shadow.compose(y, left, [*chain(*chars)], [*chain(*pens)], late)
        elif isinstance(renderable, ChopsUpdate):
            for y, first, end in renderable.spans:
                for (x, chop), stop in zip(renderable.chops[y].items(), renderable.chop_ends[y], strict=False):
                    if chop is not None and x < end and stop > first:
                        self._shadow.compose(y, x, *cells_of(chop, self.pens), late_of(chop))

    def send_picture(self, transfer: Transfer, done: Callable[[Transfer], object]) -> None:
        """Send a picture of pixels between the frames, in place of the one under way; `done` when all of it is sent."""
        self._pictures.send(transfer, done)
        self._frame(None)

    def send_pieces(self, pieces: Iterator[str], done: Callable[[], object], parting: str = "") -> None:
        """Send escape sequences between the frames, each when the terminal has taken those before; then call `done`.

        An empty piece says that the next is not ready yet; `parting` is sent if the app ends before the last.
        """
        driver = self._driver
        piece = next(pieces, None)
        self._parting = "" if piece is None else parting
        if driver is None or piece is None:
            done()
        elif not piece:
            self.set_timer(NOT_YET, lambda: self.send_pieces(pieces, done, parting))
        elif isinstance(driver, Paced):
            driver.send(piece)
            driver.when_room(lambda: self.send_pieces(pieces, done, parting), PIECE)
        else:
            driver.write(piece)
            self.call_later(self.send_pieces, pieces, done, parting)

    def copy_to_clipboard(self, text: str) -> None:
        """Ask the terminal to put text on its clipboard (xterm, OSC 52), names that are not UTF-8 with their bytes."""
        self._clipboard = text
        if self._driver is not None:
            encoded = b64encode(text.encode("utf-8", "surrogateescape")).decode()
            self._driver.write(f"\x1b]52;c;{encoded}\a")

    def stop_picture(self) -> None:
        """Give up the picture of pixels that is under way."""
        self._pictures.stop()

    def _send(self) -> None:
        """Send what differs, or come back when the terminal has answered for what it was sent."""
        driver = self._driver
        if driver is None or self._waiting:
            return
        if not isinstance(driver, Paced):
            driver.write(self._update(EVERYTHING, EVERYTHING, EVERYTHING))
            driver.flush()
            return
        if driver.entered != self._entered:
            self._entered = driver.entered
            self._shadow.forget()
            self._pictures.forget()
            self._above.clear()
            driver.farewell = self.farewell
        if driver.room < LEAST_ROOM:
            self._wait(driver, LEAST_ROOM)
            return
        window = driver.credit.window
        text = self._update(driver.room, driver.room - window // KEPT_FREE, max(SMALLEST, window // PARTS))
        if text:
            driver.send(text)
        ready = self._pictures.arrived()
        if not (ready or self._shadow.behind or self._pictures.pending):
            return
        if text or ready:
            self._wait(driver, LEAST_ROOM)
        elif driver.room < window and not self._later:
            # There is no room for pictures, and the next answer makes more; a key's frame need not wait for it.
            self._later = True
            driver.when_room(self._send_later, driver.room + 1)

    def _update(self, room: int, late_room: int, part: int) -> str:
        """The next piece of output: the frame, then a part of a picture where it has left room.

        Cells of pictures and pieces of pixels fill at most `late_room`, the cells no more than a `part` of it.
        """
        drawn = self._draw_pictures(room)
        frame = drawn + self._shadow.difference(room - AROUND - len(drawn), min(late_room, part) - AROUND - len(drawn))
        if frame:
            start, end = SYNC if self._sync_available else ("", "")
            frame = start + frame + self._cursor() + end
        return frame + self._pictures.take(late_room - len(frame))

    def _draw_pictures(self, room: int) -> str:
        """Draw the pictures of pixels that the screen shows and the terminal does not, where they have arrived."""
        drawn = self._hide_pictures()
        for key, (y, x) in self._shadow.wanted().items():
            transfer = self._pictures.shown(key)
            if transfer is None or len(transfer.show) > room - AROUND - len(drawn):
                continue
            if min(x, y) < 0 or x + transfer.columns > self._shadow.columns or y + transfer.rows > self._shadow.rows:
                continue
            if transfer.hide:
                if not self._shadow.shows(key, y, x, transfer.columns, transfer.rows):
                    continue
                self._above[key] = transfer, y, x
            drawn += f"\x1b[{y + 1};{x + 1}H{transfer.show}"
            self._pictures.drawn(key)
            self._shadow.drawn(key, y, x, transfer.columns, transfer.rows)
        return drawn

    def _hide_pictures(self) -> str:
        """Take away pictures that lie above the cells, where anything else is to be seen on one of theirs."""
        taken = ""
        for key, (transfer, y, x) in [*self._above.items()]:
            if not self._shadow.shows(key, y, x, transfer.columns, transfer.rows):
                taken += transfer.hide
                self._shadow.hidden(y, x, transfer.columns, transfer.rows)
                del self._above[key]
        return taken

    def _wait(self, driver: Paced, least: int) -> None:
        self._waiting = True
        driver.when_room(self._send_again, least)

    def _send_again(self) -> None:
        self._waiting = False
        self._frame(None)

    def _send_later(self) -> None:
        self._later = False
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
