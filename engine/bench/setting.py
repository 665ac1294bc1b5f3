"""What a measurement is made with: workers, peers, sizes, repetitions and pictures at hand. Measures nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.bench.comparison import Depth, Pixels
from engine.bench.copying import Copier
from engine.bench.picture import photograph
from engine.bench.timing import ROUNDS

KEPT = 3
"""Pictures held at a time."""


@dataclass(slots=True)
class Setting:
    """One run of the benchmark."""

    workers: int
    peers: dict[str, str] = field(default_factory=dict)
    """Titles of the libraries to compare with, by module; none without --peers."""
    megapixels: float = 24.0
    fewer: float = 2.0
    """Megapixels for work that would take longer than `slow`."""
    crop: float = 0.06
    """Megapixels on which errors are found."""
    slow: float = 5.0
    """Seconds."""
    rounds: int = ROUNDS
    _pictures: dict[tuple[float, Depth], Pixels] = field(default_factory=dict)
    _copier: Copier | None = None

    def picture(self, megapixels: float, depth: Depth) -> Pixels:
        """A picture of that size; the last few are kept."""
        wanted = (megapixels, depth)
        if wanted not in self._pictures:
            if len(self._pictures) >= KEPT:
                del self._pictures[next(iter(self._pictures))]
            self._pictures[wanted] = photograph(megapixels, depth)
        return self._pictures[wanted]

    @property
    def copier(self) -> Copier:
        """Threads that copy."""
        if self._copier is None:
            self._copier = Copier(self.workers)
        return self._copier

    def close(self) -> None:
        """Lets threads and pictures go."""
        self._pictures.clear()
        if self._copier is not None:
            self._copier.close()
            self._copier = None
