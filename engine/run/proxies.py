"""Reduced pictures that stay in memory for the next look. It knows no stack."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from engine.files.edition import edition_to_show
from engine.files.proxy import Proxy, proxy

if TYPE_CHECKING:
    from engine.files.limits import Limits
    from engine.filter import Size

KEPT = 24
"""Reduced pictures that stay: 24 of 400 x 188 pixels are 5 MB."""
MOST_BYTES = 160 << 20
"""What they may take together; the newest stays, whatever it takes. A 24-megapixel picture at full size is 72 MB."""


class Proxies:
    """The newest of them, by file and size. For any thread; what two want at once may be made twice."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[object, ...], Proxy] = OrderedDict()

    def get(self, path: str, place: Size, *, coarse: bool) -> Proxy:
        """The picture reduced to fit into height x width, from memory if the file is still the same.

        A sharp one serves for a coarse one. ImageError as for `proxy`.
        """
        height, width = place
        key = _key(path, place)
        if key is None:
            return proxy(path, width, height, self._limits, coarse=coarse)
        kept = self._found(key)
        if kept is None or (kept.coarse and not coarse):
            kept = self._keep(key, proxy(path, width, height, self._limits, coarse=coarse))
        return kept

    def _found(self, key: tuple[object, ...]) -> Proxy | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
            return kept

    def _keep(self, key: tuple[object, ...], made: Proxy) -> Proxy:
        """The one to use: a sharp one that another thread has made meanwhile is not given up for a coarse one."""
        with self._lock:
            other = self._kept.get(key)
            if other is None or other.coarse:
                self._kept[key] = made
                self._kept.move_to_end(key)
                self._thin()
                return made
            return other

    def has(self, path: str, place: Size) -> bool:
        """Whether the sharp one is in memory."""
        kept = self._found(key) if (key := _key(path, place)) else None
        return kept is not None and not kept.coarse

    def _thin(self) -> None:
        """Let the oldest go."""
        taken = sum(each.pixels.nbytes for each in self._kept.values())
        while len(self._kept) > 1 and (len(self._kept) > KEPT or taken > MOST_BYTES):
            taken -= self._kept.popitem(last=False)[1].pixels.nbytes


def _key(path: str, place: Size) -> tuple[object, ...] | None:
    found = edition_to_show(path)
    return None if found is None else (path, *found, *place)
