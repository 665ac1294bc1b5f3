"""The steps over whole arrays: NumPy's loops run in C and let go of the GIL, all between them holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.lab.code import plain
from engine.lab.code.binding import Bound, bound_loops

if TYPE_CHECKING:
    from engine.lab.job import Bytes
    from engine.lab.room import Room


def tone(source: Bytes, target: Bytes, table: Bytes) -> None:
    """Look up all samples in a table of 256."""
    np.take(table, source, out=target, mode="clip")


def blur(source: Bytes, target: Bytes, weights: tuple[int, ...]) -> None:
    """Gaussian of whole weights; `source` has as many more rows than `target` above and below as weights reach."""
    rows, width = target.shape[:2]
    down = np.zeros((rows, *source.shape[1:]), np.uint32)
    for tap, weight in enumerate(weights):
        down += source[tap : tap + rows] * np.uint32(weight)
    reach = len(weights) // 2
    wide = np.pad(down, ((0, 0), (reach, reach), (0, 0)), "edge")
    total = np.full_like(down, sum(weights) ** 2 // 2)
    for tap, weight in enumerate(weights):
        total += wide[:, tap : tap + width] * np.uint32(weight)
    target[...] = total // sum(weights) ** 2


def with_halo(picture: Bytes, first: int, last: int, reach: int) -> Bytes:
    """Rows of H x W x 3 with as many more above and below; the border's are repeated."""
    rows = np.arange(first - reach, last + reach)
    found: Bytes = picture[np.clip(rows, 0, len(picture) - 1)]
    return found


def bind(room: Room) -> Bound:
    """The calls for a room. Arrays cannot recurse, so that Fibonacci is left to Python."""
    job = room.job
    shape = job.pixels.shape
    source, toned, blurred = (each.reshape(shape) for each in (room.source, room.toned, room.blurred))

    def tone_band(band: int) -> None:
        first, last = job.rows(band)
        tone(source[first:last], toned[first:last], job.table)

    def blur_band(band: int) -> None:
        first, last = job.rows(band)
        blur(with_halo(toned, first, last, len(job.weights) // 2), blurred[first:last], job.weights)

    loops = bound_loops(None, None, plain.fibonacci)(room)
    return Bound(tone_band, blur_band, loops.fibonacci, loops.wait)
