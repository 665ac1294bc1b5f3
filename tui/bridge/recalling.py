"""The newest records of the log, read in a background thread. It writes none."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from engine.errors import SafelightError
from tui.io import Desk
from tui.notices import Noted

TAIL = 64 << 10
"""Bytes read from the end of the file."""
STAMP = "%Y-%m-%d %H:%M:%S"
LENGTH = len("2026-01-31 12:00:00,000")
ALARMS = (" WARNING ", " ERROR ", " CRITICAL ")


class Recalling:
    """Of this app's log; a file that is as it was is not read again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: tuple[tuple[int, int], tuple[Noted, ...]] = ((0, 0), ())

    def read(self, then: Callable[[tuple[Noted, ...]], None]) -> None:
        """Give the records to `then`, the oldest first; none where there is no log."""
        self._desk.ask("log", lambda: [self._read()], then)

    def _read(self) -> tuple[Noted, ...]:
        from engine.files.places import state_folder

        try:
            path = state_folder() / "logs" / "app.log"
            facts = os.stat(path)
            if (facts.st_size, facts.st_mtime_ns) != self._known[0]:
                self._known = (facts.st_size, facts.st_mtime_ns), records(_tail(path))
        except (OSError, SafelightError):
            return ()
        return self._known[1]


def _tail(path: Path) -> str:
    """The end of the file, from the beginning of a line on."""
    with open(path, "rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - TAIL, 0))
        data = file.read(TAIL)
    return (data if size <= TAIL else data.partition(b"\n")[2]).decode(errors="backslashreplace")


def records(text: str) -> tuple[Noted, ...]:
    """The records of a log's text, each with the lines that follow it, such as a traceback."""
    found: list[Noted] = []
    for line in text.splitlines():
        when = _time(line[:LENGTH])
        if when is not None:
            found.append(Noted(when, line[LENGTH + 1 :], any(each in line for each in ALARMS), logged=True))
        elif found:
            found[-1] = found[-1]._replace(text=f"{found[-1].text}\n{line}")
    return tuple(found)


def _time(stamp: str) -> float | None:
    seconds, _, thousandths = stamp.partition(",")
    try:
        return time.mktime(time.strptime(seconds, STAMP)) + int(thousandths) / 1000
    except (OverflowError, ValueError):
        return None
