"""Interpreters with a GIL of their own in this process, and the station that works in one of them."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

from engine.lab.code.binding import Bound
from engine.lab.job import Step
from engine.lab.lane import Moved
from engine.lab.teams.station import own_lane

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.lab.job import Bytes
    from engine.lab.room import Room
    from engine.lab.teams.shared import Shared


def interpreter() -> tuple[Callable[[str], object], Callable[[], object]]:
    """A new interpreter: what runs a text in it, in the calling thread, and what ends it."""
    if sys.version_info >= (3, 14):
        own: Any = importlib.import_module("concurrent.interpreters").create()
        return own.exec, own.close
    if sys.version_info >= (3, 13):
        module: Any = importlib.import_module("_interpreters")
        number = module.create("isolated")
    else:
        module = importlib.import_module("_xxsubinterpreters")
        number = module.create(isolated=True)

    def run(text: str) -> None:
        problem = module.run_string(number, text)
        if problem is not None:
            raise RuntimeError(getattr(problem, "formatted", problem))

    return run, lambda: module.destroy(number)


class Inside:
    """A station whose thread runs Python in an interpreter of its own."""

    def __init__(self, name: str, memory: Shared) -> None:
        self._memory = memory
        self.lane, self.moved = own_lane(name), Moved()
        self._run, self._end = interpreter()
        self._run(f"import sys; sys.path[:] = {sys.path!r}; from engine.lab.teams.looping import Looping")

    def load(self, room: Room) -> Bound:
        """Calls that run one line in the interpreter."""
        job = room.job
        words = (self._memory.path, job.pixels.shape[:2], job.table.tobytes(), job.weights, job.number, job.wait)
        self._run(f"work = Looping(*{words!r})")
        tone, blur, fibonacci, wait = (
            lambda band, step=step: self._say(f"work.{step.name.lower()}({band}, *{job.rows(band)})") for step in Step
        )
        return Bound(tone, blur, fibonacci, wait)

    def echo(self, content: Bytes) -> Bytes:
        """There and back through the shared memory, where it need not move."""
        self._say(f"{content.size}")
        return content

    def close(self) -> None:
        """The interpreter ends."""
        self._end()

    def _say(self, text: str) -> None:
        self._run(text)
        self.moved += Moved(len(text))
