"""From the start of `safelight apply --detach` to its end, when the batch is under way in a process of its own."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from tests.long.figures.figure import Figure
from tests.long.figures.photographs import IMAGES
from tests.long.figures.terminal import APP, environment

ROUNDS = 11
FILES = 1000


def measure(rounds: int) -> list[Figure]:
    """With a thousand photographs; the batch is ended at once."""
    with tempfile.TemporaryDirectory(prefix="safelight-figures-") as scratch:
        sources = Path(scratch, "in")
        sources.mkdir()
        for number in range(FILES):
            os.symlink(IMAGES / "two-dogs.jpg", sources / f"{number}.jpg")
        values = tuple(once(sources, Path(scratch, str(number))) for number in range(rounds + 1))[1:]
    return [
        Figure(
            name=f"`safelight apply --detach` of {FILES:,} photographs, until it returns",
            unit="s",
            bound="at most",
            limit=2.0,
            judged="worst",
            values=values,
        )
    ]


def once(sources: Path, results: Path) -> float:
    """Seconds from start to end of the command."""
    words = [*APP, "apply", str(sources), "-f", "exposure:ev=0.3", "--output", str(results), "--detach"]
    began = time.perf_counter()
    told = subprocess.run(words, env=environment(), capture_output=True, check=True)
    seconds = time.perf_counter() - began
    subprocess.run(
        [*APP, "jobs", told.stdout.decode().strip(), "--cancel"], env=environment(), capture_output=True, check=True
    )
    return seconds
