"""A batch as plain lines, for a pipe, a log or a terminal that cannot move its cursor: no control codes, no bars."""

from rich.console import Console
from rich.text import Text

from engine.files.name import show
from engine.job import Event, Failed, Finished, Remark, Skipped, State, Summary
from engine.telemetry import Snapshot
from tui.cli.printing.figures import duration, lanes, outcome


class Lines:
    """One line for each file that ended; what went wrong goes to standard error."""

    def __init__(self, out: Console, errors: Console) -> None:
        self._out = out
        self._errors = errors
        self._waits = False

    def event(self, event: Event) -> None:
        """A line for what ended."""
        if isinstance(event, Finished):
            self._print(f"{show(event.output)}  {event.megapixels:.1f} Mpx, {duration(event.seconds)}")
        elif isinstance(event, Skipped):
            why = "exists, skipped" if event.written is None else "is up to date"
            self._print(f"{show(event.output)}  {why}")
        for sentence in remarks(event):
            self._errors.print(Text(sentence), soft_wrap=True)

    def snapshot(self, snapshot: Snapshot) -> None:
        """Only that it waits for its turn, once: lines cannot be taken back."""
        if snapshot.state is State.WAITING and snapshot.note and not self._waits:
            self._waits = True
            self.say("It waits for its turn: `safelight jobs` lists what goes before it.")

    def say(self, sentence: str) -> None:
        """A line on standard error."""
        self._errors.print(Text(sentence), soft_wrap=True)

    def end(self, summary: Summary) -> None:
        """The threads and the totals."""
        for line in (*lanes(summary), outcome(summary)):
            self._print(line)

    def close(self) -> None:
        """Nothing is left to do."""

    def _print(self, line: str) -> None:
        self._out.print(Text(line), soft_wrap=True)
        self._out.file.flush()


def remarks(event: Event) -> list[str]:
    """What the person should read about a file besides that it is done, or of the batch itself."""
    if isinstance(event, Failed):
        return [f"{event.error} (On {event.host}.)" if event.host else event.error]
    if isinstance(event, Remark):
        return [event.text]
    if isinstance(event, Finished):
        return [f"{show(event.output)}: {note}" for note in event.notes]
    return []
