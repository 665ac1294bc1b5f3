"""A picture developed anew as exposure and gamma change, by any strategy: for a preview. It draws nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from engine.lab.job import Job, Step, exposure_gamma

if TYPE_CHECKING:
    from engine.lab.job import Bytes
    from engine.lab.strategy import Strategy


@dataclass(frozen=True, slots=True)
class Developed:
    """What came of it."""

    pixels: Bytes
    """H x W x 3, a copy that nobody else changes."""
    seconds: float
    """From the order until all workers had done their bands; copies before and after are not in it."""


class Tray:
    """A strategy's workers, kept until it is closed. Every call waits: make none of them on an event loop."""

    def __init__(self, strategy: Strategy, workers: int) -> None:
        """SafelightError with the strategy's sentence when it cannot run here."""
        if problem := strategy.missing():
            raise SafelightError(problem)
        self._team = strategy.open(strategy.workers(workers), None)

    def develop(self, pixels: Bytes, stops: float = 0.0, gamma: float = 1.0, *, blur: bool = False) -> Developed:
        """H x W x 3 of 8 bits after exposure and gamma, and a Gaussian; SafelightError when a worker fails."""
        self._team.load(Job(pixels, exposure_gamma(stops, gamma)))
        began = time.perf_counter()
        self._team.run(Step.TONE)
        if blur:
            self._team.run(Step.BLUR)
        seconds = time.perf_counter() - began
        room = self._team.room
        made = room.blurred if blur else room.toned
        return Developed(made.reshape(pixels.shape).copy(), seconds)

    def close(self) -> None:
        """Let the workers go."""
        self._team.close()
