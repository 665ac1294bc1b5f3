"""`safelight apply --stats`: a line of numbers a second, of what the threads really do."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from engine.job import State, Task
from engine.telemetry import Lane, Snapshot, Stage
from tests.tui.cli.conftest import Run
from tui.cli.following.objects import Objects
from tui.cli.following.stats import LEGEND, LETTERS, line_of

LINE = re.compile(
    r"\d+ s  (\d+)/(\d+)  [\d.]+ MP/s  ([\d.]+) cores  (?:\d+% GIL-free  )?(?:\d+% of all cores  )?(?:[\d.]+ s/file  )?"
    r"in [\d.]+ k?M?B/s  out [\d.]+ k?M?B/s  (?:[\d.]+ [MG]B of [\d.]+ [MG]B  )?((?:[RDFEWP-]\d+%/[\d.]+!? ?)+)"
)


def lane(stage: Stage, load: float) -> Lane:
    return Lane("worker", stage, 0, 0.5, 1.0, 20.0, load, 1.0, 1.0)


def test_every_stage_has_a_letter_that_the_legend_tells() -> None:
    assert set(LETTERS) == set(Stage)
    assert len(set(LETTERS.values())) == len(Stage)
    assert all(f"{letter} " in LEGEND for letter in LETTERS.values())


def test_a_line_says_what_the_threads_do() -> None:
    lanes = (lane(Stage.FILTER, 0.98), replace(lane(Stage.ENCODE, 0.5), failed=1))
    snapshot = Snapshot("b", State.PAUSED, 12.4, lanes, (1.0, 0.5), 40, 7, 1, 2, 100.0, 41.26, 95.0)
    assert line_of(snapshot) == (
        "12 s  10/40  41.3 MP/s  1.48 cores  75% of all cores  in 0 B/s  out 0 B/s  "
        "F98%/20.0 E50%/20.0!  1 failed  1 min 35 s left  paused"
    )
    known = replace(
        snapshot, unlocked=0.914, latency=0.456, read_rate=4.4e6, written_rate=3.1e5, memory=10**8, memory_limit=10**9
    )
    assert line_of(known) == (
        "12 s  10/40  41.3 MP/s  1.48 cores  91% GIL-free  75% of all cores  0.46 s/file  in 4.4 MB/s  out 310 kB/s  "
        "100 MB of 1.0 GB  F98%/20.0 E50%/20.0!  1 failed  1 min 35 s left  paused"
    )


def test_the_page_names_every_number_of_a_progress_object_and_shows_a_line() -> None:
    page = (Path(__file__).parents[3] / "docs" / "monitor.md").read_text()
    (example,) = (line for line in page.splitlines() if re.match(r"\d+ s  ", line))
    assert LINE.match(example)
    stream = io.StringIO()
    Objects((Task("/p/a.jpg", "/o/a.jpg"),), stream).snapshot(
        Snapshot("b", State.RUNNING, 1.0, (lane(Stage.FILTER, 0.5),), (0.5,), 1, 0, 0, 0, 0.0, 0.0, None)
    )
    progress = json.loads(stream.getvalue())
    named = set(re.findall(r"`(\w+)`", page.partition("## For programs")[2]))
    assert set(progress) - {"event"} <= named | {"workers"}
    assert set(progress["workers"][0]) <= named


def test_a_batch_in_numbers(safelight: Run, pictures: Path) -> None:
    done = safelight("apply", str(pictures), "-f", "invert", "-o", "out", "--workers", "2", "--stats")
    assert done.returncode in (0, 1)
    legend, *lines = done.stdout.decode().splitlines()
    assert legend == f"# {LEGEND}"
    numbers = [line for line in lines if not line.startswith("#")]
    for line in numbers:
        found = LINE.match(line)
        assert found, line
        assert len(found[4].split()) == 2
    free = re.fullmatch(r"# (\d+)% of their CPU time was spent in calls that release the GIL", lines[-2])
    assert free, lines[-2]
    assert 0 < int(free[1]) <= 100
    assert lines[-1].startswith("# ")
    assert "done in" in lines[-1]


@pytest.mark.parametrize("flag", ["--json", "--detach", "--dry-run"])
def test_it_is_for_people_who_watch(safelight: Run, pictures: Path, flag: str) -> None:
    done = safelight("apply", str(pictures), "-f", "invert", "-o", "out", "--stats", flag)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"--stats" in done.stderr
