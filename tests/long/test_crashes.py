"""Hundreds of kills, of batches, of those that resume them and of who starts them, by calls of Python and the system's.

`pytest tests/long/test_crashes.py` takes some minutes.
"""

import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.record import load_record
from engine.batch.shelf import Shelf
from engine.child import environment, python_command
from engine.job import State
from tests.crashes import InPlace, Nursery, Scene, contents, make_pictures, nursery, survive

SEED = 20260106
RANDOM_KILLS = 300
REAL_KILLS = 40
CLIENT_KILLS = 40
CALLS = (
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "linkat",
    "rename",
    "unlinkat",
    "unlink",
    "mkdir",
    "ftruncate",
    "close",
)
MOST_OF_A_CALL = 24
"""What Python does to load a batch calls some of them a thousand times; those are spread over."""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Pictures in all formats, and a state folder of their own."""
    folder = tmp_path_factory.mktemp("crashes")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(folder / "state"))
        yield Scene(make_pictures(folder / "in"), folder / "out")


@pytest.fixture(scope="module")
def mortal(scene: Scene) -> Iterator[Nursery]:
    with nursery() as started:
        assert started.run(scene.prepare())[0] == 0
        scene.whole = contents(scene.out)
        assert set(scene.whole) == set(scene.before)
        yield started


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_killed_at_every_call_that_writes(scene: Scene, mortal: Nursery, moment: str) -> None:
    scene.clear()
    steps = mortal.run(scene.prepare())[1]
    killed = Counter(survive(scene, mortal, step=step, moment=moment) for step in range(1, steps + 1))
    print(f"{moment}: {killed}")
    assert killed[-signal.SIGKILL] >= steps - 10


@pytest.mark.parametrize("moment", ["before", "half", "after"])
def test_killed_in_place(scene: Scene, mortal: Nursery, tmp_path: Path, moment: str) -> None:
    """At every call that writes, and then again at any moment."""
    chance = random.Random(SEED)
    here = InPlace(make_pictures(tmp_path / "in", ("a.jpg", "b.jpg", "below/c.jpg")), tmp_path / "nowhere")
    scene.clear()
    steps = mortal.run(here.prepare(), step=1 << 20)[1]
    here.whole = contents(here.sources)
    killed = Counter(
        survive(here, mortal, again=[chance.uniform(0, 0.1)] * (step % 3), step=step, moment=moment)
        for step in range(1, steps + 1)
    )
    print(f"{moment}: {killed}")
    assert killed[-signal.SIGKILL] >= steps - 10


def test_killed_at_any_moment_and_killed_again(scene: Scene, mortal: Nursery) -> None:
    chance = random.Random(SEED)
    killed = Counter(
        survive(
            scene,
            mortal,
            again=[chance.uniform(0, 0.04) for _ in range(chance.randrange(4))],
            seconds=chance.uniform(0, 0.06),
        )
        for _ in range(RANDOM_KILLS)
    )
    print(killed)
    assert killed[-signal.SIGKILL] > RANDOM_KILLS / 4


def _resume(scene: Scene, mortal: Nursery, finished: set[str]) -> None:
    batch = scene.prepare(resume=True)
    assert mortal.run(batch)[0] == 0
    scene.check_complete(batch, finished)


@pytest.mark.skipif(not shutil.which("strace"), reason="takes strace")
@pytest.mark.parametrize("call", CALLS)
def test_killed_at_a_call_of_the_system(scene: Scene, mortal: Nursery, tmp_path: Path, call: str) -> None:
    """The process of a batch as it is, without a hook: each of its threads counts for itself."""
    scene.clear()
    trace = tmp_path / "trace"
    watched = ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={call}"]
    program = python_command("engine")
    subprocess.run([*watched, *program, str(scene.prepare().path)], env=environment(), check=True)
    each = Counter(line.split()[0] for line in trace.read_text().splitlines() if f" {call}(" in line)
    most = max(each.values(), default=0)
    killed = 0
    for number in sorted({1 + most * part // MOST_OF_A_CALL for part in range(MOST_OF_A_CALL)} if most else ()):
        scene.clear()
        batch = scene.prepare()
        inject = ["-e", f"inject={call}:signal=SIGKILL:when={number}"]
        ended = subprocess.run([*watched, *inject, *program, str(batch.path)], env=environment(), check=False)
        killed += ended.returncode != 0
        _resume(scene, mortal, scene.check_ended(batch))
    print(f"{call}: killed {killed} times, at most {most} calls a thread")


def test_a_real_process_killed_at_any_moment(scene: Scene, mortal: Nursery) -> None:
    chance, killed = random.Random(SEED), 0
    for _ in range(REAL_KILLS):
        scene.clear()
        batch = scene.prepare()
        with subprocess.Popen([*python_command("engine"), str(batch.path)], env=environment()) as process:
            time.sleep(chance.uniform(0, 1.0))
            process.kill()
        killed += process.returncode != 0
        _resume(scene, mortal, scene.check_ended(batch))
    print(f"killed {killed} of {REAL_KILLS}")


def test_who_starts_a_batch_is_killed(scene: Scene, mortal: Nursery, tmp_path: Path) -> None:
    """Before there is a batch nothing happens; after that it goes on by itself, to its end."""
    chance, outcomes = random.Random(SEED), Counter[str]()
    words = [sys.executable, "-m", "tui", "apply", str(scene.sources), "-o", str(scene.out), "-f", "invert", "--json"]
    for _ in range(CLIENT_KILLS):
        scene.clear()
        with subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0.1, 1.2))
            process.kill()
        scene.check_harmless()
        for batch in Shelf().batches():
            deadline = time.monotonic() + 30
            while not batch.state.over:
                assert time.monotonic() < deadline, "nobody begins it, and nobody says so"
                time.sleep(0.01)
            outcomes[batch.state] += 1
        outcomes["none"] += not Shelf().batches()
        if not contents(scene.out):
            shutil.rmtree(scene.out, ignore_errors=True)
        resumed = subprocess.run([*words, "--resume"], env=environment(), capture_output=True, check=False)
        assert resumed.returncode == 0, resumed.stderr
        assert contents(scene.out) == scene.whole
        assert contents(scene.sources) == scene.before
    print(outcomes)
    assert outcomes[State.DONE]


def test_history_tells_what_a_killed_batch_did(scene: Scene, mortal: Nursery) -> None:
    words = [sys.executable, "-m", "tui", "history"]
    scene.clear()
    steps = mortal.run(scene.prepare())[1]
    for step in range(1, steps, 5):
        scene.clear()
        folder = scene.prepare()
        mortal.run(folder, step=step, moment="half")
        finished = scene.check_ended(folder)
        listed = subprocess.run(words, env=environment(), capture_output=True, text=True, check=True)
        state, total = Batch(folder).state, 0 if load_record(folder) is None else len(scene.whole)
        assert listed.stdout.split()[:7] == [folder.id, state, str(len(finished)), "of", str(total), "files", "done"]
        told = subprocess.run([*words, folder.id], env=environment(), capture_output=True, text=True, check=True)
        lines = told.stdout.splitlines()
        assert {line.split("  ")[0] for line in lines if line.startswith(str(scene.out))} == finished
        if state is State.BROKEN:
            assert f"was killed after {len(finished)} of {total} files" in lines[-1]
