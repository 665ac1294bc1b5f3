"""The real app and, on the same event loop, a task that writes down how late it is woken. A program."""

import asyncio
import sys
import time
from typing import TextIO

from tui.app import Safelight

PERIOD = 0.01
"""Seconds that the task asks to sleep."""


async def watch(report: TextIO) -> None:
    """A line for each sleep: when it ended (CLOCK_MONOTONIC) and how late, both in seconds."""
    while True:
        wanted = time.monotonic() + PERIOD
        await asyncio.sleep(PERIOD)
        woken = time.monotonic()
        report.write(f"{woken} {woken - wanted}\n")


async def run(report: TextIO, paths: list[str]) -> None:
    """Both, until the app is left."""
    watching = asyncio.create_task(watch(report))
    await Safelight(paths).run_async()
    watching.cancel()


def main() -> None:
    """The report's name, then the app's own words."""
    with open(sys.argv[1], "w", encoding="ascii") as report:
        asyncio.run(run(report, sys.argv[2:]))


if __name__ == "__main__":
    main()
