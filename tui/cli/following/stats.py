"""A batch as a line of numbers a second: what the app's monitor shows, for a log or to be read over a shoulder."""

import time

from rich.console import Console
from rich.text import Text

from engine.job import Event, State, Summary
from engine.telemetry import Lane, Snapshot, Stage
from tui.cli.following.lines import remarks
from tui.cli.printing.figures import duration, lanes, outcome
from tui.widgets.figures import size

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
FREE = "{:.0f}% of their CPU time was spent in calls that release the GIL"
LEGEND = (
    "time, files done of all, megapixels per second, cores in use by the threads, share of their CPU time so far in "
    "calls that release the GIL, load of all cores of the machine, seconds a file takes, bytes per second in and out, "
    "memory of its budget; for each thread its stage "
    "(R reading, D decoding, F filtering, E encoding, W writing, P paused, - idle), its share of a core, "
    "its megapixels per second, and ! where a file of it failed"
)


class Stats:
    """The legend first, then a line a second; what went wrong goes to standard error."""

    def __init__(self, out: Console, errors: Console) -> None:
        self._out, self._errors = out, errors
        self._next = 0.0
        self._unlocked: float | None = None
        self._print(f"# {LEGEND}")

    def event(self, event: Event) -> None:
        """Only what a person should know."""
        for sentence in remarks(event):
            self.say(sentence)

    def snapshot(self, snapshot: Snapshot) -> None:
        """A line, at most once a second."""
        now, self._unlocked = time.monotonic(), snapshot.unlocked
        if now >= self._next and not snapshot.state.over:
            self._next = now + PERIOD
            self._print(line_of(snapshot))

    def say(self, sentence: str) -> None:
        """A line on standard error."""
        self._errors.print(Text(sentence), soft_wrap=True)

    def end(self, summary: Summary) -> None:
        """The threads, the share without the lock of the whole batch, and the totals."""
        free = [] if self._unlocked is None else [FREE.format(self._unlocked * 100)]
        for line in (*lanes(summary), *free, outcome(summary)):
            self._print(f"# {line}")

    def close(self) -> None:
        """Nothing is left to do."""

    def _print(self, line: str) -> None:
        self._out.print(Text(line), soft_wrap=True)
        self._out.file.flush()


def line_of(snapshot: Snapshot) -> str:
    """The numbers of one moment, always in the same places."""
    parts = [
        f"{snapshot.seconds:.0f} s",
        f"{snapshot.total - snapshot.left}/{snapshot.total}",
        f"{snapshot.rate:.1f} MP/s",
        f"{sum(lane.load for lane in snapshot.lanes):.2f} cores",
        *([f"{snapshot.unlocked * 100:.0f}% GIL-free"] if snapshot.unlocked is not None else []),
        *([f"{sum(snapshot.cores) / len(snapshot.cores) * 100:.0f}% of all cores"] if snapshot.cores else []),
        *([f"{snapshot.latency:.2f} s/file"] if snapshot.latency is not None else []),
        f"in {size(round(snapshot.read_rate))}/s",
        f"out {size(round(snapshot.written_rate))}/s",
        *([f"{size(snapshot.memory)} of {size(snapshot.memory_limit)}"] if snapshot.memory_limit else []),
        " ".join(map(_lane, snapshot.lanes)),
    ]
    parts += [f"{snapshot.failed} failed"] if snapshot.failed else []
    parts += [f"{duration(snapshot.remaining_seconds)} left"] if snapshot.remaining_seconds is not None else []
    parts += [str(snapshot.state)] if snapshot.state is not State.RUNNING else []
    return "  ".join([*parts, snapshot.note] if snapshot.note else parts)


def _lane(lane: Lane) -> str:
    return f"{LETTERS[lane.stage]}{lane.load * 100:.0f}%/{lane.rate:.1f}{'!' if lane.failed else ''}"
