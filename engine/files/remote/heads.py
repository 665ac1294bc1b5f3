"""The beginnings of pictures on other machines, where their headers and thumbnails are: fetched a few at a time."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from engine.files.remote.fetched import fetch
from engine.files.remote.listing import look_lately
from engine.files.remote.url import absolute

if TYPE_CHECKING:
    from engine.files.edition import Edition

FIRST = 128 << 10
"""Bytes that are asked for at first: EXIF data with its thumbnail takes at most 64 kB of a JPEG's beginning."""
KEPT = 400
"""Beginnings that stay, 50 MB: rows and thumbnails that are looked at again."""
AT_ONCE = 6


class Heads:
    """For any thread. What two want at once is fetched once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, Edition], Future[bytes]] = OrderedDict()
        self._ahead = ThreadPoolExecutor(AT_ONCE, "heads")

    def expect(self, url: str) -> None:
        """Have one come in the background; what is wrong with it is told to who asks for it."""
        self._ahead.submit(self._come, absolute(url))

    def get(self, url: str, edition: Edition) -> bytes:
        """That of a file of this edition; ImageError, FileNotFoundError."""
        coming, fill = self._claimed(url, edition)
        if fill is not None:
            fill()
        return coming.result()

    def _come(self, url: str) -> None:
        try:
            edition = look_lately(url)
            if edition is not None:
                self.get(url, edition)
        except Exception:  # noqa: BLE001 - it is told of when it is asked for
            return

    def _claimed(self, url: str, edition: Edition) -> tuple[Future[bytes], Callable[[], None] | None]:
        """The one that is there or on its way; or a new one, and what brings it."""
        key = absolute(url), edition
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key], None
            coming = self._known[key] = Future[bytes]()
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return coming, functools.partial(self._fill, key, coming)

    def _fill(self, key: tuple[str, Edition], coming: Future[bytes]) -> None:
        try:
            coming.set_result(fetch(key[0], 0, min(FIRST, key[1].size)))
        except BaseException as error:  # noqa: BLE001 - raised again by who waits for it
            with self._lock:
                self._known.pop(key, None)
            coming.set_exception(error)


@functools.cache
def heads() -> Heads:
    """Those of this process."""
    return Heads()
