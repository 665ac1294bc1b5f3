"""Workers, schedulers and clients of a cluster killed at random moments: nothing is lost, and nothing comes twice.

`SAFELIGHT_SEED=7 SAFELIGHT_ROUNDS=100 python -m pytest tests/long/test_cluster.py` tries other moments.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.record import load_record
from engine.job import Failed, Finished, Skipped, State
from tests.crashes import contents, leftovers
from tests.engine.batch.conftest import state_folder, story, summary, until
from tests.engine.cluster.conftest import Ask, ask, pictures, yard
from tests.yard import Yard, kill

__all__ = ["ask", "pictures", "state_folder", "yard"]
SEED = int(os.environ.get("SAFELIGHT_SEED", "1"))
ROUNDS = int(os.environ.get("SAFELIGHT_ROUNDS", "42"))
NAMES = tuple(f"slow-{number:02}.{('jpg', 'png', 'tif')[number % 3]}" for number in range(18))
LONGEST = 2.5
"""Seconds from a batch's begin to the first kill: most of it lies within."""
VICTIMS = (
    ("worker",),
    ("scheduler",),
    ("client",),
    ("worker", "worker"),
    ("worker", "client"),
    ("client", "worker"),
    ("scheduler", "client"),
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
    if aside or batch.state is not State.DONE:
        finish(ask, yard, tmp_path, lost="scheduler" in victims)
    assert contents(tmp_path / "out") == contents(tmp_path / "home")
    assert not leftovers(tmp_path / "out")


def kill_client(batch: Batch) -> None:
    """The batch's own process; it may be over."""
    record = load_record(batch.folder)
    assert record is not None
    try:
        os.kill(record.pid, signal.SIGKILL)
    except ProcessLookupError:
        assert batch.state.over


def check_story(batch: Batch) -> list[Failed]:
    """Each file has one outcome at most, and each that is said to be done is there; those that were set aside."""
    told = [event for event in story(batch) if isinstance(event, Finished | Failed | Skipped)]
    assert max(Counter(event.index for event in told).values(), default=0) <= 1
    assert all(os.path.exists(event.output) for event in told if isinstance(event, Finished))
    failed = [event for event in told if isinstance(event, Failed)]
    assert all("is set aside: each of 2 workers" in event.error for event in failed)
    return failed


def finish(ask: Ask, yard: Yard, tmp_path: Path, *, lost: bool) -> None:
    """`--resume`, on a new cluster where the old one has no scheduler any more."""
    again = Yard(tmp_path / "again") if lost else yard
    try:
        if lost:
            again.worker(2)
        resumed = ask(again.address, resume=True)
        ended = summary(resumed)
        assert (ended.state, ended.failed, ended.left) == (State.DONE, 0, 0)
        assert not check_story(resumed)
    finally:
        if lost:
            again.close()
