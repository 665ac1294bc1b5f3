"""A batch as a line of numbers a second: what the app's engine panel shows, for a log or to be read over a shoulder."""

import time

from rich.console import Console
from rich.text import Text

from engine.job import Event, State, Summary
from engine.telemetry import Lane, Snapshot, Stage
from tui.cli.following.lines import remarks
from tui.cli.printing.figures import duration, lanes, outcome

PERIOD = 1.0
LETTERS = {
    Stage.IDLE: "-",
    Stage.READ: "R",
    Stage.DECODE: "D",
    Stage.FILTER: "F",
    Stage.ENCODE: "E",
    Stage.WRITE: "W",
    Stage.PAUSED: "P",
}
LEGEND = (
    "time, files done of all, megapixels per second, cores in use by the threads, share of their CPU time so far in "
    "calls that release the GIL; for each thread its stage "
    "(R reading, D decoding, F filtering, E encoding, W writing, P paused, - idle) and its share of a core"
)


class Stats:
    """The legend first, then a line a second; what went wrong goes to standard error."""

    def __init__(self, out: Console, errors: Console) -> None:
        self._out, self._errors = out, errors
        self._next = 0.0
        self._print(f"# {LEGEND}")

    def event(self, event: Event) -> None:
        """Only what a person should know."""
        for sentence in remarks(event):
            self.say(sentence)

    def snapshot(self, snapshot: Snapshot) -> None:
        """A line, at most once a second."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + PERIOD
            self._print(line_of(snapshot))

    def say(self, sentence: str) -> None:
        """A line on standard error."""
        self._errors.print(Text(sentence), soft_wrap=True)

    def end(self, summary: Summary) -> None:
        """The threads and the totals."""
        for line in (*lanes(summary), outcome(summary)):
            self._print(f"# {line}")

    def close(self) -> None:
        """Nothing is left to do."""

    def _print(self, line: str) -> None:
        self._out.print(Text(line), soft_wrap=True)
        self._out.file.flush()


def line_of(snapshot: Snapshot) -> str:
    """The numbers of one moment, always in the same places."""
    cores = sum(lane.load for lane in snapshot.lanes)
    parts = [
        f"{snapshot.seconds:.0f} s",
        f"{snapshot.total - snapshot.left}/{snapshot.total}",
        f"{snapshot.rate:.1f} MP/s",
        f"{cores:.2f} cores",
        *([f"{snapshot.unlocked * 100:.0f}% GIL-free"] if snapshot.unlocked is not None else []),
        " ".join(map(_lane, snapshot.lanes)),
    ]
    parts += [f"{snapshot.failed} failed"] if snapshot.failed else []
    parts += [f"{duration(snapshot.remaining_seconds)} left"] if snapshot.remaining_seconds is not None else []
    parts += [str(snapshot.state)] if snapshot.state is not State.RUNNING else []
    return "  ".join([*parts, snapshot.note] if snapshot.note else parts)


def _lane(lane: Lane) -> str:
    return f"{LETTERS[lane.stage]}{lane.load * 100:.0f}%"
