"""What is drawn of many things that change all the time: some at a time, as a line to a terminal has little room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from engine.telemetry import Snapshot

MOST, PERIOD = 20, 1.0
"""Things that are drawn anew at a time, and seconds of the batch for which one of more than these stays as it is."""

Key = TypeVar("Key", str, int)
Thing = TypeVar("Thing")


class Turns(Generic[Key, Thing]):
    """Of one batch at a time. It has no clock."""

    def __init__(self) -> None:
        self.shown: dict[Key, tuple[float, Thing]] = {}
        """With the second of the batch at which each was taken."""

    def take(self, now: Mapping[Key, Thing], snapshot: Snapshot) -> None:
        """These have room: new ones are shown at once, of the others those that stood longest."""
        seconds = snapshot.seconds
        known = {} if snapshot.state.over or len(now) <= MOST else self.shown
        self.shown = {key: known.get(key, (seconds, thing)) for key, thing in now.items()}
        due = sorted((when, key) for key, (when, _) in self.shown.items() if abs(seconds - when) >= PERIOD)
        for _, key in due[:MOST]:
            self.shown[key] = seconds, now[key]
