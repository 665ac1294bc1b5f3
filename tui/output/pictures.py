"""Pictures of pixels on their way to the terminal, piece by piece, the newest first. Knows no driver and no cell."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.graphics.transfer import Transfer

KEPT = 12
"""Pictures that the terminal keeps for us, so that coming back to one costs a few bytes."""


def _nobody(_transfer: object) -> None:
    """Nobody waits for it."""


class Pictures:
    """At most one picture is under way; a newer one ends it. Those that arrived are kept until they are too many."""

    def __init__(self) -> None:
        self._orders: list[str] = []
        self._given: deque[str] = deque(maxlen=KEPT)
        self._going: Transfer | None = None
        self._pieces: Iterator[str] = iter(())
        self._next: str | None = None
        self._done: Callable[[Transfer], object] = _nobody
        self._there: OrderedDict[int, Transfer] = OrderedDict()
        self._ready: set[int] = set()

    @property
    def pending(self) -> bool:
        """Whether anything waits to be sent."""
        return bool(self._orders) or self._next is not None

    def send(self, transfer: Transfer, done: Callable[[Transfer], object]) -> None:
        """Send a picture in place of the one under way; `done` is called when all its pieces were written.

        One that the terminal has already is done at once.
        """
        self.stop()
        known = self._there.get(transfer.key)
        if known is not None and (known.pieces, known.show) == (transfer.pieces, transfer.show):
            self._there.move_to_end(transfer.key)
            done(transfer)
            return
        self._begin(transfer, done)

    def stop(self) -> None:
        """Give up the picture that is under way."""
        if self._going is not None:
            self._orders.append(self._going.abort)
            # A picture that had this number before is gone, too.
            self._there.pop(self._going.key, None)
            self._going, self._next = None, None

    def take(self, room: int) -> str:
        """What to write next, in at most so many bytes, as whole sequences."""
        taken = "".join(self._orders)
        self._given.extend(self._orders)
        self._orders.clear()
        while self._next is not None and len(taken) + len(self._next) <= room:
            taken += self._next
            self._advance()
        return taken

    def arrived(self) -> bool:
        """All that was taken has been written: whoever waits for a whole picture is told; whether one is ready now."""
        if self._going is None or self._next is not None:
            return False
        transfer, self._going = self._going, None
        self._ready.add(transfer.key)
        self._there[transfer.key] = transfer
        while len(self._there) > KEPT:
            key, old = self._there.popitem(last=False)
            self._ready.discard(key)
            self._orders.append(old.free)
        self._done(transfer)
        return True

    def shown(self, key: int) -> Transfer | None:
        """The picture that the screen wants drawn, if it is ready for that; else it is sent once more."""
        transfer = self._there.get(key)
        if transfer is None or self._going is not None:
            return None
        if key in self._ready:
            return transfer
        self._begin(transfer, _nobody)
        return None

    def drawn(self, key: int) -> None:
        """It was drawn, and what drew it is used up, unless the terminal keeps the picture itself."""
        if self._there[key].protocol != "kitty":
            self._ready.discard(key)

    def leave(self) -> str:
        """What ends and frees everything, and the last orders once more: they may have been lost on their way."""
        self.stop()
        farewell = "".join((*self._orders, *self._given, *(transfer.free for transfer in self._there.values())))
        self.forget()
        return farewell

    def forget(self) -> None:
        """The terminal was left, or another took its place: nothing is there."""
        self._orders.clear()
        self._given.clear()
        self._there.clear()
        self._ready.clear()
        self._going, self._next = None, None

    def _begin(self, transfer: Transfer, done: Callable[[Transfer], object]) -> None:
        self._going, self._done = transfer, done
        self._pieces = iter(transfer.pieces)
        self._advance()

    def _advance(self) -> None:
        self._next = next(self._pieces, None)
