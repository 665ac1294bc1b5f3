"""A job's steps bound to the memory they work on: what a worker calls, band after band. It starts no worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from engine.lab.code import plain
from engine.lab.job import Step

if TYPE_CHECKING:
    from engine.lab.room import Room


@dataclass(frozen=True, slots=True)
class Bound:
    """What does the work on bands of one room; each call may come from any thread."""

    tone: Callable[[int], object]
    blur: Callable[[int], object]
    fibonacci: Callable[[int], object]
    wait: Callable[[int], object]

    def of(self, step: Step) -> Callable[[int], object]:
        """What does that step to a band."""
        return (self.tone, self.blur, self.fibonacci, self.wait)[step - 1]


Binder: TypeAlias = "Callable[[Room], Bound]"
"""Makes the calls for a room."""


def bound_loops(tone: Any, blur: Any, fibonacci: Any) -> Binder:
    """The calls for functions like those of `plain`, on NumPy's flat arrays."""
    from time import sleep

    def bind(room: Room) -> Bound:
        job = room.job
        size, line = job.pixels.shape[:2], job.line
        weights = np.array(job.weights, np.int64)

        def tone_band(band: int) -> None:
            first, last = job.rows(band)
            tone(room.source, room.toned, job.table, first * line, last * line)

        def blur_band(band: int) -> None:
            row = np.empty(line, np.int64)
            blur(room.toned, room.blurred, weights, row, size, *job.rows(band))

        def fibonacci_band(band: int) -> None:
            room.numbers[band] = fibonacci(job.number)

        return Bound(tone_band, blur_band, fibonacci_band, lambda _: sleep(job.wait))

    return bind


def bind_plain(room: Room) -> Bound:
    """The loops in Python: on views and lists, whose items Python reads three times as fast as an array's."""
    job = room.job
    source, toned, blurred = (memoryview(each.data) for each in (room.source, room.toned, room.blurred))
    table, size, line = job.table.tobytes(), job.pixels.shape[:2], job.line

    def tone_band(band: int) -> None:
        first, last = job.rows(band)
        plain.tone(source, toned, table, first * line, last * line)

    def blur_band(band: int) -> None:
        plain.blur(toned, blurred, job.weights, [0] * line, size, *job.rows(band))

    loops = bound_loops(None, None, plain.fibonacci)(room)
    return Bound(tone_band, blur_band, loops.fibonacci, loops.wait)
