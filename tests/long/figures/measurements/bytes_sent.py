"""What leaves for the terminal: at the start, for an arrow key, and when nothing happens."""

import tempfile
import time
from pathlib import Path

from tests.long.figures.driving import add_filter
from tests.long.figures.figure import Figure
from tests.long.figures.photographs import IMAGES, specks
from tests.long.figures.terminal import APP, Session, environment

ROUNDS = 3
DOWN = "\x1b[B"
PRESSES = 120
"""Of the arrow key: the list scrolls half a page every twenty of them."""
FILES = 200
QUIET = 2.0
"""Seconds of silence after which a start is over."""
IDLE = 10.0


def measure(rounds: int) -> list[Figure]:
    """Bytes read from the terminal's other end; each figure is its worst value."""
    with tempfile.TemporaryDirectory(prefix="safelight-figures-") as scratch:
        folder = specks(Path(scratch, "roll"), FILES)
        rolls = [browsing(folder) for _ in range(rounds)]
    return [
        sent("Start, without the picture", 15_000, [start for start, _, _ in rolls]),
        sent("Arrow key in the list, without the picture", 500, [key for _, keys, _ in rolls for key in keys]),
        sent(f"The same, mean of {PRESSES} that scroll the list", 500, [mean for _, _, mean in rolls]),
        sent(f"Idle for {IDLE:.0f} s with a filtered picture", 0, [idling() for _ in range(rounds)]),
    ]


def sent(name: str, limit: int, values: list[int]) -> Figure:
    """A figure in bytes."""
    return Figure(name=name, unit="bytes", bound="at most", limit=limit, values=tuple(values), judged="worst")


def browsing(folder: Path) -> tuple[int, list[int], int]:
    """Bytes of the start; of each arrow key that scrolls nothing, with all that follows; of all keys in the mean."""
    with Session([*APP, str(folder)], environment()) as session:
        session.wait(lambda: session.shows("1 × 1"))
        session.settle(QUIET)
        start, first = session.taken, session.text()[2]
        still: list[int] = []
        whole = 0
        for _ in range(PRESSES):
            before = session.taken
            session.type(DOWN)
            session.wait(lambda: True)
            session.settle(0.15)
            whole += session.taken - before
            if session.text()[2] == first:
                still.append(session.taken - before)
            first = session.text()[2]
    return start, still, whole // PRESSES


def idling() -> int:
    """Bytes of a while in which nobody does anything."""
    with Session([*APP, str(IMAGES)], environment()) as session:
        session.wait(lambda: session.shows("astronaut.png"))
        add_filter(session, "sobel")
        session.settle(QUIET)
        before = session.taken
        began = time.monotonic()
        while (left := began + IDLE - time.monotonic()) > 0:
            session.settle(left)
        return session.taken - before
