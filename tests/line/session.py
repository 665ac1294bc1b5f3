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


class Place(NamedTuple):
    """A machine at the far end of a line, with photographs of its own and settings that nobody else has."""

    server: Server
    shaper: Shaper
    folder: Path
    settings: dict[str, str]

    @property
    def pictures(self) -> Path:
        """Where the photographs are."""
        return self.folder / "pictures"

    def login(self, kind: str = "half", *words: str) -> Client:
        """Log in and start the app there."""
        settings = " ".join(f"{name}={value}" for name, value in self.settings.items())
        command = f"cd {ROOT}; env {settings} {sys.executable} -m tui {self.pictures} {' '.join(words)}"
        return Client(self.server.line(self.shaper.port, command), kind)


@contextmanager
def placed(line: Line, count: int = 24, *, broken: bool = False) -> Iterator[Place]:
    """The far end of that line, with so many photographs, or files that are none."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = sorted(path for path in (ROOT / "images").iterdir() if path.suffix in (".jpg", ".png", ".webp"))
        settings = {f"XDG_{each}_HOME": str(folder / each) for each in ("STATE", "CONFIG", "DATA")}
        settings |= {name: os.environ[name] for name in INHERITED if name in os.environ} | {"COLORTERM": "truecolor"}
        settings |= {"SAFELIGHT_TOUR": "off", "SAFELIGHT_RESTORE": "off", "SAFELIGHT_EDITS": "off"}
        with Server(folder) as server, Shaper(server.port, line.rate, line.round_trip) as shaper:
            place = Place(server, shaper, folder, settings)
            place.pictures.mkdir()
            for index, source in zip(range(count), itertools.cycle(sources), strict=False):
                copy = place.pictures / f"{index:02} {source.name}"
                copy.write_bytes(b"no picture" if broken else source.read_bytes())
            yield place


@contextmanager
def opened(line: Line, kind: str = "half", count: int = 24, *, broken: bool = False) -> Iterator[Client]:
    """The app over that line, just started."""
    with placed(line, count, broken=broken) as place:
        client = place.login(kind)
        try:
            yield client
        finally:
            client.close()
