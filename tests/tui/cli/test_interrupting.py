"""Signals to a running `safelight apply`: it drains, it stops, it never leaves half a file, and it still sums up."""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.tui.cli.conftest import DEADLINE, Screen

Start = Callable[..., "Running"]


class Running:
    """A batch under way, whose events are read as they come."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.events: list[dict[str, Any]] = []

    def until(self, reached: Callable[[dict[str, Any]], bool]) -> None:
        """Read until an event is the one waited for."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.events.append(json.loads(line))
            if reached(self.events[-1]):
                return
        raise AssertionError(f"it ended without that: {self.process.communicate()[1]!r}")

    def rest(self) -> bytes:
        """Read to the end; what was said to the person."""
        out, said = self.process.communicate(timeout=DEADLINE)
        self.events += [json.loads(line) for line in out.splitlines()]
        return said

    @property
    def summary(self) -> dict[str, Any]:
        """The last event."""
        assert self.events[-1]["event"] == "summary"
        return self.events[-1]


def filtering(event: dict[str, Any]) -> bool:
    """Whether a thread is in the middle of its picture."""
    return event["event"] == "progress" and any(worker["stage"] == "filter" for worker in event["workers"])


@pytest.fixture
def start(tmp_path: Path, photographs: Path, environment: dict[str, str], command: list[str]) -> Iterator[Start]:
    """Starts one worker on six pictures of 20 megapixels."""
    sources = tmp_path / "sources"
    sources.mkdir()
    for number in range(6):
        os.symlink(photographs / "nuthatch.jpg", sources / f"{number}.jpg")
    begun = []

    def begin(spec: str) -> Running:
        words = ["apply", *map(str, sorted(sources.iterdir())), "-f", spec, "-o", "results", "--workers", "1", "--json"]
        process = subprocess.Popen(
            [*command, *words], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        begun.append(process)
        return Running(process)

    yield begin
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()


def left_behind(folder: Path) -> list[str]:
    """Every name in the output folder, hidden ones too."""
    return sorted(os.listdir(folder)) if folder.exists() else []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_signal_finishes_what_is_under_way(start: Start, tmp_path: Path, number: signal.Signals) -> None:
    running = start("gaussian-blur:sigma=3")
    running.until(lambda event: event["event"] == "started")
    running.process.send_signal(number)
    said = running.rest()
    assert running.process.returncode == 130
    assert b"waiting for 1 file under way (0.jpg)" in said
    assert running.summary["state"] == "cancelled"
    done, left = running.summary["done"], running.summary["left"]
    assert done >= 1
    assert left >= 1
    assert left_behind(tmp_path / "results") == [f"{index}.jpg" for index in range(done)]


def test_the_second_stops_and_leaves_no_half_file(start: Start, tmp_path: Path) -> None:
    running = start("bilateral:radius=20")
    running.until(filtering)
    running.process.send_signal(signal.SIGINT)
    running.until(lambda event: event["event"] == "progress")
    running.process.send_signal(signal.SIGINT)
    said = running.rest()
    assert running.process.returncode == 130
    assert b"Stopping now" in said
    assert [running.summary["done"], running.summary["left"]] == [0, 6]
    assert left_behind(tmp_path / "results") == []


def test_the_key_in_a_terminal_reaches_apply_and_not_the_batch(
    in_terminal: Callable[..., Screen], tmp_path: Path, photographs: Path
) -> None:
    picture = str(photographs / "nuthatch.jpg")
    screen = in_terminal("apply", picture, "-f", "gaussian-blur:sigma=3", "-o", "results")
    screen.read(until=b"nuthatch.jpg")
    screen.type(b"\x03")
    data = screen.read()
    assert screen.process.returncode == 130
    assert b"waiting for 1 file under way" in data
    assert b"1 file done" in data
    assert left_behind(tmp_path / "results") == ["nuthatch.jpg"]


def test_a_batch_whose_process_is_killed_is_told_and_fails(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    environment["XDG_STATE_HOME"] = str(tmp_path / "state")
    running = start("bilateral:radius=20")
    running.until(filtering)
    (record,) = (tmp_path / "state").glob("**/record.json")
    os.kill(json.loads(record.read_bytes())["pid"], signal.SIGKILL)
    said = running.rest()
    assert running.process.returncode == 1
    assert b"ended without a word" in said


def test_a_reader_that_leaves_ends_the_batch(start: Start, tmp_path: Path) -> None:
    running = start("gaussian-blur:sigma=3")
    running.until(lambda event: event["event"] == "started")
    assert running.process.stdout is not None
    running.process.stdout.close()
    running.process.stdout = None
    _, said = running.process.communicate(timeout=DEADLINE)
    assert running.process.returncode == 130
    assert b"Traceback" not in said
    assert len(left_behind(tmp_path / "results")) < 6
