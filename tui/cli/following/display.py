"""What every way of showing a batch can do, and the choice among them."""

import sys
from typing import Protocol

from engine.job import Event, Summary, Task
from engine.telemetry import Snapshot
from tui.cli.printing.console import console


class Display(Protocol):
    """Shows a batch to a person or a program. Every call returns soon; OSError when nobody reads any more."""

    def event(self, event: Event) -> None:
        """One file began or ended."""

    def snapshot(self, snapshot: Snapshot) -> None:
        """The threads at this moment."""

    def say(self, sentence: str) -> None:
        """Something the person should know now."""

    def end(self, summary: Summary) -> None:
        """The last word."""

    def close(self) -> None:
        """Leaves the terminal as it was; called last, whatever happened."""


class Nobody:
    """Shows nothing: the reader has gone."""

    def event(self, event: Event) -> None:
        """Nothing."""

    def snapshot(self, snapshot: Snapshot) -> None:
        """Nothing."""

    def say(self, sentence: str) -> None:
        """Nothing."""

    def end(self, summary: Summary) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


def choose(tasks: tuple[Task, ...], *, as_json: bool, stats: bool = False) -> Display:
    """Objects for a program, numbers where they are asked for, bars in a terminal, plain lines anywhere else."""
    if as_json:
        from tui.cli.following.objects import Objects

        return Objects(tasks, sys.stdout)
    screen = console()
    if stats:
        from tui.cli.following.stats import Stats

        return Stats(screen, console(stderr=True))
    if screen.is_terminal and not screen.is_dumb_terminal:
        from tui.cli.following.bars import Bars

        return Bars(tasks, screen)
    from tui.cli.following.lines import Lines

    return Lines(screen, console(stderr=True))
