"""Keys in the order typed, each given only once all before it has taken effect. It knows no key's meaning."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.screen import Screen

LEAVING = ("escape", "ctrl+c")
"""Keys that need not wait for what a dialog is still finding out."""


@runtime_checkable
class Pondering(Protocol):
    """A screen that must find something out before Enter means anything."""

    async def pondered(self) -> None:
        """Wait until it has."""


class TypeAhead:
    """What was typed and not yet given to anybody.

    Textual hands every key to the screen that is there when it comes. A key that opens a dialog takes effect later than
    the next one comes, where a whole word arrives at once.
    """

    def __init__(
        self, app: App[Any], press: Callable[[events.Key], bool], give: Callable[[events.Key], Awaitable[None]]
    ) -> None:
        """`press` does at once what a key means on the lowest screen, or says that it cannot yet.

        `give` hands a key to the dialog above it.
        """
        self._app = app
        self._press = press
        self._give = give
        self._waiting: deque[events.Key] = deque()
        self._screen: Screen[Any] | None = None
        """The dialog that was given a key last."""
        self._giving: asyncio.Task[None] | None = None
        self._ponders = False

    def add(self, key: events.Key) -> None:
        """One more key."""
        if key.key in LEAVING and (self._giving is None or self._ponders):
            self._waiting.clear()
            self._abandon()
        elif self._screen is not self._app.screen:
            self._abandon()
        self._waiting.append(key)
        self.go_on()

    def go_on(self) -> None:
        """Give what can be given now."""
        while self._waiting and self._giving is None:
            if len(self._app.screen_stack) > 1:
                self._giving = asyncio.create_task(self._give_one(self._app.screen))
                self._giving.add_done_callback(self._finished)
            elif self._press(self._waiting[0]):
                self._waiting.popleft()
            else:
                return

    async def _give_one(self, screen: Screen[Any]) -> None:
        """Give a dialog the next key, and wait until nothing more comes of it."""
        if screen is not self._screen:
            self._screen = screen
            drawn = asyncio.Event()
            screen.call_after_refresh(drawn.set)
            await drawn.wait()
        if self._waiting[0].key == "enter" and isinstance(screen, Pondering):
            self._ponders = True
            await screen.pondered()
            self._ponders = False
        target = screen.focused or screen
        await self._give(self._waiting.popleft())
        for pump in (*target.ancestors_with_self, *target.ancestors_with_self):
            passed = asyncio.Event()
            if pump.call_later(passed.set):
                await passed.wait()

    def _abandon(self) -> None:
        """Wait no longer for a dialog that is about to close, or has closed without a key."""
        if self._giving is not None:
            self._ponders = False
            self._giving.cancel()

    def _finished(self, giving: asyncio.Task[None]) -> None:
        """What the dialog asked of the app when it closed comes before the next key."""
        self._app.call_later(self._free, None if giving.cancelled() else giving.exception())

    def _free(self, error: BaseException | None) -> None:
        if error is not None:
            raise error
        self._giving = None
        self.go_on()
