"""The one door: what it answers before it was asked for anything, a look, and a batch from submission to summary."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine import Stack, apply
from engine.batch.specification import Specification
from engine.engine import Engine
from engine.errors import BatchError
from engine.files.decode import decode
from engine.files.encode import encode
from engine.files.limits import Limits
from engine.image import Image
from engine.job import Failed, Finished, State, Summary, Task, Verb
from engine.run.look import Look
from tests.engine.pictures import made
from tests.engine.run.conftest import until


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    engine = Engine()
    yield engine
    engine.close()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.png"
    path.write_bytes(encode(Image(made("ramp", (120, 90, 3), "uint8", seed=2)), "png", 90))
    return path


def test_before_anything_is_asked_it_costs_nothing(engine: Engine) -> None:
    assert engine.looked() is None
    assert engine.readiness() == ""
    assert engine.batches() == ()
    engine.close()


def test_a_look_is_answered(engine: Engine, source: Path) -> None:
    engine.look(Look(1, str(source), 45, 60, Stack.parse(["invert"])))
    until(lambda: (looked := engine.looked()) is not None and looked.filtered)
    looked: Any = engine.looked()
    assert looked.pixels.shape == (60, 45, 3)
    assert engine.readiness() == ""


@pytest.mark.parametrize("call", ["snapshot", "info", "events", "ask", "task"])
def test_a_batch_that_is_not_there_is_an_error(call: str, engine: Engine) -> None:
    rest: dict[str, tuple[Any, ...]] = {"events": (0,), "ask": (Verb.PAUSE,), "task": (0,)}
    with pytest.raises(BatchError, match="nowhere"):
        getattr(engine, call)("nowhere", *rest.get(call, ()))


def test_what_a_batch_has_not_done_is_done_by_another(engine: Engine, source: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    tasks = tuple(Task(str(tmp_path / name), str(tmp_path / "out" / name)) for name in ("a.png", "b.png"))
    first = engine.submit(Specification(tasks, Stack.parse(["invert"]), output=str(tmp_path / "out")))
    until(lambda: engine.info(first).state.over)
    before = (tmp_path / "out" / "a.png").stat().st_mtime_ns
    (tmp_path / "b.png").write_bytes(source.read_bytes())
    second = engine.rest_of(first)
    until(lambda: engine.info(second).state.over)
    snapshot: Any = engine.snapshot(second)
    assert (snapshot.done, snapshot.skipped, snapshot.failed) == (1, 1, 0)
    assert (tmp_path / "out" / "a.png").stat().st_mtime_ns == before
    assert (tmp_path / "out" / "b.png").read_bytes() == (tmp_path / "out" / "a.png").read_bytes()


def test_a_batch_goes_from_submission_to_summary(engine: Engine, source: Path, tmp_path: Path) -> None:
    stack = Stack.parse(["exposure:ev=0.3", "gaussian-blur:sigma=1"])
    tasks = tuple(Task(str(tmp_path / name), str(tmp_path / "out" / name)) for name in ("a.png", "missing.png"))
    (tmp_path / "out").mkdir()
    batch = engine.submit(Specification(tasks, stack, workers=2))
    until(lambda: engine.info(batch).state.over)
    snapshot: Any = engine.snapshot(batch)
    assert (snapshot.state, snapshot.done, snapshot.failed, snapshot.left) == (State.DONE, 1, 1, 0)
    kinds = [type(event) for _, event in engine.events(batch, 0)]
    assert kinds.count(Finished) == kinds.count(Failed) == 1
    assert kinds[-1] is Summary
    assert [info.id for info in engine.batches()] == [batch]
    assert engine.task(batch, 1) == tasks[1]
    with pytest.raises(BatchError):
        engine.ask(batch, Verb.PAUSE)
    before, after = (decode(path, Limits()).image.pixels for path in (tasks[0].source, tasks[0].output))
    np.testing.assert_array_equal(after, apply(before, stack))
