"""One number over time in braille dots, written round like an oscilloscope: the pen moves, nothing scrolls."""

import math
from collections import deque

DOTS = ((0x40, 0x04, 0x02, 0x01), (0x80, 0x20, 0x10, 0x08))
"""The bits of a braille cell's two columns, from the lowest dot up."""
LEFT, RIGHT = (tuple(sum(dots[:high]) for high in range(5)) for dots in DOTS)
"""And of so many dots of each."""
BLANK = 0x2800


def ceiling(value: float) -> float:
    """The next round number, 1, 2 or 5 times a power of ten, that is not below the value; at least 1."""
    if value <= 1.0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= value * 0.999)


class RoundPlot:
    """The last samples, as many as two for each column."""

    def __init__(self, keep: int = 1024) -> None:
        self._samples: deque[float] = deque(maxlen=keep)
        self._count = 0
        self._drawn: tuple[tuple[int, int, int], list[str]] = (0, 0, 0), []
        """As it was drawn last, and of how many samples, how wide and how high."""

    def add(self, value: float) -> None:
        """One more sample."""
        self._samples.append(max(0.0, value))
        self._count += 1

    def clear(self) -> None:
        """Forget everything."""
        self._samples.clear()
        self._count, self._drawn = 0, ((0, 0, 0), [])

    def _window(self, width: int) -> list[float | None]:
        """Two samples for each column, None where there is none yet and in the gap before the pen."""
        slots: list[float | None] = [None] * (2 * width)
        recent = list(self._samples)[-(2 * width - 2) :]
        for back, value in enumerate(reversed(recent)):
            slots[(self._count - 1 - back) % (2 * width)] = value
        return slots

    def top(self, width: int) -> float:
        """The number at the upper edge."""
        return ceiling(max((value for value in self._window(width) if value is not None), default=0.0))

    def draw(self, width: int, height: int) -> list[str]:
        """`height` lines of `width` braille characters, the highest first."""
        asked = self._count, width, height
        if self._drawn[0] != asked:
            self._drawn = asked, self._lines(width, height)
        return self._drawn[1]

    def _lines(self, width: int, height: int) -> list[str]:
        top, slots = self.top(width), self._window(width)
        dots = [0 if value is None else max(1, round(value / top * height * 4)) for value in slots]
        pairs = list(zip(dots[::2], dots[1::2], strict=True))
        return [
            "".join(
                chr(BLANK | LEFT[min(max(left - below, 0), 4)] | RIGHT[min(max(right - below, 0), 4)])
                for left, right in pairs
            )
            for below in range(4 * height - 4, -1, -4)
        ]
