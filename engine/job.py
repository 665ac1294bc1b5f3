"""A batch as a table of states and the events it tells, without files, clocks or threads."""

import base64
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, Protocol

from engine.errors import BatchError
from engine.files.edition import Edition


class State(StrEnum):
    """Where a batch stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DRAINING = "draining"
    """No new file is started; those under way are finished."""
    DONE = "done"
    CANCELLED = "cancelled"
    BROKEN = "broken"
    """The batch's process ended without a summary."""

    @property
    def over(self) -> bool:
        """Whether nothing can happen any more."""
        return self in (State.DONE, State.CANCELLED, State.BROKEN)


class Verb(StrEnum):
    """What can be asked of a batch."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    DRAIN = "drain"
    CANCEL = "cancel"
    END = "end"
    """Every file is accounted for."""


TRANSITIONS: dict[tuple[State, Verb], State] = {
    (State.WAITING, Verb.START): State.RUNNING,
    (State.WAITING, Verb.CANCEL): State.CANCELLED,
    (State.WAITING, Verb.DRAIN): State.CANCELLED,
    (State.RUNNING, Verb.PAUSE): State.PAUSED,
    (State.RUNNING, Verb.DRAIN): State.DRAINING,
    (State.RUNNING, Verb.CANCEL): State.CANCELLED,
    (State.RUNNING, Verb.END): State.DONE,
    (State.PAUSED, Verb.RESUME): State.RUNNING,
    (State.PAUSED, Verb.DRAIN): State.DRAINING,
    (State.PAUSED, Verb.CANCEL): State.CANCELLED,
    (State.PAUSED, Verb.END): State.DONE,
    (State.DRAINING, Verb.CANCEL): State.CANCELLED,
    (State.DRAINING, Verb.END): State.CANCELLED,
}


LOWEST, HIGHEST = -9, 9
"""Priorities of batches that wait for their turn."""


def priority_of(value: object) -> int:
    """The value, if it can be one; BatchError for anything else."""
    if type(value) is not int or not LOWEST <= value <= HIGHEST:
        raise BatchError(f"A priority is a whole number from {LOWEST} to {HIGHEST}.")
    return value


def move(state: State, verb: Verb) -> State:
    """The state that follows; BatchError when the verb means nothing there."""
    try:
        return TRANSITIONS[state, verb]
    except KeyError:
        raise BatchError(f"The batch is {state}: it cannot {verb}.") from None


@dataclass(frozen=True, slots=True)
class Task:
    """One file of a batch: absolute source and output. Names that are not UTF-8 hold surrogate escapes."""

    source: str
    output: str
    edits: int = -1
    """Which of the batch's edits it is made with; below 0, with the batch's own stack."""


class Tasks(Protocol):
    """Files by their numbers."""

    def __getitem__(self, index: int, /) -> Task:
        """One of them."""

    def __len__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Started:
    """A file is being read."""

    index: int
    path: str


@dataclass(frozen=True, slots=True)
class Finished:
    """A file is whole on disk under its final name."""

    index: int
    path: str
    output: str
    seconds: float
    megapixels: float
    notes: tuple[str, ...] = ()
    """What the person should know, such as a depth that could not be kept."""
    read: Edition | None = None
    """The source, as it was before it was read."""
    written: Edition | None = None
    """The result."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file was left alone because its output exists."""

    index: int
    path: str
    output: str
    read: Edition | None = None
    """With `written`: an earlier batch made it in the same way, and neither file has changed since."""
    written: Edition | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """A file could not be done; the rest goes on."""

    index: int
    path: str
    error: str
    host: str = ""
    """The machine that could not do it, where a batch has several."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of the batch itself, such as a worker that is left out: one sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class LaneTotal:
    """What one worker thread did."""

    name: str
    busy_seconds: float
    cpu_seconds: float
    megapixels: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The last word of a batch. `megapixels_per_second` is that of finished files over `seconds`."""

    state: State
    done: int
    failed: int
    skipped: int
    left: int
    seconds: float
    megapixels: float
    megapixels_per_second: float
    process_cpu_seconds: float
    """CPU time of the batch's process over `seconds`; the workers' times add up to it within 5 %."""
    workers: tuple[LaneTotal, ...]
    note: str = ""
    """Why it ended early, when nobody asked for that: one sentence."""


@dataclass(frozen=True, slots=True)
class BatchInfo:
    """One batch of this user, in a line."""

    id: str
    state: State
    started: float
    """Unix time."""
    total: int
    output: str
    """The folder its pictures go to."""
    host: str = ""
    """The machine it runs on, when that is another one: its state is then hearsay."""
    cluster: str = ""
    """The cluster that does it, `tcp://host:8786` or `local:4`; empty for none."""


Event = Started | Finished | Skipped | Failed | Remark | Summary
KINDS = (Started, Finished, Skipped, Failed, Remark, Summary)
EVENTS: dict[str, type[Event]] = {kind.__name__.lower(): kind for kind in KINDS}
PATHS = ("path", "output")
EDITIONS = ("read", "written")


def path_to_dict(name: str, path: str) -> dict[str, str]:
    """The path under `name` as text that is valid anywhere; one that is not UTF-8 has its bytes in base64 beside it."""
    if path.isascii():
        return {name: path}
    raw = os.fsencode(path)
    text = raw.decode("utf-8", "replace")
    exact = text.encode() == raw
    return {name: text} if exact else {name: text, f"{name}_bytes": base64.b64encode(raw).decode("ascii")}


def path_from_dict(name: str, values: Mapping[str, Any]) -> str:
    """The inverse of `path_to_dict`; KeyError or ValueError when it is not there."""
    exact = values.get(f"{name}_bytes")
    return os.fsdecode(str(values[name]).encode() if exact is None else base64.b64decode(exact, validate=True))


def event_to_dict(event: Event) -> dict[str, Any]:
    """The event as JSON values, with its name under `event`."""
    values: dict[str, Any] = {"event": type(event).__name__.lower()}
    for name, value in asdict(event).items():
        if name == "host" and not value:
            continue
        values |= path_to_dict(name, value) if name in PATHS else {name: _valid(value)}
    return values


def event_from_dict(values: Mapping[str, Any]) -> Event:
    """The inverse of `event_to_dict`, unknown fields left out; KeyError, TypeError or ValueError for anything else."""
    kind = EVENTS[values["event"]]
    known: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in PATHS:
            known[field.name] = path_from_dict(field.name, values)
        elif field.name in EDITIONS:
            known[field.name] = Edition(*map(int, values[field.name])) if values.get(field.name) else None
        elif field.name in values:
            known[field.name] = values[field.name]
    if kind is Summary:
        known["state"] = State(known["state"])
        known["workers"] = tuple(LaneTotal(**lane) for lane in known["workers"])
    if kind is Finished:
        known["notes"] = tuple(known["notes"])
    return kind(**known)


def _valid(value: Any) -> Any:
    """The value with every text such that other programs can read it."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    return [_valid(each) for each in value] if isinstance(value, list | tuple) else value
