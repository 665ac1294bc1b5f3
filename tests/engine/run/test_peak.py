"""A batch in a process of its own: its peak of memory stays below `--memory`, whatever the number of files."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.batch.folder import create_folder
from engine.batch.journal import parse_line
from engine.batch.specification import Specification, save_specification
from engine.batch.start import COMMAND
from engine.child import environment
from engine.files.encode import encode
from engine.image import Image
from engine.job import Summary, Task
from engine.run.budget import PROCESS_BYTES, WORKER_BYTES
from engine.stack import Stack

RUN = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""
"""Runs a command and prints the peak of its memory; small itself, as a new process begins as a copy of its parent."""
WORKERS = 6
SHAPE = 2000, 3000, 3
MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def roll(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Photographs of six megapixels: some shapes and some noise."""
    folder = tmp_path_factory.mktemp("roll")
    height, width, _ = SHAPE
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    noise = np.random.default_rng(3).normal(0.0, 12.0, SHAPE)
    for number in range(3):
        shapes = 128.0 + 100.0 * np.sin(rows / (40 + 9 * number)) * np.cos(columns / 60)
        pixels = np.clip(shapes[..., np.newaxis] + noise, 0, 255).astype(np.uint8)
        (folder / f"{number}.jpg").write_bytes(encode(Image(pixels), "jpeg", 95))
    return folder


def run(scratch: Path, roll: Path, count: int, memory: int, root: Path, **settings: object) -> tuple[int, Summary]:
    """The peak of a batch's process over so many files, and what it told at the end."""
    sources = [roll / f"{number % 3}.jpg" for number in range(count)]
    tasks = tuple(Task(str(path), str(scratch / "out" / f"{number}.jpg")) for number, path in enumerate(sources))
    stack = Stack.parse(["exposure:ev=0.5", "unsharp-mask"])
    wanted = Specification(tasks, stack, workers=WORKERS, memory=memory, quality=85, **settings)  # type: ignore[arg-type]
    folder = create_folder(scratch)
    save_specification(wanted, folder)
    done = subprocess.run(
        [sys.executable, "-c", RUN, *COMMAND, str(folder.path)],
        cwd=root,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    last = parse_line(folder.journal.read_bytes().splitlines()[-1])
    assert isinstance(last, Summary)
    return int(done.stdout), last


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count the peak in other units")
def test_the_peak_stays_below_the_limit_whatever_the_number_of_files(tmp_path: Path, roll: Path, root: Path) -> None:
    limit = PROCESS_BYTES + WORKERS * WORKER_BYTES + 60 * MEGABYTE
    peaks = []
    for count in (6, 30):
        peak, summary = run(tmp_path, roll, count, limit, root, existing="replace")
        assert (summary.done, summary.failed) == (count, 0)
        peaks.append(peak)
    assert max(peaks) <= limit
    assert max(peaks) - min(peaks) < 48 * MEGABYTE
    free, summary = run(tmp_path, roll, 12, 16 * limit, root, existing="replace")
    assert summary.done == 12
    assert free > max(peaks), "the limit did nothing"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems count the peak in other units")
def test_a_process_with_hardly_any_pictures_is_as_small_as_is_said(tmp_path: Path, root: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.jpg").write_bytes(encode(Image(np.zeros((40, 60, 3), np.uint8)), "jpeg", 90))
    peak, summary = run(tmp_path, tmp_path, WORKERS, 1 << 30, root)
    assert summary.done == WORKERS
    assert peak < PROCESS_BYTES + WORKERS * WORKER_BYTES


def test_a_file_that_cannot_fit_alone_is_a_failed_row_that_names_the_flag(
    tmp_path: Path, roll: Path, root: Path
) -> None:
    _, summary = run(tmp_path, roll, 4, PROCESS_BYTES + WORKERS * WORKER_BYTES + 20 * MEGABYTE, root)
    assert (summary.done, summary.failed) == (0, 4)
