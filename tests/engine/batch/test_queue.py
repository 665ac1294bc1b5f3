"""Batches that wait for their turn: one after another, by priority and age, and past whoever was killed."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.queue import places
from engine.batch.record import load_record
from engine.batch.wire import Wire
from engine.errors import BatchError
from engine.job import State, Verb
from tests.engine.batch.conftest import DEADLINE, Begin, started, state_of, summary, until

LetGo = Callable[[str], None]


def queued(*batches: Batch) -> bool:
    return all(batch.queued and batch.state is State.WAITING for batch in batches)


def kill(batch: Batch) -> None:
    record = load_record(batch.folder)
    assert record is not None
    os.kill(record.pid, signal.SIGKILL)
    until(lambda: batch.state is State.BROKEN)


def in_order(*batches: Batch) -> list[str]:
    """Their ids, by when they were over."""
    return [batch.id for batch in sorted(batches, key=lambda each: each.folder.journal.stat().st_mtime_ns)]


def test_one_waits_until_the_other_is_over(begin: Begin, let_go: LetGo) -> None:
    first = begin("held-a", turn=1)
    started(first, "held-a")
    second = begin("b", turn=1)
    until(lambda: queued(second))
    snapshot_says = second.info()
    assert (snapshot_says.state, snapshot_says.total) == (State.WAITING, 1)
    assert not second.events(0)
    let_go("held-a")
    assert summary(first).done == 1
    assert summary(second).done == 1
    assert not second.queued


def test_one_that_does_not_queue_begins_at_once(begin: Begin, let_go: LetGo) -> None:
    first = begin("held-a", turn=1)
    started(first, "held-a")
    assert summary(begin("b")).done == 1
    let_go("held-a")
    summary(first)


def test_as_many_as_may_run_beside_each_other(begin: Begin, let_go: LetGo) -> None:
    batches = [begin(f"held-{name}", turn=2) for name in "abc"]
    started(batches[0], "held-a")
    started(batches[1], "held-b")
    assert queued(batches[2])
    let_go("held-b")
    started(batches[2], "held-c")
    let_go("held-a")
    let_go("held-c")
    assert [summary(batch).done for batch in batches] == [1, 1, 1]


def test_the_higher_priority_goes_first_then_the_older(begin: Begin, let_go: LetGo) -> None:
    first = begin("held-a", turn=1)
    started(first, "held-a")
    older, younger = begin("b", turn=1), begin("c", turn=1)
    urgent, idle = begin("d", turn=1, priority=3), begin("e", turn=1)
    idle.rank(-2)
    until(lambda: idle.priority == -2)
    assert places((first, older, younger, urgent, idle)) == {urgent.id: 1, older.id: 2, younger.id: 3, idle.id: 4}
    younger.rank(9)
    until(lambda: places((older, younger, urgent)) == {younger.id: 1, urgent.id: 2, older.id: 3})
    let_go("held-a")
    ends = [batch for batch in (older, younger, urgent, idle) if summary(batch).done]
    assert in_order(*ends) == [younger.id, urgent.id, older.id, idle.id]


def test_batches_wait_for_those_that_use_the_same_cores(begin: Begin, let_go: LetGo) -> None:
    here, there = begin("held-a", turn=1), begin("held-b", turn=1, cluster="tcp://a:8786")
    started(here, "held-a")
    started(there, "held-b")
    same, tried, other = (
        begin(name, turn=1, cluster=cluster)
        for name, cluster in (("c", "tcp://a:8786"), ("d", "local:2"), ("e", "tcp://b:8786"))
    )
    assert summary(other).done == 1
    assert queued(same, tried)
    until(lambda: places((same, tried)) == {same.id: 1, tried.id: 1})
    let_go("held-b")
    assert summary(same).done == 1
    assert queued(tried)
    let_go("held-a")
    assert summary(tried).done == 1


def test_who_is_killed_keeps_nobody_waiting(begin: Begin) -> None:
    first = begin("held-a", turn=1)
    started(first, "held-a")
    ahead, last = begin("b", turn=1, priority=5), begin("c", turn=1)
    until(lambda: queued(ahead, last))
    kill(ahead)
    assert queued(last)
    kill(first)
    assert summary(last).done == 1


def test_who_is_paused_lets_others_go(begin: Begin, let_go: LetGo) -> None:
    first = begin("held-a", turn=1)
    started(first, "held-a")
    second = begin("b", turn=1)
    until(lambda: queued(second))
    first.ask(Verb.PAUSE)
    assert summary(second).done == 1
    first.ask(Verb.RESUME)
    let_go("held-a")
    assert summary(first).done == 1


@pytest.mark.parametrize("verb", [Verb.CANCEL, Verb.DRAIN])
def test_one_that_waits_is_cancelled_and_not_paused(begin: Begin, let_go: LetGo, verb: Verb) -> None:
    first = begin("held-a", turn=1)
    started(first, "held-a")
    second = begin("b", "c", turn=1)
    until(lambda: queued(second))
    with pytest.raises(BatchError, match="The batch is waiting: it cannot pause"):
        second.ask(Verb.PAUSE)
    assert second.ask(verb) is State.CANCELLED
    said = summary(second)
    assert (said.state, said.done, said.left) == (State.CANCELLED, 0, 2)
    with pytest.raises(BatchError, match="is over: only one that waits"):
        second.rank(1)
    let_go("held-a")
    summary(first)


def test_one_that_waits_ends_when_its_process_is_asked_to(begin: Begin, let_go: LetGo) -> None:
    first = begin("held-a", turn=1)
    started(first, "held-a")
    second = begin("b", turn=1)
    until(lambda: queued(second))
    record = load_record(second.folder)
    assert record is not None
    os.kill(record.pid, signal.SIGTERM)
    assert summary(second).state is State.CANCELLED
    let_go("held-a")
    summary(first)


def test_only_one_that_waits_has_a_priority(begin: Begin, let_go: LetGo) -> None:
    first = begin("held-a", turn=1)
    started(first, "held-a")
    with pytest.raises(BatchError, match="has begun: only one that waits"):
        first.rank(1)
    second = begin("b", turn=1)
    until(lambda: queued(second))
    record = load_record(second.folder)
    assert record is not None
    for wrong in (10, True, "high", None):
        with Wire(record.socket, DEADLINE) as wire:
            wire.send({"command": "rank", "priority": wrong})
            with pytest.raises(BatchError, match="from -9 to 9"):
                wire.receive()
    with Wire(record.socket, DEADLINE) as wire:
        wire.send({"command": "hello"})
        assert wire.receive()["state"] == "waiting"
        wire.send({"command": "status"})
        assert wire.receive()["total"] == 1
    let_go("held-a")
    summary(first)


def test_the_gate_is_free_when_its_holder_is_killed(begin: Begin, let_go: LetGo, state_folder: Path) -> None:
    first = begin("held-a", turn=1)
    started(first, "held-a")
    gate = state_folder / "safelight" / "queue.lock"
    second = begin("b", turn=1)
    until(gate.exists)
    holder = subprocess.Popen(["flock", str(gate), "sleep", "1000"], process_group=0)
    try:
        until(lambda: not _free(gate))
        let_go("held-a")
        summary(first)
        assert queued(second)
    finally:
        os.killpg(holder.pid, signal.SIGKILL)
        holder.wait()
    assert summary(second).done == 1


def _free(gate: Path) -> bool:
    return subprocess.run(["flock", "-n", str(gate), "true"], check=False).returncode == 0


def test_all_waited_for_are_run_at_last(begin: Begin, let_go: LetGo) -> None:
    first = begin("held-a", turn=1)
    started(first, "held-a")
    others = [begin(name, turn=1 + number % 2, priority=number % 3) for number, name in enumerate("bcdef")]
    state_of(others[-1], State.WAITING)
    let_go("held-a")
    assert [summary(batch).done for batch in others] == [1] * 5
