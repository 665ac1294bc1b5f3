"""What became of each file: counted on the Board and told to the journal, each once. It decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.files.name import show
from engine.job import Event, Failed, Finished, Remark
from engine.run.totals import count
from engine.telemetry import Board, Header

if TYPE_CHECKING:
    from engine.job import Task

ASIDE = "{} is set aside: each of {} workers that had it was killed, the last one on {}."


class Account:
    """For the thread that hears the workers."""

    def __init__(self, board: Board, tasks: tuple[Task, ...], emit: Callable[[Event], None]) -> None:
        self._board, self._tasks, self._emit = board, tasks, emit

    def tell(self, event: Event) -> None:
        """Something that counts nothing."""
        self._emit(event)

    def settle(self, outcome: Event, host: str) -> None:
        """A file is over."""
        if isinstance(outcome, Failed):
            outcome = replace(outcome, host=host)
        count(self._board, (), outcome, {})
        if isinstance(outcome, Finished):
            self._board.words[Header.CREDITED_PIXELS] += round(outcome.megapixels * 1e6)
        self._emit(outcome)

    def set_aside(self, index: int, tries: int, host: str) -> None:
        """A file that kills its workers."""
        path = self._tasks[index].source
        self.settle(Failed(index, path, ASIDE.format(show(path), tries, host)), host)

    def lost(self, worker: str, host: str, files: int) -> None:
        """A worker is gone."""
        rest = f"; its {files} {'files are' if files > 1 else 'file is'} done elsewhere" if files else ""
        self._emit(Remark(f"{worker} on {host} was lost{rest}."))
