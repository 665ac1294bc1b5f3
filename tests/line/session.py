"""The app opened through a real OpenSSH server, a shaped line and a terminal at its near end."""

import itertools
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.line.client import Client
from tests.line.server import Server
from tests.line.shaper import Shaper

ROOT = Path(__file__).parents[2]
INHERITED = ("XDG_CACHE_HOME", "PYTHONPATH")


class Line(NamedTuple):
    """A line by the name of its rate."""

    name: str
    rate: float
    round_trip: float


FAST = Line("100 Mbit/s, 20 ms", 12_500_000, 0.02)
MIDDLE = Line("1 Mbit/s, 100 ms", 125_000, 0.1)
SLOW = Line("128 kbit/s, 300 ms", 16_000, 0.3)


@contextmanager
def opened(line: Line, kind: str = "half", count: int = 24, *, broken: bool = False) -> Iterator[Client]:
    """The app over that line, just started on so many photographs, or on files that are none."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = folder / "pictures"
        pictures.mkdir()
        sources = sorted(path for path in (ROOT / "images").iterdir() if path.suffix in (".jpg", ".png", ".webp"))
        for index, source in zip(range(count), itertools.cycle(sources), strict=False):
            copy = pictures / f"{index:02} {source.name}"
            copy.write_bytes(b"no picture" if broken else source.read_bytes())
        settings = {f"XDG_{each}_HOME": str(folder / each) for each in ("STATE", "CONFIG", "DATA")}
        settings |= {name: os.environ[name] for name in INHERITED if name in os.environ} | {"COLORTERM": "truecolor"}
        words = " ".join(f"{name}={value}" for name, value in settings.items())
        command = f"cd {ROOT}; env {words} {sys.executable} -m tui {pictures}"
        with Server(folder) as server, Shaper(server.port, line.rate, line.round_trip) as shaper:
            client = Client(server.line(shaper.port, command), kind)
            try:
                yield client
            finally:
                client.close()
