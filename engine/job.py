"""A batch as a table of states and the events it tells, without files, clocks or threads."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from engine.errors import BatchError


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
    (State.DRAINING, Verb.CANCEL): State.CANCELLED,
    (State.DRAINING, Verb.END): State.CANCELLED,
}


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


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file was left alone because its output exists."""

    index: int
    path: str
    output: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A file could not be done; the rest goes on."""

    index: int
    path: str
    error: str


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


Event = Started | Finished | Skipped | Failed | Summary
EVENTS: dict[str, type[Event]] = {kind.__name__.lower(): kind for kind in (Started, Finished, Skipped, Failed, Summary)}


def event_to_dict(event: Event) -> dict[str, Any]:
    """The event as JSON values, with its name under `event`."""
    return {"event": type(event).__name__.lower()} | asdict(event)


def event_from_dict(values: dict[str, Any]) -> Event:
    """The inverse of `event_to_dict`; KeyError or TypeError for anything else."""
    fields = dict(values)
    kind = EVENTS[fields.pop("event")]
    if kind is Summary:
        fields["state"] = State(fields["state"])
        fields["workers"] = tuple(LaneTotal(**lane) for lane in fields["workers"])
    if kind is Finished:
        fields["notes"] = tuple(fields["notes"])
    return kind(**fields)
