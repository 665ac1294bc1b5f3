"""A race with fixed figures, and one who tells of it: for tests that look at the screen alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tui.heats import Heat, Page, Piece, Race, Result, Stand

STEPS = ("exposure and gamma", "Gaussian blur", "Fibonacci", "wait")
NAMES = ("threads-python", "threads-numba-nogil", "native-ctypes", "processes-pickle", "free-threaded")
TURNS = ("RRRRRRGGGGGGRRRRRRGGGGGG" * 4, "GGGGGGRRRRRRGGGGGGRRRRRR" * 4)
FREE = ("R" * 96, "RRRRRRRRCCRRRRRRRRRRRR··" * 4)


def heat(name: str, title: str, lanes: tuple[str, ...], speed_up: float, columns: int) -> Heat:
    """One that is done."""
    cut = tuple(lane[:columns] for lane in lanes)
    said = "taking turns" if "G" in lanes[0] else "side by side"
    reason = f"×{speed_up:.2f} (0.97 to 2.01) with 2 workers in the {{}}: {said}."
    waits = tuple("I" * columns for _ in lanes)
    pieces = (
        *(Piece(step, cut, said, f"×{speed_up:.2f}") for step in STEPS[:3]),
        Piece(STEPS[3], waits, "waiting together", "×1.99"),
    )
    results = tuple(
        Result(step, (speed_up, speed_up - 0.04, speed_up + 0.05), "40.1 Mpx/s", reason.format(step)) for step in STEPS
    )
    costs = "CPU 0.25 0.26 s   none serialised   ready in 412 ms   181 MB of memory"
    return Heat(name, title, "One line.", Stand.DONE, 5, pieces, results, costs)


def race(columns: int, workers: int = 2) -> Race:
    """Two that are done, one that runs, one whose turn comes, one that is missing."""
    more = (FREE[0],) * (workers - 2)
    done = (
        heat("threads-python", "threads, pure Python", (*TURNS, *more), 0.99, columns),
        heat("threads-numba-nogil", "threads, Numba without the GIL", (*FREE, *more), 1.96, columns),
    )
    half = tuple(replace(each, lanes=tuple(lane[: columns // 2] for lane in each.lanes)) for each in done[1].pieces[:2])
    return Race(
        (
            *done,
            Heat("native-ctypes", "threads, ctypes", "A native function by its address.", Stand.RUNS, 2, half),
            Heat("processes-pickle", "processes, pickled arrays", "A Python for each core."),
            Heat("free-threaded", "threads, free-threaded Python", "", Stand.MISSING, problem="This Python has a GIL."),
        ),
        5,
        workers,
    )


class Told:
    """Tells the race at once and whenever another number of cells has room; does nothing."""

    thickest = 5

    def __init__(self, workers: int = 2) -> None:
        self.workers, self.columns, self.stopped = workers, 16, False
        self._then: Callable[[Race], None] = lambda _race: None

    def begin(self, names: tuple[str, ...], then: Callable[[Race], None]) -> None:
        self._then = then
        then(race(self.columns, self.workers))

    def stop(self) -> None:
        self.stopped = True
        self._then(replace(race(self.columns, self.workers), over=True))

    def fit(self, columns: int, lines: int) -> None:
        self.columns = columns
        self._then(race(columns, self.workers))

    def save(self, then: Callable[[str], None]) -> None:
        then("The picture is /photos/safelight-lab-1.svg.")

    def page(self, name: str, then: Callable[[Page], None]) -> None:
        code = (
            'def tone(source: Any) -> None:\n    """Look up."""\n    for place in range(len(source)):\n        pass\n'
        )
        story = ("One line.", "There are as many threads as cores. " * 6)
        then(Page(f"the page of {name}", story, "It cannot run here.", (("engine.lab.tone", "python", code),)))
