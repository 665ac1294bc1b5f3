"""A batch in a terminal: one bar for each worker thread, totals below. Rich draws it, at our pace and in our thread."""

import time
from collections.abc import Mapping

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from engine.files.name import show
from engine.job import Event, State, Summary, Task
from engine.telemetry import Lane, Snapshot, Stage
from tui.cli.following.lines import remarks
from tui.cli.printing.figures import duration, files, lanes, outcome

PERIOD = 0.2
"""Seconds between two drawings: over a slow line each costs about a kilobyte."""
WIDE = 80
"""Columns from which each thread's load has room."""
WORDS = {
    Stage.IDLE: "idle",
    Stage.READ: "reading",
    Stage.DECODE: "decoding",
    Stage.FILTER: "filtering",
    Stage.ENCODE: "encoding",
    Stage.WRITE: "writing",
    Stage.PAUSED: "paused",
}


class Bars:
    """Draws over its own lines and leaves the summary behind."""

    def __init__(self, tasks: tuple[Task, ...], screen: Console, words: Mapping[Stage, str] = WORDS) -> None:
        """`words` say what a thread is doing."""
        self._tasks, self._words = tasks, words
        self._screen = screen
        self._live = Live(
            console=screen, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._next = 0.0

    def event(self, event: Event) -> None:
        """What went wrong, above the bars."""
        for sentence in remarks(event):
            self.say(sentence)

    def snapshot(self, snapshot: Snapshot) -> None:
        """The bars, five times a second."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + PERIOD
            self._live.start()
            self._live.update(self._draw(snapshot), refresh=True)

    def say(self, sentence: str) -> None:
        """A line above the bars, where it stays."""
        self._screen.print(Text(sentence))

    def end(self, summary: Summary) -> None:
        """The bars make room for the threads' totals and the summary."""
        self.close()
        for line in lanes(summary):
            self._screen.print(Text(line, style="dim"))
        self._screen.print(Text(outcome(summary), style="bold"))

    def close(self) -> None:
        """Takes the bars away and gives the cursor back."""
        self._live.stop()

    def _draw(self, snapshot: Snapshot) -> Group:
        room = max(1, self._screen.height - 4)
        wide = self._screen.width >= WIDE
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(width=max(4, self._screen.width // 5 if wide else 4))
        table.add_column(no_wrap=True, justify="right")
        table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
        for lane in snapshot.lanes[:room]:
            table.add_row(*self._lane(lane, wide=wide))
        more = len(snapshot.lanes) - room
        whole = Table.grid(expand=True)
        if more > 0:
            whole.add_row(Text(f"and {more} more threads", style="dim"))
        whole.add_row(ProgressBar(total=max(1, snapshot.total), completed=snapshot.total - snapshot.left))
        whole.add_row(Text(_totals(snapshot), no_wrap=True, overflow="ellipsis", style="bold"))
        return Group(table, whole)

    def _lane(self, lane: Lane, *, wide: bool) -> tuple[Text | ProgressBar, ...]:
        name = show(self._tasks[lane.file].source.rpartition("/")[2]) if lane.file >= 0 else ""
        figures = f"{lane.rate:.1f} MP/s" + (f" {lane.load:>4.0%} CPU" if wide else "")
        return (
            Text(lane.name, style="cyan"),
            Text(self._words[lane.stage], style="dim" if lane.stage in (Stage.IDLE, Stage.PAUSED) else ""),
            ProgressBar(total=1.0, completed=lane.fraction),
            Text(figures),
            Text(name),
        )


def _totals(snapshot: Snapshot) -> str:
    """All threads in one line, what matters most first."""
    parts = [f"{snapshot.total - snapshot.left} of {files(snapshot.total)}", f"{snapshot.rate:.1f} MP/s"]
    if snapshot.remaining_seconds is not None:
        parts.append(f"{duration(snapshot.remaining_seconds)} left")
    parts += [f"{snapshot.failed} failed"] if snapshot.failed else []
    parts += [f"{snapshot.skipped} skipped"] if snapshot.skipped else []
    parts += [str(snapshot.state)] if snapshot.state not in (State.RUNNING, State.WAITING) else []
    return ", ".join([*parts, snapshot.note] if snapshot.note else parts)
