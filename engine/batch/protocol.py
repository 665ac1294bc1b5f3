"""What clients and the process of a batch say to each other: JSON lines of one version. Opens no socket."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from engine.errors import BatchError
from engine.job import Verb, priority_of

VERSION = 1
LONGEST = (1 << 16) - 1
"""Bytes of a line, its end included."""
READY = "ready"
"""What the process reports to its starter when clients may come; anything else is the sentence that says why not."""
ASKABLE = (Verb.PAUSE, Verb.RESUME, Verb.DRAIN, Verb.CANCEL)
"""The other verbs are the batch's own."""


class Command(StrEnum):
    """What a client can send."""

    HELLO = "hello"
    """Who is there: batch, pid, state, events so far."""
    STATUS = "status"
    """Counts of files and the state."""
    FOLLOW = "follow"
    """Every event from number `from` on, until the batch is over or the client goes."""
    ASK = "ask"
    """Pause, resume, drain or cancel, as `verb`."""
    RANK = "rank"
    """Wait with another `priority`."""


@dataclass(frozen=True, slots=True)
class Request:
    """One line of a client, understood."""

    command: Command
    start: int = 0
    verb: Verb | None = None
    priority: int = 0


def encode(values: dict[str, Any]) -> bytes:
    """The line, with the version in front."""
    return json.dumps({"protocol": VERSION} | values).encode() + b"\n"


def parse_request(line: bytes) -> Request:
    """The request of a line; BatchError with a sentence for anything else."""
    values = _object(line)
    if values.get("protocol") != VERSION:
        raise BatchError(f"This batch speaks protocol {VERSION}: use the version of Safelight that started it.")
    try:
        command = Command(str(values.get("command")))
    except ValueError:
        raise BatchError(f"The commands are {', '.join(Command)}.") from None
    start = values.get("from", 0)
    if type(start) is not int or start < 0:
        raise BatchError("`from` is the number of an event, 0 or more.")
    if command is Command.RANK:
        return Request(command, priority=priority_of(values.get("priority")))
    if command is not Command.ASK:
        return Request(command, start)
    if values.get("verb") not in ASKABLE:
        raise BatchError(f"A batch can be asked to {', '.join(ASKABLE)}.")
    return Request(command, verb=Verb(values["verb"]))


def parse_answer(line: bytes) -> dict[str, Any]:
    """The values of a line from the batch; BatchError with its own sentence when it is an error."""
    values = _object(line)
    if "error" in values and "event" not in values:
        raise BatchError(str(values["error"]))
    return values


class Lines:
    """Bytes as they arrive become whole lines."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The lines that are whole now; BatchError when one is too long, and nothing can be read after it."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) >= LONGEST or any(len(line) >= LONGEST for line in lines):
            raise BatchError(f"A line has more than {LONGEST} bytes.")
        return lines


def _object(line: bytes) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise BatchError("That is not a JSON line.") from None
    if not isinstance(values, dict):
        raise BatchError("That is not a JSON object.")
    return values
