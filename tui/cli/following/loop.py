"""Follows one batch to its end: events and threads to the display, signals to the batch. It starts no batch."""

import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from engine.errors import BatchError
from engine.files.name import show
from engine.job import Event, Remark, Started, State, Summary, Verb
from engine.telemetry import Snapshot
from tui.cli.following.display import Display, Nobody
from tui.cli.following.onlooker import Onlooker
from tui.cli.following.stopping import PATIENCE, Stopping
from tui.cli.following.unwritten import summary_of
from tui.cli.printing.figures import files

PERIOD = 0.05
"""Seconds between two looks at the batch."""
ENDING = 5.0
"""Seconds that a batch may take to end once its journal is whole."""
Shown = TypeVar("Shown")


class Followed(Protocol):
    """What the engine tells of a batch and can ask of it."""

    def snapshot(self, batch: str) -> Snapshot | None:
        """Its threads now; None while it has not begun."""

    def events(self, batch: str, start: int) -> tuple[tuple[int, Event], ...]:
        """Its events from number `start` on, with their numbers."""

    def ask(self, batch: str, verb: Verb) -> None:
        """Asks; BatchError when that means nothing now."""


class Follower:
    """One batch and whoever watches it."""

    def __init__(self, engine: Followed, batch: str, display: Display, stopping: Stopping | Onlooker) -> None:
        self._engine = engine
        self._batch = batch
        self._display = display
        self._stopping = stopping
        self._position = 0
        self._under_way: dict[int, str] = {}
        self._told: set[Verb] = set()

    def follow(self) -> Summary | None:
        """Returns when the batch is over: its summary, or None when its process was killed."""
        summary: Summary | None = None
        latest = 0.0
        while True:
            snapshot = self._engine.snapshot(self._batch)
            if summary is None and (summary := self._hear()) is not None:
                latest = time.monotonic() + ENDING
            over = snapshot is not None and snapshot.state.over
            if snapshot is not None:
                self._show(self._display.snapshot, snapshot)
            # Its journal ends before it does: whoever asks next, such as `--resume`, must find it ended.
            if over or (summary is not None and time.monotonic() > latest):
                return summary or self._hear() or _unwritten(snapshot)
            self._answer()
            time.sleep(PERIOD)

    def end(self, summary: Summary) -> None:
        """Shows the last word."""
        self._show(self._display.end, summary)

    def say(self, sentence: str) -> None:
        """Tells the person something."""
        self._show(self._display.say, sentence)

    def close(self) -> None:
        """Leaves the terminal as it was."""
        self._show(lambda _: self._display.close(), None)

    def _hear(self) -> Summary | None:
        """Shows the new events; the summary if it is among them."""
        while events := self._engine.events(self._batch, self._position):
            for number, event in events:
                self._position = number + 1
                if isinstance(event, Summary):
                    return event
                self._note(event)
                self._show(self._display.event, event)
        return None

    def _note(self, event: Event) -> None:
        """Keeps which files are under way."""
        if isinstance(event, Started):
            self._under_way[event.index] = event.path
        elif not isinstance(event, Summary | Remark):
            self._under_way.pop(event.index, None)

    def _answer(self) -> None:
        """Passes on what the person asked for with signals."""
        verb = self._stopping.verb(time.monotonic())
        if verb is None:
            return
        if verb not in self._told:
            self._told.add(verb)
            self.say(self._waits_for() if verb is Verb.DRAIN else "Stopping now; the files under way are not written.")
        try:
            self._engine.ask(self._batch, verb)
        except BatchError:
            # It has not begun, and will be asked again; or it has ended, as the next look tells.
            return
        self._stopping.grant(verb)

    def _waits_for(self) -> str:
        names = ", ".join(show(path.rpartition("/")[2]) for path in self._under_way.values())
        what = f"{files(len(self._under_way))} under way ({names})" if names else "the batch to end"
        return (
            f"No new file is begun; waiting for {what}. Press Ctrl-C again to stop now, or wait {PATIENCE:.0f} seconds."
        )

    def _show(self, show_it: Callable[[Shown], None], value: Shown) -> None:
        """Shows something; when nobody reads any more, the batch is asked to end as by Ctrl-C."""
        try:
            show_it(value)
        except OSError:
            self._display = Nobody()
            self._stopping.ask()


def _unwritten(snapshot: Snapshot | None) -> Summary | None:
    return None if snapshot is None or snapshot.state is State.BROKEN else summary_of(snapshot)
