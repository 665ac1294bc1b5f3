"""A thread that has the pictures at hand which are likely to be looked at next. It knows no stack."""

from __future__ import annotations

import contextlib
import threading
from functools import partial
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from engine.files.remote.giving_up import until

if TYPE_CHECKING:
    from engine.filter import Size
    from engine.run.proxies import Proxies

SETTLING, RESTING = 0.05, 0.3
"""Seconds without another wish before a picture is prepared, coarse or sharp: decoding one cannot be broken off."""


class Neighbours:
    """First all of them as quickly as they can be had, and then sharp, when nobody goes on."""

    def __init__(self, proxies: Proxies) -> None:
        self._proxies = proxies
        self._news = threading.Condition()
        self._wanted: tuple[tuple[str, ...], Size] = (), (0, 0)
        self._changed = self._closed = False
        self._shown = ""
        self._thread: threading.Thread | None = None

    def want(self, paths: tuple[str, ...], place: Size, shown: str = "") -> None:
        """Prepare these, to fit into height x width, instead of those wanted before. Returns at once.

        What is coming from another machine is given up then, unless it is what is `shown` now.
        """
        with self._news:
            self._wanted, self._changed, self._shown = (paths, place), True, shown
            self._news.notify_all()
        if self._thread is None and paths:
            self._thread = threading.Thread(target=self._work, name="neighbours", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Prepare nothing more; the thread ends after the picture under way."""
        with self._news:
            self._closed = True
            self._news.notify_all()

    def _work(self) -> None:
        while not self._closed:
            with self._news:
                self._news.wait_for(lambda: self._changed or self._closed)
                self._changed, (paths, place) = False, self._wanted
            self._prepare(paths, place)

    def _prepare(self, paths: tuple[str, ...], place: Size) -> None:
        for coarse, rest in ((True, SETTLING), (False, RESTING)):
            for path in paths:
                with self._news:
                    if self._news.wait_for(lambda: self._changed or self._closed, rest):
                        return
                with contextlib.suppress(SafelightError), until(partial(self._left, path)):
                    self._proxies.get(path, place, coarse=coarse)

    def _left(self, path: str) -> bool:
        return self._closed or (self._changed and self._shown != path)
