"""A terminal for tests: a driver that counts what the app writes and an emulator, not ours, that shows it."""

import asyncio
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pyte
from pyte.screens import Char
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._context import active_app, visible_screen_stack
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from wcwidth import wcwidth

from tui.output.credit import Credit

Cell = tuple[str, str, str, frozenset[str]]
"""Character, foreground, background (hexadecimal or `default`), visible attributes."""
MARKS = ("bold", "italics", "underscore", "strikethrough", "reverse")


class Terminal(pyte.Screen):  # type: ignore[misc]
    """pyte's screen, which also repeats characters, keeps every combining mark and begins without line wrap."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self.reset_mode(pyte.modes.DECAWM >> 5, private=True)
        self.last = ""

    def draw(self, data: str) -> None:
        """Show text."""
        for char in data:
            if wcwidth(char) == 0 and self.cursor.x:
                line, x = self.buffer[self.cursor.y], self.cursor.x - 1
                x -= not line[x].data
                line[x] = line[x]._replace(data=unicodedata.normalize("NFC", line[x].data + char))
            else:
                self.last = char
                super().draw(char)

    def repeat(self, count: int = 1) -> None:
        """Show the last character again."""
        self.draw(self.last * count)

    def cells(self, y: int) -> list[Cell]:
        """What row y shows."""
        return [_shown(self.buffer[y][x]) for x in range(self.columns)]

    def garble(self) -> None:
        """Fill the screen with what no app would show, as a terminal may on a change of size."""
        for y in range(self.lines):
            for x in range(self.columns):
                self.buffer[y][x] = Char("#", fg="red", bg="green", underscore=True)


class TerminalStream(pyte.Stream):  # type: ignore[misc]
    """pyte's parser with the one order it lacks."""

    csi = pyte.Stream.csi | {"b": "repeat"}
    events = pyte.Stream.events | {"repeat"}


class EmulatedDriver(Driver):
    """Writes into an emulated terminal and keeps count; can be told to be slow."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size or (80, 24))
        self.entered = 0
        self.bytes = 0
        self.total = 0
        """Bytes ever written."""
        self.writes: list[str] = []
        self.blocked = False
        self.callbacks: list[Callable[[], None]] = []
        self.terminal = Terminal(*(size or (80, 24)))
        self.stream = TerminalStream(self.terminal)

        self.credit = Credit()
        self.farewell: Callable[[], str] = str
        self.most = 1 << 20

    @property
    def room(self) -> int:
        """What the terminal takes."""
        return 0 if self.blocked else self.most

    def send(self, text: str) -> None:
        """Show it."""
        self.write(text)

    def when_room(self, callback: Callable[[], None], least: int) -> None:
        """Call back when it takes more."""
        self.callbacks.append(callback)
        if not self.blocked:
            self.unblock()

    def unblock(self) -> None:
        """Let the terminal take more."""
        self.blocked = False
        waiting, self.callbacks = self.callbacks, []
        for callback in waiting:
            asyncio.get_running_loop().call_soon(callback)

    def write(self, data: str) -> None:
        """Show it."""
        assert not self.blocked, "written to a terminal that takes nothing"
        assert data, "an empty write"
        self.bytes += len(data.encode())
        self.total += len(data.encode())
        self.writes.append(data)
        self.stream.feed(data)

    def count(self) -> int:
        """Bytes since the last call."""
        count, self.bytes = self.bytes, 0
        self.writes.clear()
        return count

    def start_application_mode(self) -> None:
        """Begin, and tell the size as a real driver does."""
        self.entered += 1
        size = Size(*(self._size or (80, 24)))
        self.send_message(events.Resize(size, size))  # type: ignore[arg-type]

    def resize(self, columns: int, lines: int) -> None:
        """Become another size, with rubbish on the screen."""
        self._size = (columns, lines)
        self.terminal.resize(lines, columns)
        self.terminal.garble()
        size = Size(columns, lines)
        self.send_message(events.Resize(size, size))  # type: ignore[arg-type]

    def disable_input(self) -> None:
        """Nothing comes in."""

    def stop_application_mode(self) -> None:
        """Nothing to leave."""


def terminal_of(app: App[Any]) -> EmulatedDriver:
    """The emulated terminal an app runs in."""
    assert isinstance(app._driver, EmulatedDriver)
    return app._driver


def composed(app: App[Any]) -> list[list[Cell]]:
    """What Textual wants the screen to show, cell by cell, worked out without any of our code."""
    # Widgets that were not drawn yet are drawn here, outside the app's own tasks.
    active_app.set(app)
    visible_screen_stack.set(app._background_screens)
    return [
        [cell for segment in strip for cell in _wanted(segment)] for strip in app.screen._compositor.render_strips()
    ]


@lru_cache(maxsize=1 << 14)
def _wanted(segment: Segment) -> tuple[Cell, ...]:
    style = segment.style or Style()
    marks = (style.bold, style.italic, style.underline, style.strike, style.reverse)
    colours = [
        "default" if colour is None or colour.type is ColorType.DEFAULT else colour.get_truecolor().hex[1:]
        for colour in (style.color, style.bgcolor)
    ]
    look = frozenset(name for name, on in zip(MARKS, marks, strict=True) if on)
    texts: list[str] = []
    for char in segment.text:
        width = wcwidth(char)
        if width > 0:
            texts += [char, ""][:width]
        elif width == 0 and texts:
            at = -1 if texts[-1] else -2
            texts[at] = unicodedata.normalize("NFC", texts[at] + char)
    return tuple(_visible(text, colours[0], colours[1], look) for text in texts)


@lru_cache(maxsize=1 << 14)
def _shown(char: Char) -> Cell:
    look = frozenset(name for name in MARKS if getattr(char, name))
    return _visible(char.data, char.fg, char.bg, look)


def _visible(char: str, foreground: str, background: str, look: frozenset[str]) -> Cell:
    """The cell without what cannot be seen on a space."""
    if char == " " and not look & {"underscore", "strikethrough", "reverse"}:
        return char, "", background, frozenset()
    return char, foreground, background, look
