"""A crew whose files come while it works, some at a time. What a file goes through is the crew's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from engine.job import Event, Task, Verb
from engine.run.crew import Crew
from engine.telemetry import Board

if TYPE_CHECKING:
    from engine.batch.specification import Specification

TO_COME = -1
"""Stands for all files still to come: while it is under way, threads without work wait instead of ending."""


class Fed(Crew):
    """As a Crew; ends when it is told that nothing comes any more, or to drain or cancel."""

    def __init__(self, specification: Specification, workers: int, board: Board, emit: Callable[[Event], None]) -> None:
        self._files: dict[int, Task] = {}
        super().__init__(specification, self._files, workers, board, emit)
        self._under_way.add(TO_COME)

    def feed(self, files: Iterable[tuple[int, Task]]) -> None:
        """More files, with their numbers, behind those that wait."""
        with self._changed:
            for index, task in files:
                self._files[index] = task
                self._waiting.append(index)
            self._changed.notify_all()

    def forget(self, index: int) -> None:
        """A file is over, and nobody asks for it again."""
        self._files.pop(index, None)

    def end(self) -> None:
        """Nothing comes any more."""
        with self._changed:
            self._under_way.discard(TO_COME)
            self._changed.notify_all()

    def ask(self, verb: Verb) -> None:
        """As a crew; told to drain, it waits for nothing more."""
        super().ask(verb)
        if verb is Verb.DRAIN:
            self.end()

    @property
    def dry(self) -> bool:
        """Whether no file waits and none is under way."""
        return not self._waiting and self._under_way <= {TO_COME}
