"""Whole files of other machines in memory: those that were just looked at, and those that will be needed next."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict, deque
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import NamedTuple

from engine.errors import ImageError, SafelightError
from engine.files.edition import Edition
from engine.files.name import show
from engine.files.remote.giving_up import GivenUpError, check, may_be_given_up
from engine.files.remote.listing import look
from engine.files.remote.systems import asked
from engine.files.remote.url import absolute

MOST_BYTES = 256 << 20
"""What all of them may take; the newest stays, whatever it takes."""
LARGEST_AHEAD = 96 << 20
"""Bytes of a file that is fetched before anybody has asked for it."""
PIECE, PIECES = 1 << 20, 3
"""Bytes of a part of a file that may be given up meanwhile, and how many of them are on their way."""
PATIENCE = 0.1
"""Seconds between two looks whether it is still wanted."""
AT_ONCE = 8
"""Files that come at the same time without being asked for."""


class Held(NamedTuple):
    """A file in memory."""

    data: bytes
    edition: Edition


class Fetched:
    """For any thread. What two want at once is fetched once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: OrderedDict[str, Future[Held]] = OrderedDict()
        self._ahead = ThreadPoolExecutor(AT_ONCE, "fetch")

    def expect(self, url: str) -> None:
        """Have a file come in the background; whatever is wrong with it is told to who asks for it in its turn."""
        whole, coming = absolute(url), Future[Held]()
        with self._lock:
            if whole in self._files:
                return
            self._files[whole] = coming
        self._ahead.submit(self._fill, whole, coming, ahead=True, sure=True)

    def find(self, url: str) -> Held | None:
        """A file that is here, or on its way; None otherwise, or where it came to nothing."""
        whole = absolute(url)
        with self._lock:
            coming = self._files.get(whole)
        if coming is None:
            return None
        try:
            return _awaited(coming)
        except GivenUpError:
            check()
            return None
        except (SafelightError, OSError):
            self.drop(url)
            return None

    def get(self, url: str, edition: Edition, *, sure: bool = False) -> Held:
        """A file of that edition, fetched unless it is here; ImageError, FileNotFoundError.

        With `sure` it is looked at once more afterwards, as somebody may write it meanwhile.
        """
        found = self.find(url)
        if found is not None and found.edition == edition:
            return found
        whole, coming = absolute(url), Future[Held]()
        with self._lock:
            self._files[whole] = coming
        self._fill(whole, coming, edition, sure=sure)
        return coming.result()

    def drop(self, url: str) -> None:
        """Nobody needs it any more."""
        with self._lock:
            self._files.pop(absolute(url), None)

    def _fill(
        self, url: str, coming: Future[Held], edition: Edition | None = None, *, ahead: bool = False, sure: bool
    ) -> None:
        try:
            edition = edition or look(url)
            if edition is None or (ahead and edition.size > LARGEST_AHEAD):
                raise FileNotFoundError(url)
            held = Held(_all(url, edition.size), edition)
            if len(held.data) != edition.size or (sure and look(url) != edition):
                raise ImageError(f"{show(url)} was changed while it was being read: begin again when it is complete.")
        except BaseException as error:  # noqa: BLE001 - raised again by who waits for it
            with self._lock:
                if self._files.get(url) is coming:
                    del self._files[url]
            coming.set_exception(error)
            return
        coming.set_result(held)
        self._thin()

    def _thin(self) -> None:
        with self._lock:
            here = [(url, each.result()) for url, each in self._files.items() if each.done() and not each.exception()]
            taken = sum(len(held.data) for _, held in here)
            for url, held in here[:-1]:
                if taken <= MOST_BYTES:
                    break
                del self._files[url]
                taken -= len(held.data)


def _awaited(coming: Future[Held]) -> Held:
    """What comes for somebody else as well; GivenUpError where it is not wanted any more, here or there."""
    while may_be_given_up() and not coming.done():
        check()
        wait((coming,), PATIENCE)
    return coming.result()


def _all(url: str, size: int) -> bytes:
    """A file, in one request; in pieces where it may be given up meanwhile."""
    if size <= PIECE or not may_be_given_up():
        return fetch(url, 0, size)
    pieces = [(start, min(start + PIECE, size)) for start in range(0, size, PIECE)]
    coming = deque[Future[bytes]]()
    data = list[bytes]()
    try:
        while coming or pieces:
            check()
            while pieces and len(coming) < PIECES:
                coming.append(_pieces().submit(fetch, url, *pieces.pop(0)))
            data.append(coming.popleft().result())
    finally:
        for each in coming:
            each.cancel()
    return b"".join(data)


@functools.cache
def _pieces() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(2 * PIECES, "pieces")


@functools.cache
def fetched() -> Fetched:
    """Those of this process."""
    return Fetched()


def fetch(url: str, start: int, end: int) -> bytes:
    """Some bytes of a file, as they are now; ImageError, FileNotFoundError."""
    return asked(url, lambda system, path: system.read(path, start, end))
