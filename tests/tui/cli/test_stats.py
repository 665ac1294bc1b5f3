"""`safelight apply --stats`: a line of numbers a second, of what the threads really do."""

import re
from pathlib import Path

import pytest

from engine.job import State
from engine.telemetry import Lane, Snapshot, Stage
from tests.tui.cli.conftest import Run
from tui.cli.following.stats import LEGEND, LETTERS, line_of

LINE = re.compile(r"\d+ s  (\d+)/(\d+)  [\d.]+ MP/s  ([\d.]+) cores  ((?:[RDFEWP-]\d+% ?)+)")


def lane(stage: Stage, load: float) -> Lane:
    return Lane("worker", stage, 0, 0.5, 1.0, 20.0, load, 1.0, 1.0)


def test_every_stage_has_a_letter_that_the_legend_tells() -> None:
    assert set(LETTERS) == set(Stage)
    assert len(set(LETTERS.values())) == len(Stage)
    assert all(f"{letter} " in LEGEND for letter in LETTERS.values())


def test_a_line_says_what_the_threads_do() -> None:
    lanes = (lane(Stage.FILTER, 0.98), lane(Stage.ENCODE, 0.5))
    snapshot = Snapshot("b", State.PAUSED, 12.4, lanes, (1.0, 0.5), 40, 7, 1, 2, 100.0, 41.26, 95.0)
    assert line_of(snapshot) == "12 s  10/40  41.3 MP/s  1.48 cores  F98% E50%  1 failed  1 min 35 s left  paused"


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
    assert lines[-1].startswith("# ")
    assert "done in" in lines[-1]


@pytest.mark.parametrize("flag", ["--json", "--detach", "--dry-run"])
def test_it_is_for_people_who_watch(safelight: Run, pictures: Path, flag: str) -> None:
    done = safelight("apply", str(pictures), "-f", "invert", "-o", "out", "--stats", flag)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"--stats" in done.stderr
