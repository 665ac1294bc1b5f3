"""Strategies of the lab run one after another in processes of their own, watched while they run. It holds no widget."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.errors import SafelightError
from tui.bridge.lab_words import costs, page_of, pieces, results
from tui.heats import Heat, Page, Race, Stand
from tui.io import Desk

if TYPE_CHECKING:
    from engine.lab.measuring.measurement import Measurement
    from engine.lab.measuring.trial import Trial
    from engine.lab.watching.timeline import Timeline
    from tui.output.link import Profile

COLUMNS = 16
"""Cells of a step until it is told how many fit."""
CELL, STEPS, BUDGET = 10, 4, 3000
"""Bytes that a cell of a lane costs, the steps side by side, and the bytes a second that a line is given for them."""
LAST = 5000
"""Samples that are looked at while it runs: few runs take longer than ten seconds."""
THICKEST = 5
"""Lines of a lane where there is room for them."""
SECONDS = 0.12
"""That one worker is to take for a step, about."""
PATIENCE = 2.0
"""Seconds that leaving the app waits for the process to be gone."""
Then = Callable[[Race], None]


class Racing:
    """One race at a time, over one picture."""

    def __init__(self, desk: Desk, errands: Desk) -> None:
        """The first is busy as long as a race takes, the other writes pictures and pages meanwhile."""
        self._desk, self._errands = desk, errands
        self._path, self._profile = "", None  # type: tuple[str, Profile | None]
        self._stop, self._gone = threading.Event(), threading.Event()
        self._gone.set()
        self._columns, self._lines = COLUMNS, 1
        self._heats: dict[str, Heat] = {}
        self._found: dict[str, tuple[Measurement | None, Timeline | None]] = {}
        self._race = Race((), 0, 0)

    def on(self, path: str, profile: Profile) -> Racing:
        """This picture, over such a line."""
        self._path, self._profile = path, profile
        return self

    @property
    def thickest(self) -> int:
        """Lines of a lane: each has its price where bytes count."""
        return THICKEST if self._profile is not None and self._profile.name == "local" else 1

    def begin(self, names: tuple[str, ...], then: Then) -> None:
        """Run these strategies one after another; `then` is given the race again and again, until it is over."""
        self.stop()
        self._stop = stop = threading.Event()
        self._then = then
        self._desk.ask("race", lambda: self._raced(names, stop), then)

    def stop(self) -> None:
        """End what runs and begin nothing more."""
        self._stop.set()

    def fit(self, columns: int, lines: int) -> None:
        """So many cells are there for each step, in so many lines."""
        self._lines = lines
        if columns != self._columns:
            self._columns = columns
            if self._race.over:
                self._errands.ask("fit", lambda: [self._drawn_anew()], self._then)

    def save(self, then: Callable[[str], None]) -> None:
        """Draw what was measured into an SVG file; answers with where it is, or why it is not."""
        measured = [measurement for measurement, _ in self._found.values() if measurement and measurement.timeline]
        self._errands.ask("save", lambda: [_saved(measured)], then)

    def page(self, name: str, then: Callable[[Page], None]) -> None:
        """The page of a strategy, later."""
        self._errands.ask("page", lambda: [page_of(name)], then)

    def collect(self) -> None:
        """Take what the threads have ready."""
        self._desk.collect()
        self._errands.collect()

    def close(self) -> None:
        """Leave no process behind."""
        self.stop()
        self._desk.close()
        self._errands.close()
        self._gone.wait(PATIENCE)

    def _raced(self, names: tuple[str, ...], stop: threading.Event) -> Iterator[Race]:
        from engine.lab.measuring.setting import Setting
        from engine.lab.measuring.trial import Trial
        from engine.lab.picture import picture_of
        from engine.lab.strategies import find
        from engine.run.cpu import available_workers

        setting = Setting(max(2, available_workers()), seconds=SECONDS)
        chosen = [find(name) for name in names]
        self._found = {}
        self._heats = {each.name: Heat(each.name, each.title, each.summary) for each in chosen}
        self._race = Race((), setting.runs, setting.workers)
        yield self._now()
        try:
            picture = picture_of(self._path)
        except SafelightError as error:
            yield self._now(over=True, problem=str(error))
            return
        self._gone.clear()
        try:
            for strategy in chosen:
                if stop.is_set():
                    break
                try:
                    trial = Trial(strategy, setting, picture)
                except OSError as error:
                    why = f"{strategy.title} could not be started: {error.strerror or error}."
                    self._heats[strategy.name] = replace(self._heats[strategy.name], stand=Stand.MISSING, problem=why)
                    continue
                try:
                    yield from self._watched(trial, strategy.name, stop)
                finally:
                    trial.cancel()
        finally:
            self._gone.set()
        yield self._now(over=True)

    def _watched(self, trial: Trial, name: str, stop: threading.Event) -> Iterator[Race]:
        """What is seen of one while it runs, then what came of it."""
        self._heats[name] = heat = replace(self._heats[name], stand=Stand.RUNS)
        yield self._now()
        while not trial.over and not stop.wait(self._interval()):
            line = trial.timeline(LAST) or self._found.get(name, (None, None))[1]
            self._found[name] = None, line
            seen = replace(heat, rounds=trial.rounds, pieces=pieces(line, None, self._columns))
            if seen != self._heats[name]:
                self._heats[name] = seen
                yield self._now()
        if not trial.over:
            trial.cancel()
        measured = trial.measurement()
        if measured.problem:
            stand = Stand.CANCELLED if stop.is_set() else Stand.MISSING
            self._heats[name] = replace(self._heats[name], stand=stand, problem=measured.problem)
        else:
            self._found[name] = measured, measured.timeline
            self._heats[name] = replace(
                heat,
                stand=Stand.DONE,
                rounds=self._race.runs,
                pieces=pieces(measured.timeline, measured, self._columns),
                results=results(measured),
                costs=costs(measured),
            )
        yield self._now()

    def _interval(self) -> float:
        """Seconds until it is looked again: the more cells, the longer, where bytes count."""
        assert self._profile is not None
        paid = 0.0 if self._profile.name == "local" else CELL * STEPS * self._lines * self._columns / BUDGET
        return max(1.0 / self._profile.beats, paid)

    def _now(self, *, over: bool = False, problem: str = "") -> Race:
        self._race = replace(self._race, heats=tuple(self._heats.values()), over=over, problem=problem)
        return self._race

    def _drawn_anew(self) -> Race:
        for name, (measured, line) in self._found.items():
            self._heats[name] = replace(self._heats[name], pieces=pieces(line, measured, self._columns))
        return self._now(over=True, problem=self._race.problem)


def _saved(measured: list[Measurement]) -> str:
    """Under a name that nothing has yet, in the folder that the app was started in."""
    import os

    from engine.confinement import root
    from engine.files.name import show
    from engine.files.write import write_new
    from engine.lab.drawing.lanes import lanes_svg

    if not measured:
        return "There is nothing to draw yet: wait for the first that is done."
    number = 1
    while os.path.lexists(path := os.path.join(root() or os.getcwd(), f"safelight-lab-{number}.svg")):
        number += 1
    try:
        write_new(path, lanes_svg(measured).encode())
    except SafelightError as error:
        return str(error)
    return f"The picture is {show(path)}."
