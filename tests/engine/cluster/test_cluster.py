"""Batches on a real scheduler and real worker processes: the same results as at home, and what is seen of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.specification import load_specification
from engine.errors import BatchError
from engine.job import Failed, Finished, Remark, Started, State, Summary, Verb, event_to_dict
from engine.meter import Meter
from engine.telemetry import Snapshot
from tests.crashes import NAMES, contents, leftovers
from tests.engine.batch.conftest import story, summary, until
from tests.engine.cluster.conftest import Ask
from tests.yard import Yard

Pictures = Callable[..., Path]
SLOW = tuple(f"slow-{number:02}.jpg" for number in range(24))


def test_results_and_journal_are_those_of_home(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pictures(*NAMES)
    (tmp_path / "in" / "cut.jpg").write_bytes((tmp_path / "in" / "a.jpg").read_bytes()[:200])
    yard.worker(2)
    yard.worker(1)
    home, away = ask(out="home"), ask(yard.address, out="away")
    assert summary(home).state is State.DONE
    done = summary(away)
    assert (done.state, done.done, done.failed, done.left) == (State.DONE, len(NAMES), 1, 0)
    assert contents(tmp_path / "away") == contents(tmp_path / "home") != {}
    assert told(away, "away") == told(home, "home")
    assert sum(lane.megapixels for lane in done.workers) == pytest.approx(done.megapixels)
    assert done.process_cpu_seconds > 0
    assert not leftovers(tmp_path / "away")


def told(batch: Batch, folder: str) -> list[str]:
    """What a journal says of files, but for times, machines and the order in which threads came to them."""
    lines = []
    for event in story(batch):
        if isinstance(event, Summary):
            continue
        values = event_to_dict(event)
        for name in ("seconds", "host", "written"):
            values.pop(name, None)
        lines.append(repr(values).replace(f"/{folder}/", "/out/"))
    return sorted(lines)


def test_a_cluster_of_its_own_goes_with_the_batch(pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    pictures("a.jpg", "b.png")
    batch = ask("local:2")
    assert summary(batch).done == 2
    assert 1 <= len(summary(batch).workers) <= 2
    assert set(contents(tmp_path / "out")) == {"a.jpg", "b.png"}
    assert load_specification(batch.folder).cluster == "local:2"


def test_threads_are_seen_by_machine(yard: Yard, pictures: Pictures, ask: Ask) -> None:
    pictures(*SLOW)
    yard.worker(2)
    yard.worker(1)
    batch, meter, seen = ask(yard.address), Meter("it"), list[Snapshot]()

    def looked() -> bool:
        snapshot = batch.snapshot(meter)
        if snapshot is not None:
            seen.append(snapshot)
        return batch.state.over

    until(looked)
    most = max(seen, key=lambda each: len(each.lanes))
    assert len(most.lanes) == 3
    assert len({lane.host for lane in most.lanes}) == 1
    assert [lane.name.rsplit(" ", 1)[1] for lane in most.lanes] == ["1", "2", "3"]
    assert any(lane.file >= 0 and lane.load > 0 for each in seen for lane in each.lanes)
    assert any(each.rate > 0 for each in seen)


def test_pause_and_cancel_reach_the_workers(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pictures(*SLOW)
    yard.worker(1)
    yard.worker(1)
    batch = ask(yard.address)
    until(lambda: any(isinstance(event, Finished) for _, event in batch.events(0)))
    batch.ask(Verb.PAUSE)
    until(lambda: batch.state is State.PAUSED and at_rest(batch))
    made = contents(tmp_path / "out")
    batch.ask(Verb.RESUME)
    until(lambda: len(contents(tmp_path / "out")) > len(made))
    batch.ask(Verb.CANCEL)
    ended = summary(batch)
    assert ended.state is State.CANCELLED
    assert ended.left > 0
    assert len(contents(tmp_path / "out")) >= ended.done
    assert not leftovers(tmp_path / "out")
    assert summary(ask(yard.address, resume=True)).state is State.DONE


def at_rest(batch: Batch) -> bool:
    from engine.telemetry import AT_REST

    snapshot = batch.snapshot(Meter("it"))
    return snapshot is not None and bool(snapshot.lanes) and all(lane.stage in AT_REST for lane in snapshot.lanes)


def test_draining_finishes_what_is_under_way(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    pictures(*SLOW)
    yard.worker(2)
    batch = ask(yard.address)
    until(lambda: any(isinstance(event, Finished) for _, event in batch.events(0)))
    batch.ask(Verb.DRAIN)
    ended = summary(batch)
    started = {event.index for event in story(batch) if isinstance(event, Started)}
    assert ended.state is State.CANCELLED
    assert len(started) == ended.done == len(contents(tmp_path / "out")) < len(SLOW)


def test_a_failure_names_its_machine(yard: Yard, pictures: Pictures, ask: Ask, tmp_path: Path) -> None:
    import socket

    pictures("a.jpg")
    (tmp_path / "in" / "bad.jpg").write_bytes(b"no picture")
    yard.worker(1)
    (failed,) = (event for event in story(ask(yard.address)) if isinstance(event, Failed))
    assert failed.host == socket.gethostname()


def test_no_scheduler_and_no_worker_are_sentences(yard: Yard, pictures: Pictures, ask: Ask) -> None:
    pictures("a.jpg")
    with pytest.raises(BatchError, match="has no workers: start some with `dask worker tcp://"):
        ask(yard.address)
    with pytest.raises(BatchError, match=r"No scheduler answers at tcp://127\.0\.0\.1:1 "):
        ask("tcp://127.0.0.1:1")


def test_a_worker_that_joins_later_helps(yard: Yard, pictures: Pictures, ask: Ask) -> None:
    pictures(*SLOW)
    yard.worker(1)
    batch = ask(yard.address)
    until(lambda: any(isinstance(event, Started) for _, event in batch.events(0)))
    yard.worker(1)
    ended = summary(batch)
    assert ended.done == len(SLOW)
    assert sum(lane.busy_seconds > 0 for lane in ended.workers) == 2
    assert not [event for event in story(batch) if isinstance(event, Remark)]
