"""A folder of a server and one of a store, behind lines on which a request takes 0.1 s: browsed, and developed."""

import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest

from engine.batch.outputs import plan_outputs
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.run.cpu import available_workers
from engine.stack import Stack
from tests.far import known
from tests.line.server import Server
from tests.line.shaper import Shaper
from tests.long.figures.figure import Figure
from tests.long.figures.measurements.prediction import wait
from tests.store import Store
from tui.app import Safelight

ROUNDS = 3
RATE, TRIP = 12.5e6, 0.1
FILES, KEYS = 48, 40
SIZE = (120, 50)
LARGEST = 1 << 20
PATIENCE = 60.0
Timed = dict[str, float]


def measure(rounds: int) -> list[Figure]:
    """Seconds until something is there, and what a photograph costs beyond home."""
    with tempfile.TemporaryDirectory(prefix="safelight-figures-") as scratch:
        home = Path(scratch, "photographs")
        fill(home)
        found: dict[str, list[Timed]] = {"sftp": [], "S3": []}
        with places(Path(scratch), home) as urls:
            for _ in range(rounds):
                local = developed(str(home), str(Path(scratch, "results")))
                for kind, url in urls.items():
                    browsed = asyncio.run(browse(f"{url}/photographs"))
                    seconds = developed(f"{url}/photographs", f"{url}/results")
                    found[kind].append(browsed | {"batch": 1000 * (seconds - local) / FILES})
    return [figure(kind, name, [each[name] for each in times]) for kind, times in found.items() for name in NAMES]


NAMES = {
    "names": (f"names of {FILES} photographs on the screen", "s", 2.0),
    "picture": ("first picture on the screen", "s", 3.0),
    "next": ("the next picture, half a second later", "ms", 500.0),
    "key": ("key to a changed list meanwhile, the worst", "ms", 100.0),
    "batch": ("a photograph of a batch there and back, beyond home", "ms", 150.0),
}


def figure(kind: str, name: str, values: list[float]) -> Figure:
    """One of them."""
    said, unit, limit = NAMES[name]
    return Figure(
        name=f"{kind} at 0.1 s a request: {said}", unit=unit, bound="at most", limit=limit, values=tuple(values)
    )


def fill(folder: Path) -> None:
    """Photographs of half a megabyte and more, as often as it takes."""
    folder.mkdir()
    images = Path(__file__).parents[4] / "images"
    small = sorted(path for path in images.glob("*.jpg") if path.stat().st_size < LARGEST)
    for number in range(FILES):
        (folder / f"{number:03}.jpg").write_bytes(small[number % len(small)].read_bytes())


@contextmanager
def places(scratch: Path, home: Path) -> Iterator[dict[str, str]]:
    """The same photographs there; the addresses lead over the slow lines."""
    keys = scratch / "keys"
    keys.mkdir()
    store = Store()
    try:
        with Server(keys) as server, Shaper(server.port, RATE, TRIP) as one, Shaper(store.port, RATE, TRIP) as other:
            store.ask("create_bucket", Bucket="figures")
            for path in home.iterdir():
                store.ask("put_object", Bucket="figures", Key=f"photographs/{path.name}", Body=path.read_bytes())
            with pytest.MonkeyPatch.context() as patch:
                authority = known((server, keys), scratch / "home", patch, one.port)
                for name, value in store.environment(other.port).items():
                    patch.setenv(name, value)
                yield {"sftp": f"sftp://{authority}{scratch}", "S3": "s3://figures"}
    finally:
        store.close()


async def browse(url: str) -> Timed:
    """The app opened there, as a person sees it."""
    began = time.perf_counter()
    app = Safelight((url,))
    async with app.run_test(size=SIZE) as pilot:

        async def reached(condition: Callable[[], object]) -> float:
            while not condition():
                assert time.perf_counter() < began + PATIENCE, "it never came"
                await asyncio.sleep(0.002)
            return time.perf_counter() - began

        told = {"names": await reached(lambda: app.main.images.complete and app.main.images.total == FILES)}
        await reached(lambda: app.has_started)
        told["picture"] = await reached(lambda: app.bridge.stack is not None and app.bridge.preview.settled)
        nexts = []
        for _ in range(5):
            await asyncio.sleep(0.5)
            before = time.perf_counter()
            await pilot.press("down")
            await reached(lambda: app.bridge.preview.settled)
            nexts.append(time.perf_counter() - before)
        told["next"] = 1000 * median(nexts)
        keys = []
        for _ in range(KEYS):
            before, row = time.perf_counter(), app.main.images.cursor
            await pilot.press("down")
            await reached(lambda row=row: app.main.images.cursor != row)  # type: ignore[misc]
            keys.append(time.perf_counter() - before)
        told["key"] = 1000 * max(keys)
        app.bridge.keeping.forget()
    return told


def developed(source: str, output: str) -> float:
    """Seconds of a batch, from its first file to its last."""
    tasks = plan_outputs([source], output, existing="replace")
    stack = Stack.parse(["exposure:ev=0.5"])
    wanted = Specification(tasks, stack, workers=available_workers(), output=output, existing="replace")
    began = time.perf_counter()
    wait(start(wanted))
    return time.perf_counter() - began
