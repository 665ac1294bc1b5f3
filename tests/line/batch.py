"""A batch seen over a line that is then cut. It has as many lanes as this machine has cores, and claims no more."""

import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

from tests.line.client import Client
from tests.line.figures import Figure, settled, usable
from tests.line.session import ROOT, Line, Place, placed

FILES = 400
SECONDS = 6.0
WHOLE = 180.0
"""Seconds for the rest of the batch."""


def batch(line: Line) -> list[Figure]:
    """Bytes while a batch runs, and what is left of it after the line was cut."""
    with placed(line, FILES) as place:
        client = place.login("half", "--preset", "night-rescue")
        try:
            _start(client)
            client.watch(2.0)  # the dialog has gone and the picture under it is back
            client.bytes = 0
            client.watch(SECONDS)
            rate = client.bytes / SECONDS
            place.shaper.cut()
            client.rest(2.0)
            ended, before = client.ended, written(place)
            client.close()
            client = place.login()
            usable(client)
            shown = client.until(lambda: is_running(client.text()), 5.0) < float("inf")
            after = written(place)
            ended_well = client.until(lambda: f"done: {FILES} files" in client.text(), WHOLE) < float("inf")
            whole = sum(_is_whole(path) for path in results(place))
        finally:
            client.close()
            _cancel(place)
    lanes = len(os.sched_getaffinity(0))
    told = f"line ended: {ended}; files {before}, then {after}; shown as running: {shown}, as done: {ended_well}; "
    told += f"whole: {whole}"
    held = ended and FILES > after > before and shown and ended_well and whole == FILES
    return [
        Figure(line.name, f"batch running, {lanes} lanes", "4 kB/s", f"{rate / 1000:.1f} kB/s", rate <= 4000),
        Figure(line.name, "line cut, login again", f"all {FILES}", told, held),
    ]


def results(place: Place) -> list[Path]:
    """Files that the batch has written."""
    return [path for path in (place.pictures / "developed").glob("[0-9]*") if path.is_file()]


def is_running(text: str) -> bool:
    """Whether the app says that a batch is."""
    return "running" in text.replace("no batch is running", "")


def written(place: Place) -> int:
    """How many."""
    return len(results(place))


def _is_whole(path: Path) -> bool:
    with Image.open(path) as picture:
        try:
            picture.load()
        except OSError:
            return False
    return True


def _start(client: Client) -> None:
    settled(client)
    client.type("M")
    client.rest(1.0)
    client.type("a")
    assert client.until(lambda: f"{FILES} files" in client.text(), 20.0) < float("inf"), client.text()
    client.rest(0.5)
    client.type("\r")
    assert client.until(lambda: is_running(client.text()), 20.0) < float("inf"), client.text()


def _cancel(place: Place) -> None:
    command = [sys.executable, "-m", "tui", "jobs", "--cancel"]
    subprocess.run(command, cwd=ROOT, env=os.environ | place.settings, check=False, capture_output=True, timeout=30)
