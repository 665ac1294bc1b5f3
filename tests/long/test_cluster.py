"""Workers, schedulers and clients of a cluster killed at random moments: nothing is lost, and nothing comes twice.

From before the first worker is asked whether it may work, to after the last file.

`SAFELIGHT_SEED=7 SAFELIGHT_ROUNDS=100 python -m pytest tests/long/test_cluster.py` tries other moments.
"""

import os
import random
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.record import load_record
from engine.batch.shelf import Shelf
from engine.child import environment, python_command
from engine.errors import BatchError
from engine.job import Failed, Finished, Remark, Skipped, State
from tests.crashes import contents, leftovers
from tests.engine.batch.conftest import state_folder, story, summary, until
from tests.engine.cluster.conftest import Ask, ask, pictures, yard
from tests.yard import Yard, kill

__all__ = ["ask", "pictures", "state_folder", "yard"]
SEED = int(os.environ.get("SAFELIGHT_SEED", "1"))
ROUNDS = int(os.environ.get("SAFELIGHT_ROUNDS", "40"))
NAMES = tuple(f"slow-{number:02}.{('jpg', 'png', 'tif')[number % 3]}" for number in range(18))
LONGEST = 2.5
"""Seconds from a batch's begin to the first kill: most of it lies within."""
JUDGES_FOR = 1.5
"""Seconds from asking for a batch to its begin, about."""
LOST = r"tcp://[\d.]+:\d+ on \S+ was lost( before it had a file|; its \d+ files? (is|are) done elsewhere)?\."
UNASKED = r"tcp://[\d.]+:\d+ is left out: it (was lost|does not answer)\."
SENTENCES = re.compile(f"{LOST}|{UNASKED}")
"""All that a batch may remark."""
UNREACHED = re.compile(
    r"(No scheduler answers at|The scheduler at) tcp://[\d.]+:\d+ [^<>]*|The cluster at \S+ has no workers: .*"
)
VICTIMS = (
    ("worker",),
    ("scheduler",),
    ("client",),
    ("worker", "worker"),
    ("worker", "client"),
    ("client", "worker"),
    ("scheduler", "client"),
    ("worker", "newcomer", "worker"),
    ("newcomer", "client"),
    ("worker", "scheduler"),
)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_whatever_is_killed(number: int, yard: Yard, pictures: Callable[..., Path], ask: Ask, tmp_path: Path) -> None:
    chance = random.Random(f"{SEED}:{number}")
    victims = VICTIMS[number % len(VICTIMS)]
    pictures(*NAMES)
    assert summary(ask(out="home")).done == len(NAMES)
    workers = [yard.worker(chance.randint(1, 2)) for _ in range(3)]
    batch = ask(yard.address)
    moment = chance.uniform(0.0, LONGEST)
    print(f"seed {SEED}, round {number}: {' and '.join(victims)} after {moment:.3f} s")
    for victim in victims:
        time.sleep(moment)
        moment = chance.uniform(0.0, 0.5)
        if victim == "worker":
            kill(workers.pop(chance.randrange(len(workers))))
        elif victim == "newcomer":
            workers.append(yard.worker(1))
        elif victim == "scheduler":
            kill(yard.scheduler)
        else:
            kill_client(batch)
    until(lambda: batch.state.over)
    aside = check_story(batch)
    # A file that two workers die with is taken for what killed them.
    assert len(aside) <= (victims.count("worker") > 1)
    if {"scheduler", "client"} & set(victims):
        assert batch.state in (State.BROKEN, State.DONE)
    else:
        assert summary(batch).state is State.DONE
    check_whole(tmp_path)
    if aside or batch.state is not State.DONE:
        finish(ask, yard, tmp_path, batch, lost="scheduler" in victims)
    assert contents(tmp_path / "out") == contents(tmp_path / "home")
    assert not leftovers(tmp_path / "out")


@pytest.mark.parametrize("number", range(ROUNDS // 4))
def test_whatever_is_killed_before_it_begins(
    number: int, yard: Yard, pictures: Callable[..., Path], ask: Ask, tmp_path: Path
) -> None:
    chance = random.Random(f"{SEED}:before:{number}")
    pictures(*NAMES)
    assert summary(ask(out="home")).done == len(NAMES)
    workers = [yard.worker(chance.randint(1, 2)) for _ in range(3)]
    moment = chance.uniform(0.0, JUDGES_FOR)
    victim = ("worker", "scheduler")[number % 2]
    print(f"seed {SEED}, round {number}: {victim} {moment:.3f} s after the batch is asked for")
    with ThreadPoolExecutor(1) as asking:
        asked = asking.submit(ask, yard.address)
        time.sleep(moment)
        kill(chance.choice(workers) if victim == "worker" else yard.scheduler)
        error = asked.exception()
    if error is None:
        batch = asked.result()
        until(lambda: batch.state.over)
        check_story(batch)
        check_whole(tmp_path)
        assert batch.state is State.DONE or victim == "scheduler"
        if batch.state is not State.DONE:
            finish(ask, yard, tmp_path, batch, lost=True)
        assert contents(tmp_path / "out") == contents(tmp_path / "home")
    else:
        assert isinstance(error, BatchError)
        assert victim == "scheduler"
        assert UNREACHED.fullmatch(str(error))
    assert not leftovers(tmp_path / "out")


@pytest.mark.parametrize(
    ("victim", "status", "sentence"),
    [
        ("worker", 0, " was lost"),
        ("scheduler", 1, " was lost: `--resume` does what is left once there is one again."),
        ("client", 1, " ended without a word; "),
    ],
)
def test_the_command_says_how_it_ended(
    victim: str, status: int, sentence: str, yard: Yard, pictures: Callable[..., Path], state_folder: Path, ask: Ask
) -> None:
    folder = pictures(*NAMES)
    assert summary(ask(out="home")).done == len(NAMES)
    before = {batch.id for batch in Shelf().batches()}
    workers = [yard.worker(1) for _ in range(2)]
    words = [*python_command("tui"), "apply", str(folder), "-f", "invert", "-o", str(folder.parent / "out")]
    environ = environment() | {"XDG_STATE_HOME": str(state_folder)}
    with subprocess.Popen(
        [*words, "--cluster", yard.address], stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True, env=environ
    ) as command:
        until(lambda: bool(contents(folder.parent / "out")))
        (batch,) = (each for each in Shelf().batches() if each.id not in before)
        if victim == "client":
            kill_client(batch)
        else:
            kill(workers.pop() if victim == "worker" else yard.scheduler)
        told = command.communicate()[0]
    assert sentence in told
    assert "<TCP" not in told
    assert command.returncode == status
    if status:
        finish(ask, yard, folder.parent, batch, lost=victim == "scheduler")
    assert contents(folder.parent / "out") == contents(folder.parent / "home")


def kill_client(batch: Batch) -> None:
    """The batch's own process; it may be over."""
    record = load_record(batch.folder)
    assert record is not None
    try:
        os.kill(record.pid, signal.SIGKILL)
    except ProcessLookupError:
        assert batch.state.over


def check_story(batch: Batch) -> list[Failed]:
    """Each file has one outcome at most, each that is said to be done is there, and all that is said is a sentence;
    those that were set aside.
    """
    told = story(batch)
    over = [event for event in told if isinstance(event, Finished | Failed | Skipped)]
    assert max(Counter(event.index for event in over).values(), default=0) <= 1
    assert all(os.path.exists(event.output) for event in over if isinstance(event, Finished))
    for event in told:
        assert not isinstance(event, Remark) or SENTENCES.fullmatch(event.text), event
    failed = [event for event in over if isinstance(event, Failed)]
    assert all("is set aside: each of 2 workers" in event.error for event in failed)
    return failed


def check_whole(tmp_path: Path) -> None:
    """What is there is whole."""
    assert contents(tmp_path / "out").items() <= contents(tmp_path / "home").items()


def finish(ask: Ask, yard: Yard, tmp_path: Path, before: Batch, *, lost: bool) -> None:
    """`--resume`, on a new cluster where the old one has no scheduler any more; it does what was not done."""
    done = {event.output for event in story(before) if isinstance(event, Finished)}
    again = Yard(tmp_path / "again") if lost else yard
    try:
        if lost:
            again.worker(2)
        resumed = ask(again.address, resume=True)
        ended = summary(resumed)
        assert (ended.state, ended.failed, ended.left) == (State.DONE, 0, 0)
        assert not check_story(resumed)
        assert not done & {event.output for event in story(resumed) if isinstance(event, Finished)}
    finally:
        if lost:
            again.close()
