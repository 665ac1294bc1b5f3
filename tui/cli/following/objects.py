"""A batch as one JSON object a line. The shapes are a promise to programs; nothing else goes to the stream."""

import json
import sys
import time
from typing import Any, TextIO

from engine.job import Event, Summary, Task, event_to_dict, path_to_dict
from engine.telemetry import Lane, Snapshot

PERIOD = 1.0
"""Seconds between two `progress` objects."""


class Objects:
    """Writes each event at once, and the threads now and then."""

    def __init__(self, tasks: tuple[Task, ...], stream: TextIO) -> None:
        self._tasks = tasks
        self._stream = stream
        self._next = 0.0

    def event(self, event: Event) -> None:
        """One line for the event."""
        if not isinstance(event, Summary):
            self._write(event_to_dict(event))

    def snapshot(self, snapshot: Snapshot) -> None:
        """A `progress` line at most once a second."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + PERIOD
        self._write(_whole(snapshot) | {"workers": [self._lane(lane) for lane in snapshot.lanes]})

    def say(self, sentence: str) -> None:
        """Sentences are for people: standard error."""
        sys.stderr.write(sentence + "\n")

    def end(self, summary: Summary) -> None:
        """The `summary` line."""
        self._write(event_to_dict(summary))

    def close(self) -> None:
        """Nothing is left to do."""

    def _lane(self, lane: Lane) -> dict[str, Any]:
        path = path_to_dict("path", self._tasks[lane.file].source) if lane.file >= 0 else {"path": None}
        return path | {
            "name": lane.name,
            "stage": lane.stage.name.lower(),
            "fraction": round(lane.fraction, 4),
            "megapixels_per_second": round(lane.rate, 3),
            "load": round(lane.load, 3),
            "busy_seconds": round(lane.busy_seconds, 3),
            "cpu_seconds": round(lane.cpu_seconds, 3),
            "decode_seconds": round(lane.decode_seconds, 3),
            "filter_seconds": round(lane.filter_seconds, 3),
            "encode_seconds": round(lane.encode_seconds, 3),
            "failed": lane.failed,
        }

    def _write(self, values: dict[str, Any]) -> None:
        self._stream.write(json.dumps(values) + "\n")
        self._stream.flush()


def _whole(snapshot: Snapshot) -> dict[str, Any]:
    """A `progress` object but for its threads; what is not known is null, or 0 where it is a number of bytes."""
    return {
        "event": "progress",
        "total": snapshot.total,
        "done": snapshot.done,
        "failed": snapshot.failed,
        "skipped": snapshot.skipped,
        "seconds": round(snapshot.seconds, 3),
        "megapixels": round(snapshot.megapixels, 6),
        "megapixels_per_second": round(snapshot.rate, 3),
        "remaining_seconds": snapshot.remaining_seconds,
        "seconds_per_file": snapshot.latency,
        "cores": [round(load, 3) for load in snapshot.cores],
        "gil_free_share": snapshot.unlocked,
        "read_bytes_per_second": round(snapshot.read_rate),
        "written_bytes_per_second": round(snapshot.written_rate),
        "memory_bytes": snapshot.memory,
        "memory_limit_bytes": snapshot.memory_limit,
        "note": snapshot.note,
    }
