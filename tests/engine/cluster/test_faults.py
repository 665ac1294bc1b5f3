"""Workers, schedulers and files that end badly: the batch goes on, or ends with a sentence and can be resumed."""

import os
import re
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import engine
from engine.batch.client import Batch
from engine.batch.outputs import plan_outputs
from engine.batch.record import load_record
from engine.batch.specification import Specification
from engine.cluster.gathering import Gathering
from engine.errors import BatchError
from engine.job import Event, Failed, Finished, Remark, State
from engine.stack import Stack, Step
from engine.telemetry import Board
from tests.crashes import contents, leftovers
from tests.engine.batch.conftest import story, summary, until
from tests.engine.cluster.conftest import Ask
from tests.yard import Yard, kill

Pictures = Callable[..., Path]
WITHOUT = """
import sys

class Nowhere:
    def find_spec(self, name, path=None, target=None):
        if name == "engine":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Nowhere())
"""
"""A worker that begins with this finds no engine."""
DIES = """
import os
import signal

from engine.cluster import probe

probe._missing = lambda asked: os.kill(os.getpid(), signal.SIGKILL)
"""
"""A worker that begins with this is killed when it is asked what it sees."""
SLOW = tuple(f"slow-{number:02}.jpg" for number in range(16))


def begun(batch: Batch) -> None:
    until(lambda: any(isinstance(event, Finished) for _, event in batch.events(0)))


def ended_once(batch: Batch) -> None:
    """Each file has one outcome."""
    counts = Counter(event.index for event in story(batch) if isinstance(event, Finished | Failed))
    assert set(counts.values()) == {1}


def test_a_killed_workers_files_are_done_elsewhere(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pictures(*SLOW)
    doomed = yard.worker(1)
    batch = ask(yard.address)
    begun(batch)
    yard.worker(1)
    kill(doomed)
    ended = summary(batch)
    assert (ended.state, ended.done, ended.failed) == (State.DONE, len(SLOW), 0)
    ended_once(batch)
    assert len(contents(tmp_path / "out")) == len(SLOW)
    assert not leftovers(tmp_path / "out")
    (remark,) = (event.text for event in story(batch) if isinstance(event, Remark))
    assert "was lost; its " in remark


def test_a_poisoned_file_is_set_aside(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pictures("poison.jpg", *SLOW)
    workers = [yard.worker(1) for _ in range(3)]
    batch = ask(yard.address)
    ended = summary(batch)
    assert (ended.state, ended.done, ended.failed) == (State.DONE, len(SLOW), 1)
    (failed,) = (event for event in story(batch) if isinstance(event, Failed))
    assert "poison.jpg is set aside: each of 2 workers that had it was killed" in failed.error
    assert failed.host
    assert sum(worker.poll() is None for worker in workers) == 1
    ended_once(batch)
    assert set(contents(tmp_path / "out")) == set(SLOW)


def test_a_lost_scheduler_is_a_sentence_and_resume_finishes(
    yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path
) -> None:
    pictures(*SLOW)
    yard.worker(1)
    batch = ask(yard.address)
    begun(batch)
    kill(yard.scheduler)
    ended = summary(batch)
    assert (ended.state, ended.note) == (
        State.BROKEN,
        f"The scheduler at {yard.address} was lost: `--resume` does what is left once there is one again.",
    )
    again = Yard(tmp_path / "again")
    try:
        again.worker(1)
        resumed = ask(again.address, resume=True)
        assert summary(resumed).state is State.DONE
    finally:
        again.close()
    assert len(contents(tmp_path / "out")) == len(SLOW)


def test_a_killed_client_is_resumed(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pictures(*SLOW)
    yard.worker(1)
    batch = ask(yard.address)
    begun(batch)
    record = load_record(batch.folder)
    assert record is not None
    os.kill(record.pid, signal.SIGKILL)
    until(lambda: batch.state is State.BROKEN)
    resumed = ask(yard.address, resume=True)
    assert summary(resumed).state is State.DONE
    assert len(contents(tmp_path / "out")) == len(SLOW)
    assert not leftovers(tmp_path / "out")


def test_a_worker_of_another_version_is_left_out(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pictures("a.jpg")
    other = tmp_path / "other"
    shutil.copytree(Path(engine.__path__[0]), other / "engine", ignore=shutil.ignore_patterns("__pycache__"))
    with open(other / "engine" / "light.py", "a", encoding="utf-8") as file:
        file.write("# of tomorrow\n")
    yard.worker(1, env={"PYTHONPATH": str(other)}, preload=False)
    with pytest.raises(BatchError, match=r"left out: it runs another version of Safelight\. No other is left\."):
        ask(yard.address)
    yard.worker(1)
    batch = ask(yard.address)
    assert summary(batch).done == 1
    first = story(batch)[0]
    assert isinstance(first, Remark)
    assert "another version of Safelight" in first.text


def test_a_worker_without_safelight_is_left_out(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pictures("a.jpg")
    # It may be installed here, where every worker would find it.
    (tmp_path / "sitecustomize.py").write_text(WITHOUT)
    yard.worker(1, env={"PYTHONPATH": str(tmp_path)}, preload=False)
    with pytest.raises(BatchError, match=r"left out: it has no Safelight\. No other is left\."):
        ask(yard.address)


def test_a_worker_lost_while_it_is_asked_is_left_out(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pictures("a.jpg")
    (tmp_path / "dies.py").write_text(DIES)
    yard.worker(1, "--preload", str(tmp_path / "dies.py"), preload=False)
    yard.worker(1)
    batch = ask(yard.address)
    assert summary(batch).done == 1
    (remark,) = (event.text for event in story(batch) if isinstance(event, Remark))
    assert re.fullmatch(r"tcp://[\d.]+:\d+ is left out: it was lost\.", remark)


def test_a_worker_short_of_memory_is_left_out(yard: Yard, pictures: Pictures, ask: Ask) -> None:
    pictures("a.jpg")
    yard.worker(1, "--memory-limit", "300MB")
    with pytest.raises(BatchError, match=r"left out: it has 171 MB of memory for the batch, which takes \d+ MB"):
        ask(yard.address)


def test_a_worker_without_the_folder_is_left_out(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pictures("a.jpg")
    hidden = ("unshare", "--mount", "sh", "-c", f'mount -t tmpfs none {tmp_path / "in"} && exec "$@"', "sh")
    if os.geteuid() or os.system(f"unshare --mount mount -t tmpfs none {tmp_path}") != 0:
        pytest.skip("nothing can be mounted here")
    yard.worker(1, prefix=hidden)
    with pytest.raises(BatchError, match=r"left out: it does not see .*/in/a\.jpg"):
        ask(yard.address)


def test_who_comes_and_goes_while_others_are_judged_is_noticed(yard: Yard, pictures: Pictures, tmp_path: Path) -> None:
    pictures("a.jpg", "b.jpg")
    doomed = yard.worker(1)
    tasks = plan_outputs([str(tmp_path / "in")], str(tmp_path / "out"), existing="fail")
    wanted = Specification(tasks, Stack((Step.of("invert"),)), output=str(tmp_path / "out"), cluster=yard.address)
    gathering, told = Gathering("judged", wanted), list[Event]()
    try:
        kill(doomed)
        yard.worker(1)
        until(lambda: "Remove worker" in yard.log())
        crew = gathering.crew(wanted, tasks, 1, Board.fresh(gathering.lanes, len(tasks), gathering.hosts), told.append)
        crew.start()
        until(lambda: crew.wait(0.0))
    finally:
        gathering.close()
    assert (crew.summary().state, crew.summary().done) == (State.DONE, 2)
    (remark,) = (event.text for event in told if isinstance(event, Remark))
    assert remark.endswith(" was lost before it had a file.")
