"""Two thousand files, fifty bad ones among them: memory stays level, each bad one is told of once, the summary adds up.

`pytest tests/long/test_long_run.py -s` takes a minute or two.
"""

import json
import os
import re
import statistics
import sys
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from engine.batch.folder import batches_folder
from engine.child import environment
from engine.files.encode import FORMATS, encode, refusal
from engine.files.name import ESCAPED, show
from engine.image import Image
from tests.corpus import metadata
from tests.crashes import Contents, contents, leftovers

FILES, BAD, KEPT = 2000, 50, 25
SIZES = ((240, 320), (301, 200), (64, 640), (480, 360))
EVERY = 0.1
"""Seconds between two looks at the processes."""
GROWTH = 32 << 20
"""Bytes that all processes together may hold more in the last quarter of the time than at the end of the first."""


@dataclass
class Run:
    """What a batch was given, what it held while it ran, what it said and what it left."""

    folder: Path
    before: Contents
    bad: set[Path]
    samples: list[dict[str, int]]
    status: int
    said: bytes
    faults: bytes

    @property
    def journal(self) -> list[dict[str, Any]]:
        """Its events."""
        (folder,) = batches_folder().iterdir()
        return [json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines()]


def good() -> list[tuple[str, bytes]]:
    """A file of each format, depth, layout and size, by its suffix."""
    chance, made = np.random.default_rng(5), []
    for name, suffix in FORMATS.items():
        for number, (height, width) in enumerate(SIZES if not refusal(name) else ()):
            noise = chance.integers(0, 255, (height // 8, width // 8, 3), np.uint8)
            pixels = np.ascontiguousarray(noise.repeat(8, axis=0).repeat(8, axis=1))
            deep = pixels.astype(np.uint16) * 257 if number % 2 else pixels
            made.append((suffix, encode(Image(deep, metadata()), name, 90, metadata="all")))
    return made


def bad(files: dict[str, bytes]) -> list[tuple[str, bytes]]:
    """Ten kinds, by the end of their names; `files` is a sound one by its suffix."""
    bomb = files[".png"][:16] + (100_000).to_bytes(4, "big") + (44_000).to_bytes(4, "big") + files[".png"][24:]
    return [
        (".jpg", b""),
        (".jpeg", b"This is no picture, whatever its name says.\x1b[2J"),
        ("-cut.jpg", files[".jpg"][: len(files[".jpg"]) // 2]),
        ("-cut.png", files[".png"][: len(files[".png"]) // 2]),
        ("-cut.tif", files[".tif"][: len(files[".tif"]) // 2]),
        ("-cut.webp", files[".webp"][: len(files[".webp"]) // 2]),
        ("-bomb.png", bomb),
        ("-noise.gif", files[".gif"][:13] + np.random.default_rng(6).bytes(500)),
        ("-document.png", b"%PDF-1.7\n1 0 obj\n"),
        ("\x1b[31m\x1b]0;x\7.avif", files[".avif"][:60]),
    ]


def fill(folder: Path) -> set[Path]:
    """The sources; which of them are bad."""
    folder.mkdir()
    sound = good()
    wrong = bad(dict(sound))
    faulty = set()
    for number in range(FILES):
        turn, rest = divmod(number, FILES // BAD)
        suffix, data = sound[number % len(sound)] if rest else wrong[turn % len(wrong)]
        path = folder / f"{number:04}{suffix}"
        path.write_bytes(data)
        os.utime(path, (1e9, 1e9))
        if not rest:
            faulty.add(path)
    return faulty


def held(top: psutil.Process) -> dict[str, int]:
    """By all processes of the batch together."""
    found = {"memory": 0, "descriptors": 0, "processes": 0, "threads": 0}
    for each in [top, *top.children(recursive=True)]:
        try:
            found["memory"] += each.memory_info().rss
            found["descriptors"] += each.num_fds()
            found["threads"] += each.num_threads()
            found["processes"] += 1
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The batch, run to its end as a person does."""
    folder = tmp_path_factory.mktemp("long")
    faulty = fill(folder / "in")
    kept = [path for path in sorted((folder / "in").iterdir()) if path not in faulty][:: FILES // KEPT][:KEPT]
    (folder / "out").mkdir()
    for path in kept:
        (folder / "out" / path.name).write_bytes(b"kept")
    with (
        pytest.MonkeyPatch.context() as patched,
        (folder / "said").open("wb") as said,
        (folder / "err").open("wb") as err,
    ):
        patched.setenv("XDG_STATE_HOME", str(folder / "state"))
        before = contents(folder / "in")
        words = ["apply", "in", "-o", "out", "-f", "gaussian-blur:sigma=1", "--existing", "skip"]
        process = psutil.Popen(
            [sys.executable, "-m", "tui", *words], cwd=folder, env=environment(), stdout=said, stderr=err
        )
        samples = []
        while process.poll() is None:
            samples.append(held(process))
            time.sleep(EVERY)
        yield Run(
            folder,
            before,
            faulty,
            samples,
            process.returncode,
            *((folder / name).read_bytes() for name in ("said", "err")),
        )


def test_every_bad_file_is_told_of_once_with_a_reason(run: Run) -> None:
    said = run.said.decode() + run.faults.decode()
    told = [line for line in said.splitlines() if line.startswith(show(run.folder / "in"))]
    assert len(told) == BAD
    for path in run.bad:
        (line,) = [line for line in told if line.startswith(show(path))]
        assert re.fullmatch(r"[^:]+: [^:]+\.", line.removeprefix(show(path)))
    failed = [event for event in run.journal if event["event"] == "failed"]
    assert sorted(event["path"] for event in failed) == sorted(map(str, run.bad))
    assert {event["error"] for event in failed} == set(told)
    assert not any(unicodedata.category(letter) in ESCAPED for letter in set(said) - {"\n"})


def test_the_summary_adds_up(run: Run) -> None:
    (summary,) = (event for event in run.journal if event["event"] == "summary")
    assert (summary["done"], summary["failed"], summary["skipped"], summary["left"]) == (
        FILES - BAD - KEPT,
        BAD,
        KEPT,
        0,
    )
    said = run.said.decode().splitlines()[-1]
    print(said)
    assert said.startswith(f"{FILES - BAD - KEPT} files done, {BAD} failed, {KEPT} skipped in ")
    assert run.status == 1
    assert sum(event["event"] == "finished" for event in run.journal) == FILES - BAD - KEPT


def test_nothing_is_harmed_and_nothing_stays(run: Run) -> None:
    assert contents(run.folder / "in") == run.before
    assert not leftovers(run.folder)
    results = {path.name for path in (run.folder / "out").iterdir()}
    assert results == {path.name for path in (run.folder / "in").iterdir() if path not in run.bad}
    assert sum(path.read_bytes() == b"kept" for path in (run.folder / "out").iterdir()) == KEPT


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="counts descriptors")
def test_memory_and_descriptors_stay_level(run: Run) -> None:
    whole = len(run.samples)
    assert whole > 40
    first, last = (
        {what: sorted(each[what] for each in part) for what in part[0]}
        for part in (run.samples[whole // 8 : whole // 4], run.samples[-whole // 4 : -2])
    )
    for what in first:
        before, after = ((statistics.median(part[what]), part[what][-1]) for part in (first, last))
        print(f"{what}: typically {before[0]:,.0f}, at most {before[1]:,}; in the end {after[0]:,.0f} and {after[1]:,}")
        # Files and folders that are open for a moment are seen or not.
        typical, most = (GROWTH, GROWTH) if what == "memory" else (2, 20)
        assert after[0] <= before[0] + typical
        assert after[1] <= before[1] + most
