"""From the start of `safelight apply` of one photograph to its end: mostly what has to be paid once for each batch."""

import os
import subprocess
import tempfile
import time
from pathlib import Path

from PIL import Image

from tests.long.figures.figure import Figure
from tests.long.figures.photographs import IMAGES
from tests.long.figures.terminal import APP, environment

ROUNDS = 11
SIZE = (1732, 1155)
FILTERS = ("-f", "exposure:ev=0.3", "-f", "unsharp-mask")


def measure(rounds: int) -> list[Figure]:
    """With the kernels compiled; the first run, which finds nothing in the system's memory, does not count."""
    with tempfile.TemporaryDirectory(prefix="safelight-figures-") as scratch:
        photograph = Path(scratch, "photograph.jpg")
        with Image.open(IMAGES / "nuthatch.jpg") as picture:
            picture.convert("RGB").resize(SIZE).save(photograph, quality=90)
        runs = [once(photograph, Path(scratch, str(number))) for number in range(rounds + 1)][1:]
    seconds, processor = zip(*runs, strict=True)
    return [
        Figure(
            name="`safelight apply` of one 2-megapixel photograph, kernels cached",
            unit="s",
            bound="at most",
            limit=0.7,
            values=seconds,
            note=f"the command takes {sorted(processor)[rounds // 2]:.2f} s of CPU, besides the batch's process",
        )
    ]


def once(photograph: Path, results: Path) -> tuple[float, float]:
    """Seconds from start to end of the command, and those of CPU time that it took."""
    began, before = time.perf_counter(), os.times()
    # Where it is installed, Python finds its modules translated.
    environ = {name: value for name, value in environment().items() if name != "PYTHONDONTWRITEBYTECODE"}
    words = [*APP, "apply", str(photograph), *FILTERS, "--output", str(results)]
    subprocess.run(words, env=environ, stdout=subprocess.DEVNULL, check=True)
    seconds, after = time.perf_counter() - began, os.times()
    assert (results / photograph.name).exists()
    return seconds, after.children_user + after.children_system - before.children_user - before.children_system
