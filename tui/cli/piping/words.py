"""A batch of one picture through pipes, as it is told: files of the spool under names that a person knows."""

import sys
from collections.abc import Mapping
from dataclasses import replace

from engine.files.name import show
from engine.job import Event, Failed, Finished, Summary
from engine.telemetry import Snapshot
from tui.cli.following.display import Display
from tui.cli.following.lines import remarks


class Renamed:
    """Passes on to another display, with other names for some files."""

    def __init__(self, display: Display, names: Mapping[str, str]) -> None:
        """`names` are what to say instead of paths."""
        self._display, self._names = display, names

    def event(self, event: Event) -> None:
        """What came of a file, by the name that a person knows."""
        if isinstance(event, Failed):
            event = replace(event, error=self._said(event.error))
        elif isinstance(event, Finished):
            event = replace(event, output=self._names.get(event.output, event.output))
        self._display.event(event)

    def snapshot(self, snapshot: Snapshot) -> None:
        """As it is."""
        self._display.snapshot(snapshot)

    def say(self, sentence: str) -> None:
        """With the other names."""
        self._display.say(self._said(sentence))

    def end(self, summary: Summary) -> None:
        """As it is."""
        self._display.end(summary)

    def close(self) -> None:
        """As it is."""
        self._display.close()

    def _said(self, sentence: str) -> str:
        for path, name in self._names.items():
            sentence = sentence.replace(show(path), name)
        return sentence[:1].upper() + sentence[1:]


class Quiet:
    """Says only what a person must know, on standard error: the other stream is the picture's."""

    def event(self, event: Event) -> None:
        """What went wrong, or could not be kept."""
        for sentence in remarks(event):
            self.say(sentence)

    def snapshot(self, snapshot: Snapshot) -> None:
        """Nothing."""

    def say(self, sentence: str) -> None:
        """A line."""
        sys.stderr.write(sentence + "\n")

    def end(self, summary: Summary) -> None:
        """Nothing, unless something ended it."""
        if summary.note:
            self.say(summary.note)

    def close(self) -> None:
        """Nothing is left to do."""
