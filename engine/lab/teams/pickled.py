"""Arrays sent to processes and back as bytes: the station that sends, and the attendant that computes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from engine.lab.code import arrays, plain
from engine.lab.code.binding import Bound
from engine.lab.lane import Moved
from engine.lab.teams.process import Behind

if TYPE_CHECKING:
    from engine.lab.job import Bytes
    from engine.lab.room import Room


class Visitor:
    """Gets arrays, gives arrays, keeps nothing."""

    def tone(self, rows: Bytes, table: Bytes) -> Bytes:
        """Rows of the picture through the table."""
        result = np.empty_like(rows)
        arrays.tone(rows, result, table)
        return result

    def blur(self, rows: Bytes, weights: tuple[int, ...]) -> Bytes:
        """Rows with those that the weights reach above and below, as so many less."""
        result = np.empty((len(rows) - len(weights) + 1, *rows.shape[1:]), np.uint8)
        arrays.blur(rows, result, weights)
        return result

    def fibonacci(self, number: int) -> int:
        """In Python."""
        return plain.fibonacci(number)

    def wait(self, seconds: float) -> None:
        """For nothing."""
        time.sleep(seconds)

    def echo(self, content: Bytes) -> Bytes:
        """The same again."""
        return content


class Pickling:
    """A station whose work is done in another process, on copies."""

    def __init__(self, name: str) -> None:
        self._behind = Behind(name, f"{__name__}:{Visitor.__name__}")
        self.lane = self._behind.lane
        self._ask = self._behind.correspondence.ask

    @property
    def moved(self) -> Moved:
        """What was sent and got."""
        return self._behind.correspondence.moved

    def load(self, room: Room) -> Bound:
        """Calls that send what a band needs and put what comes back into the room."""
        job = room.job
        source, toned, blurred = (each.reshape(job.pixels.shape) for each in (room.source, room.toned, room.blurred))

        def tone_band(band: int) -> None:
            first, last = job.rows(band)
            toned[first:last] = self._ask("tone", source[first:last], job.table)

        def blur_band(band: int) -> None:
            first, last = job.rows(band)
            halo = arrays.with_halo(toned, first, last, len(job.weights) // 2)
            blurred[first:last] = self._ask("blur", halo, job.weights)

        def fibonacci_band(band: int) -> None:
            room.numbers[band] = self._ask("fibonacci", job.number)

        return Bound(tone_band, blur_band, fibonacci_band, lambda _: self._ask("wait", job.wait))

    def echo(self, content: Bytes) -> Bytes:
        """There and back as bytes."""
        answer: Bytes = self._ask("echo", content)
        return answer

    def close(self) -> None:
        """The process ends."""
        self._behind.close()
