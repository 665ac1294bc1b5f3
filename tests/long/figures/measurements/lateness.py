"""How late the app's event loop is while a batch keeps every core busy."""

import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

import psutil

from tests.long.figures.driving import add_filter
from tests.long.figures.figure import Figure
from tests.long.figures.photographs import copies
from tests.long.figures.terminal import Session, environment

ROUNDS = 3
FILES = 400
WHILE = 8.0
"""Seconds of the batch that are watched."""
FILTER = "median"
"""The one that computes most."""


def measure(rounds: int) -> list[Figure]:
    """Of the real app in a terminal, its panel showing the batch; started and driven by keys alone."""
    medians, late, busy = zip(*(once() for _ in range(rounds)), strict=True)
    note = f"cores {min(busy):.0f} % busy"
    return [
        Figure(
            name="Event loop's lateness during a batch, median",
            unit="ms",
            bound="at most",
            limit=10,
            values=medians,
            note=note,
        ),
        Figure(
            name="Event loop's lateness during a batch, 99th percentile",
            unit="ms",
            bound="at most",
            limit=33,
            values=late,
            note=note,
        ),
    ]


def once() -> tuple[float, float, float]:
    """Median and 99th percentile in milliseconds, and how busy all cores were, in per cent."""
    with tempfile.TemporaryDirectory(prefix="safelight-figures-") as scratch:
        folder, report = copies(Path(scratch, "roll"), FILES), Path(scratch, "report")
        words = [sys.executable, "-m", "tests.long.figures.probe", str(report), str(folder)]
        with Session(words, environment()) as session:
            session.wait(lambda: session.shows("000 astro"))
            add_filter(session, FILTER)
            session.wait(lambda: session.shows(f"● {FILTER}"))
            session.type("\x1b")
            session.settle(1.0)
            session.type("M")
            session.type("a")
            session.wait(lambda: session.shows(f"{FILES} files, such as"))
            session.type("\r")
            session.wait(lambda: session.shows("running"))
            time.sleep(1.0)
            psutil.cpu_percent()
            began = time.monotonic()
            time.sleep(WHILE)
            ended, busy = time.monotonic(), psutil.cpu_percent()
            session.settle(0.1)
            assert session.shows("running"), "The batch ended too soon to be watched."
            session.type("c")
            session.wait(lambda: session.shows("Cancel the batch?"))
            session.type("c")
            session.wait(lambda: session.shows("cancelled"))
            session.type("q")
            session.process.wait(30)
        lines = [line.split() for line in report.read_text().splitlines()]
    late = [1000 * float(by) for woken, by in lines if began < float(woken) < ended]
    cuts = quantiles(late, n=100)
    return cuts[49], cuts[98], busy
