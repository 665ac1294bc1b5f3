"""Pictures being scored, in a terminal: a bar for each thread until all are done. It prints no result."""

from engine.job import Task
from engine.run.culling import Culling
from engine.telemetry import Stage
from tui.cli.following.bars import WORDS, Bars
from tui.cli.following.stopping import Stopping
from tui.cli.printing.console import console

DOING = WORDS | {Stage.FILTER: "scoring"}
PERIOD = 0.05
"""Seconds between two looks at the threads."""


def follow(culling: Culling, *, as_json: bool) -> bool:
    """Scores all; whether a person ended it early, with those under way done, or left alone after a second signal."""
    screen = console(stderr=True)
    shown = screen.is_terminal and not screen.is_dumb_terminal and not as_json
    bars = Bars(tuple(Task(path, "") for path in culling.paths), screen, DOING) if shown else None
    with Stopping() as stopping:
        culling.start()
        try:
            while not culling.wait(PERIOD):
                if bars is not None:
                    bars.snapshot(culling.snapshot())
                if stopping.asked:
                    culling.cancel()
                if stopping.asked > 1:
                    break
        finally:
            if bars is not None:
                bars.close()
        return stopping.asked > 0
