"""Runs the measurements and prints a table. Nothing else should run on the machine meanwhile."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import psutil
from PIL import Image

from tests.feel.driven import Driven, has_picture

KEYS, SLIDES, PICTURES = 150, 60, 13
DOWN = "\x1b[B"
NEXT, FAR = "n", "\x1b[6~"
"""To a picture that was prepared ahead, and to one that was not."""
NAMES = 40
"""Names of each picture, so that a page further on there is one that was not looked at yet."""
SOURCE = Path(__file__).parents[2] / "images" / "rowing-boats.jpg"


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile, in milliseconds."""
    ordered = sorted(times)
    return statistics.median(ordered) * 1e3, ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))] * 1e3


def say(what: str, times: Sequence[float], aim: str) -> tuple[float, float]:
    """A row of the table."""
    middle, worst = percentiles(times)
    print(f"| {what} | {aim} | {middle:.1f} ms | {worst:.1f} ms |", flush=True)
    return middle, worst


def photographs(folder: Path) -> None:
    """Pictures of 24 megapixels: baseline JPEGs, and as many progressive ones."""
    with Image.open(SOURCE) as small:
        pixels = np.asarray(small.convert("RGB").resize((6000, 4000)))
    for kind in ("baseline", "progressive"):
        (folder / kind).mkdir()
        for number in range(PICTURES):
            picture = Image.fromarray(np.roll(pixels, 97 * number, axis=1))
            first = folder / kind / f"00-{number:02}.jpg"
            picture.save(first, quality=90, progressive=kind == "progressive")
            for again in range(1, NAMES):
                os.link(first, folder / kind / f"{again:02}-{number:02}.jpg")


def fresh() -> str:
    """A state folder of somebody who was shown round and has opened nothing since."""
    state = Path(tempfile.mkdtemp(dir=tempfile.gettempdir(), prefix="feel-"))
    (state / "safelight").mkdir(mode=0o700)
    (state / "safelight" / "toured").touch()
    return str(state)


def opened(folder: Path, size: tuple[int, int], shown: str) -> Driven:
    """The app, at rest."""
    app = Driven("tui", str(folder), size=size, XDG_STATE_HOME=fresh())
    app.until(lambda text: shown in text)
    app.rest(1.5)
    return app


def keys(folder: Path, said: str) -> None:
    """From a key in the list to the first byte, turn about with a bare list."""
    bare, ours = Driven("tests.feel.bare", "1000"), opened(folder, (120, 40), "00000.png")
    bare.until(lambda text: "DSC_00000" in text)
    bare.rest(1.0)
    times: dict[Driven, list[float]] = {bare: [], ours: []}
    for _ in range(KEYS):
        for app, found in times.items():
            found.append(app.press(DOWN))
            app.rest(0.06)
    theirs = say(f"key to screen, {said}: a bare Textual list", times[bare], "")
    own = say(f"key to screen, {said}: Safelight", times[ours], "1.3 and 1.5 times that")
    print(f"| times | | {own[0] / theirs[0]:.2f} | {own[1] / theirs[1]:.2f} |")
    for app in times:
        app.close()


def slider(folder: Path, size: tuple[int, int], aim: str) -> None:
    """From a step of a slider to the first cells of the picture."""
    app = opened(folder / "baseline", size, "00-00")
    os.write(app._master, b"Ofexposure\r")
    app.rest(3.0)
    times = []
    for _ in range(SLIDES):
        times.append(app.press("}" if len(times) % 2 else "{", has_picture))
        app.rest()
    say(f"slider to picture, {size[0]} x {size[1]}", times, aim)
    app.close()


def next_picture(folder: Path, kind: str, key: str, aim: str, said: str) -> None:
    """From the key to the first cells of another picture, a third of a second between them."""
    app = opened(folder / kind, (120, 40), "00")
    times = []
    for _ in range(PICTURES - 1):
        times.append(app.press(key, has_picture))
        app.rest(0.33)
    say(f"next picture, {kind} 24 megapixels, {said}", times, aim)
    app.close()


def large(folder: Path) -> None:
    """A folder of 50,000 names."""
    began = time.perf_counter()
    app = Driven("tui", str(folder), XDG_STATE_HOME=fresh())
    usable = app.until(lambda text: "00000.png" in text, began)
    app.press(DOWN)
    app.rest(3.0)
    memory = psutil.Process(app.process.pid).memory_info().rss / 1e6
    print(f"| 50,000 files: the first names / memory | 1 s / 400 MB | {usable:.2f} s | {memory:.0f} MB |")
    app.close()


def busy(folder: Path) -> Iterator[None]:
    """While a batch of all cores is under way."""
    command = [sys.executable, "-m", "tui", "apply", str(folder / "baseline"), "-f", "gaussian-blur:sigma=30"]
    command += ["-o", str(folder / "out"), "--existing", "replace"]
    while True:
        batch = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(2)
        try:
            yield
        finally:
            batch.terminate()
            batch.wait()
        return


def main() -> None:
    """All of it, in about four minutes."""
    with tempfile.TemporaryDirectory() as name:
        tempfile.tempdir = name
        folder, many = Path(name), Path(name) / "many"
        photographs(folder)
        many.mkdir()
        tiny = many / "00000.png"
        Image.new("RGB", (4, 4)).save(tiny)
        for number in range(1, 50_000):
            os.link(tiny, many / f"{number:05}.png")
        print("| | aim | p50 | p99 |\n| --- | --- | ---: | ---: |")
        large(many)
        keys(many, "idle")
        slider(folder, (80, 47), "40 / 90 ms")
        slider(folder, (200, 80), "80 / 160 ms")
        next_picture(folder, "baseline", NEXT, "60 ms", "the next one")
        next_picture(folder, "baseline", FAR, "120 ms", "a page further on")
        next_picture(folder, "progressive", FAR, "120 ms", "a page further on")
        for _ in busy(folder):
            keys(many, "under a batch")
            next_picture(folder, "baseline", NEXT, "120 ms", "the next one under a batch")
            next_picture(folder, "progressive", FAR, "240 ms", "a page further on under a batch")


if __name__ == "__main__":
    main()
