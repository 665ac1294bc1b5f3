"""Pictures decoded before their turn, within bounds: what a thread does while another has the kernels loaded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.files.decode import Decoded

MOST_BYTES = 256 << 20
"""Of pixels kept; the last picture may go beyond."""


class Ahead:
    """The pictures, by number of their file. Who calls holds the crew's lock."""

    def __init__(self) -> None:
        self._kept: dict[int, Decoded | None] = {}
        """None while it is being decoded, and for a file that cannot be: it is told of in its turn."""

    def choose(self, waiting: Iterable[int]) -> int | None:
        """A file to decode, which nobody else is given then; None when there is none or no room."""
        if sum(each.image.pixels.nbytes for each in self._kept.values() if each is not None) >= MOST_BYTES:
            return None
        index = next((index for index in waiting if index not in self._kept), None)
        if index is not None:
            self._kept[index] = None
        return index

    def keep(self, index: int, decoded: Decoded | None) -> None:
        """Until its turn, unless that has come meanwhile."""
        if index in self._kept:
            self._kept[index] = decoded

    def take(self, index: int) -> Decoded | None:
        """The picture, if it is there; from now on it is its taker's."""
        return self._kept.pop(index, None)
