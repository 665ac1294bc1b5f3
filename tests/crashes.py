"""What a batch must leave whole whenever and however it ends: sources, results, its journal, and the way to resume."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.batch.client import Batch
from engine.batch.earlier import resumed
from engine.batch.folder import Folder, batches_folder, create_folder
from engine.batch.in_place import plan_in_place
from engine.batch.log import create_log
from engine.batch.outputs import plan_outputs
from engine.batch.shelf import Shelf
from engine.batch.specification import Specification, save_specification
from engine.child import environment
from engine.files.in_place import BACKUP_SUFFIX
from engine.files.write import TEMPORARY_PREFIX
from engine.job import Event, Failed, Finished, Skipped, State
from engine.stack import Stack, Step

NAMES = ("a.jpg", "b.png", "c.tif", "d.webp", "below/e.jpg", "below/f.png")
Contents = dict[str, bytes]


def make_pictures(folder: Path, names: Sequence[str] = NAMES) -> Path:
    """Small pictures of noise, each another, and the same whenever they are made."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        noise = np.random.default_rng(zlib.crc32(name.encode())).integers(0, 255, (48, 64, 3), np.uint8)
        Image.fromarray(noise).save(path)
    return folder


def contents(folder: Path) -> Contents:
    """Digests of all files below a folder but unfinished ones, by their path there."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).digest()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(TEMPORARY_PREFIX)
    }


def leftovers(folder: Path) -> list[Path]:
    """Unfinished files."""
    return sorted(folder.rglob(f"{TEMPORARY_PREFIX}*"))


def story(batch: Batch) -> list[Event]:
    """All that its journal tells; every line of it can be read."""
    told: list[Event] = []
    while found := batch.events(len(told)):
        told += [event for _, event in found]
    whole = batch.folder.journal.read_bytes().count(b"\n") if batch.folder.journal.exists() else 0
    assert len(told) == whole
    return told


@dataclass
class Scene:
    """Sources, where their results go, and what these have to be."""

    sources: Path
    out: Path
    workers: int = 2
    stack: Stack = field(default_factory=lambda: Stack((Step.of("invert"),)))
    before: Contents = field(init=False)
    whole: Contents = field(init=False)
    told: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.before = contents(self.sources)
        self.whole = {}

    def clear(self) -> None:
        """No results, and no batch of before."""
        for folder in (self.out, batches_folder()):
            shutil.rmtree(folder, ignore_errors=True)

    def asked(self, *, resume: bool = False) -> Specification:
        """As `safelight apply` asks."""
        tasks = plan_outputs([str(self.sources)], str(self.out), existing="replace" if resume else "fail")
        wanted = Specification(tasks, self.stack, workers=self.workers, output=str(self.out))
        return resumed(wanted, Shelf().batches()) if resume else wanted

    def prepare(self, *, resume: bool = False) -> Folder:
        """The folder of a batch that nobody runs yet."""
        folder = create_folder(batches_folder())
        create_log(folder).close()
        save_specification(self.asked(resume=resume), folder)
        return folder

    def check_harmless(self) -> None:
        """Every source is as it was; every result is whole or absent."""
        assert contents(self.sources) == self.before
        assert contents(self.out).items() <= self.whole.items()

    def check_ended(self, folder: Folder) -> set[str]:
        """That, and the journal claims nothing that is not so. What it says is finished."""
        self.check_harmless()
        batch = Batch(folder)
        assert batch.state in (State.BROKEN, State.DONE)
        told = story(batch)
        finished = {event.output for event in told if isinstance(event, Finished)}
        assert all(os.path.isfile(path) for path in finished)
        failed, skipped = (sum(isinstance(event, kind) for event in told) for kind in (Failed, Skipped))
        assert batch.counts() == (len(finished), failed, skipped)
        return finished

    def check_complete(self, folder: Folder, finished: set[str]) -> None:
        """The resumed batch did what was missing and nothing else, and nothing tells that there was a crash."""
        assert Batch(folder).state is State.DONE
        again = {event.output for event in story(Batch(folder)) if isinstance(event, Finished)}
        assert not again & finished
        assert contents(self.sources) == self.before
        assert contents(self.out) == self.whole
        assert not leftovers(self.out)


class InPlace(Scene):
    """Results that take the places of their sources."""

    def clear(self) -> None:
        """The originals are back, and no batch of before."""
        super().clear()
        make_pictures(self.sources, tuple(self.before))

    def asked(self, *, resume: bool = False) -> Specification:
        """As `safelight apply --in-place` asks."""
        tasks = plan_in_place([str(self.sources)])
        wanted = Specification(tasks, self.stack, workers=self.workers, output=str(self.sources), in_place=True)
        return resumed(wanted, Shelf().batches()) if resume else wanted

    def check_ended(self, folder: Folder) -> set[str]:
        """Each original is there, by its own name or its second, until the journal tells of its whole result."""
        batch, there = Batch(folder), contents(self.sources)
        assert batch.state in (State.BROKEN, State.DONE)
        made = {event.output for event in story(batch) if isinstance(event, Finished | Skipped) and event.written}
        for name, original in self.before.items():
            result = there.get(name)
            assert result in (original, self.whole[name])
            kept = original in (result, there.get(name + BACKUP_SUFFIX))
            assert kept or str(self.sources / name) in self.told | made
        self.told |= made
        return {event.output for event in story(batch) if isinstance(event, Finished)}

    def check_complete(self, folder: Folder, finished: set[str]) -> None:
        """Each file was filtered once, and no second name stays."""
        assert Batch(folder).state is State.DONE
        again = {event.output for event in story(Batch(folder)) if isinstance(event, Finished)}
        assert not again & finished
        assert contents(self.sources) == self.whole
        assert not leftovers(self.sources)
        self.told.clear()


class Nursery:
    """Starts batches in no time and kills them."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, folder: Folder, **asked: Any) -> tuple[int, int]:
        """The status of a batch, and how many calls that write it made when it was not killed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"folder": str(folder.path), **asked}) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        return told["status"], told["steps"]


@contextmanager
def nursery() -> Iterator[Nursery]:
    """One that ends with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.mortal"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as process:
        yield Nursery(process)


def survive(scene: Scene, nursery: Nursery, again: Sequence[float] = (), **asked: Any) -> int:
    """A batch that is killed where it is asked, and one that resumes it; the status of the first.

    Those that resume it are killed as well, after so many seconds each, until one is not.
    """
    scene.clear()
    batch = scene.prepare()
    status, _ = nursery.run(batch, **asked)
    finished = scene.check_ended(batch)
    for seconds in again:
        batch = scene.prepare(resume=True)
        nursery.run(batch, seconds=seconds)
        finished |= scene.check_ended(batch)
    batch = scene.prepare(resume=True)
    assert nursery.run(batch)[0] == 0
    scene.check_complete(batch, finished)
    return status


@contextmanager
def small_disk(path: Path, options: str) -> Iterator[None]:
    """A disk of its own at that folder; the test is skipped where none can be mounted."""
    path.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", path], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"nothing can be mounted here: {mounted.stderr.decode().strip()}")
    try:
        path.chmod(0o700)
        yield
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)
