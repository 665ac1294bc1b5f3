"""Textual's driver for Unix terminals, which never keeps the event loop waiting for the terminal."""

import asyncio
import codecs
import os
import select
import threading
import time
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from typing import Any, Protocol, cast, runtime_checkable

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.output.abilities import asks
from tui.output.credit import MOST, QUESTION, Credit
from tui.output.descriptor import terminal
from tui.output.outlet import Outlet
from tui.output.restore import leave
from tui.terminal.replies import Alive, Replies, Reply
from tui.terminal.surroundings import told

LEAST_ROOM = 300
"""Bytes below which it is better to wait for an answer."""
LONGEST_GOODBYE = 0.8
"""Seconds to wait for the terminal's last answers."""
MOST_READ = 4096
PATIENCE = 0.1
"""Seconds to wait for keys or room before looking whether the app has ended."""
MOVES = ("\x1b[?1003l\x1b[?1000h\x1b[?1002h\x1b[?1006h", "\x1b[?1000h\x1b[?1003h\x1b[?1006h")
"""What the mouse tells: presses and drags, or every move as well."""
NO_MOUSE = "\x1b[?1003l\x1b[?1002l\x1b[?1000l\x1b[?1006l"
LAST_PATIENCE = 0.2
"""Seconds that a terminal has for the last of what it is sent."""


@runtime_checkable
class Paced(Protocol):
    """A driver that says how much it can take without making anybody wait."""

    entered: int
    """How often the terminal was taken over: its content is unknown after each."""
    credit: Credit
    """What is on its way, and what is known of the line."""
    farewell: Callable[[], str]
    """What to send before the terminal is left."""

    @property
    def room(self) -> int:
        """Bytes that may be sent now."""

    def send(self, text: str) -> None:
        """Write text that counts as on its way until the terminal answers for it."""

    def when_room(self, callback: Callable[[], None], least: int) -> None:
        """Call back once, on the event loop, when there is room for so many bytes."""


class CellDriver(LinuxDriver):
    """Keeps at most one write with the writing thread, and no more on its way than `credit` allows.

    All state belongs to the event loop's thread, and the writing thread takes no lock: a signal handler may end it at
    any moment.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.entered = 0
        self._outlet = Outlet(terminal() or 2)
        self._outlet.after_write = self._after_write
        self._file = cast(TextIOWrapper, self._outlet)
        self._thread = threading.get_ident()
        self._given = 0
        self._held: list[str] = []
        self._callbacks: list[Callable[[], None]] = []
        self._least = 0
        self._alarm: asyncio.TimerHandle | None = None
        self._asked = self._told = 0
        self._asks = asks(os.environ) and os.isatty(self.fileno)
        around = told(os.environ)
        self.credit = Credit(near=not (around.remote or around.multiplexer))
        self._left = ""
        self._hovers = False
        self.heard: Callable[[Reply], object] = self._unheard
        """Told, on the event loop, what the terminal answers but for its being there."""
        self.farewell: Callable[[], str] = str
        """What to send before the terminal is left."""

    @property
    def room(self) -> int:
        """Bytes that may be sent now: none while the system still holds some of what was written."""
        if not self._is_idle:
            return 0
        return self.credit.room(time.monotonic()) if self._asks else MOST

    @property
    def _is_idle(self) -> bool:
        return self._given == self._outlet.taken

    def send(self, text: str) -> None:
        """Write text that counts as on its way until the terminal answers for it."""
        if self._asks:
            text += QUESTION
            self._asked += 1
            self.credit.sent(len(text.encode(errors="replace")), time.monotonic())
        self.write(text)

    def when_room(self, callback: Callable[[], None], least: int) -> None:
        """Call back once, on the event loop, when there is room for so many bytes."""
        self._callbacks.append(callback)
        self._least = least
        if self._is_idle:
            self._loop.call_soon(self._pass_on)

    def write(self, data: str) -> None:
        """Send text to the terminal, now or as soon as it has taken what was sent before. From any thread."""
        if threading.get_ident() != self._thread:
            self._soon(self.write, data)
            return
        self._held.append(data)
        if self._is_idle:
            self._give()

    def start_application_mode(self) -> None:
        """Take over the terminal."""
        self.entered += 1
        self._outlet.quiet = False
        self.credit.forget()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def stop_application_mode(self) -> None:
        """Give the terminal back, its last answers taken: a shell would read them as typed."""
        self._left = self.farewell()
        if self._left:
            self.send(self._left)
        self.hear_out(LONGEST_GOODBYE)
        super().stop_application_mode()

    def hear_out(self, seconds: float) -> None:
        """Wait until the terminal has answered everything, but no longer than that, nor long for one that is stuck.

        The thread that reads goes on.
        """
        begun = time.monotonic()
        while self._told < self._asked and not (self._outlet.lost or self.credit.deaf):
            if self._is_idle and self._held:
                self._give()
            if time.monotonic() - begun > (seconds if self._is_idle else LAST_PATIENCE):
                break
            time.sleep(0.005)

    def hover(self, told: bool) -> None:
        """Have the mouse told of where it is while no button is pressed, or no longer: each move is some bytes."""
        if told != self._hovers:
            self._hovers = told
            self._enable_mouse_support()

    def _enable_mouse_support(self) -> None:
        """Buttons, and moves with a button pressed or all of them, in coordinates of SGR (xterm, Mouse Tracking)."""
        if self._mouse:
            self.write(MOVES[self._hovers])

    def _disable_mouse_support(self) -> None:
        """Nothing of it."""
        if self._mouse:
            self.write(NO_MOUSE)

    def quieten(self) -> None:
        """Write nothing more, not even the rest of what is under way."""
        self._outlet.quiet = True

    def run_input_thread(self) -> None:
        """Read what a person types; when the terminal has gone away, end the app, where Textual would ask for ever."""
        parser = XTermParser(self._debug)
        replies = Replies()
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            patience = replies.patience
            if select.select([self.fileno], [], [], PATIENCE if patience is None else patience)[0]:
                data = self._read()
                if not data:
                    self._soon(self._app.exit)
                    return
                typed, heard = replies.feed(decode(data))
                for reply in heard:
                    self._told += isinstance(reply, Alive)
                    self._soon(self._answered, reply, time.monotonic())
            else:
                typed = replies.release()
            if typed:
                self._process(parser.feed(typed))
            self._process(parser.tick())

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, MOST_READ)
        except OSError:
            return b""

    def _process(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def close(self) -> None:
        """Wait until the terminal has taken everything; one that does not is left by force."""
        if self._held:
            self._give()
        end = time.monotonic() + LAST_PATIENCE
        while not (self._is_idle or self._outlet.lost) and time.monotonic() < end:
            time.sleep(0.005)
        stuck = not self._is_idle
        if stuck:
            self.quieten()
        super().close()
        if stuck and not self._outlet.lost:
            leave(self._outlet.fileno(), self._left)

    def _give(self) -> None:
        texts, self._held = self._held, []
        self._given += 1
        super().write("".join(texts))

    def _after_write(self) -> None:
        """In the writing thread."""
        if self._outlet.lost:
            self._soon(self._app.exit)
        elif self._held or self._callbacks:
            self._soon(self._pass_on)

    def _unheard(self, reply: Reply) -> None:
        """Nobody asked."""

    def _answered(self, reply: Reply, now: float) -> None:
        if isinstance(reply, Alive):
            self.credit.answered(now)
            self._pass_on()
        else:
            self.heard(reply)

    def _pass_on(self) -> None:
        """Give the terminal what has waited, or tell those who wait for room."""
        if not self._is_idle:
            return
        if self._held:
            self._give()
            return
        if not self._callbacks:
            return
        if self.room < self._least:
            if self._alarm is not None:
                self._alarm.cancel()
            self._alarm = self._loop.call_later(self.credit.patience(time.monotonic()), self._pass_on)
            return
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def _soon(self, callback: Callable[..., object], *arguments: object) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(callback, *arguments)

    def _sigtstp_application(self, *_: object) -> None:
        # A signal may come in the middle of anything, such as a write that holds a lock: the event loop does it.
        self._soon(super()._sigtstp_application)

    def _sigcont_application(self, *_: object) -> None:
        if self._must_signal_resume:
            # The event loop stands where it stopped us, and nothing may be written before the terminal is ours again.
            super()._sigcont_application()
        else:
            self._soon(self._continue)

    def _continue(self) -> None:
        """After a stop that nobody saw coming, leave the terminal first: it would else be taken over twice."""
        if self._auto_restart:
            self.suspend_application_mode()
        super()._sigcont_application()
