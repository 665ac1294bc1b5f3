"""A batch that is killed, at each call that writes and at any moment, harms nothing and can be resumed."""

import random
import signal
import subprocess
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest

from engine.batch.client import Batch
from engine.batch.folder import batches_folder, create_folder
from engine.batch.log import create_log
from engine.job import State
from tests.crashes import InPlace, Nursery, Scene, contents, make_pictures, nursery, survive

SEED = 20260105


@pytest.fixture(scope="module")
def deathbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Scene, Nursery, int]]:
    """Pictures, who does them, and how many calls that write that takes."""
    folder = tmp_path_factory.mktemp("crashes")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_STATE_HOME", str(folder / "state"))
        scene = Scene(make_pictures(folder / "in", ("a.jpg", "below/b.jpg")), folder / "out")
        with nursery() as mortal:
            assert mortal.run(scene.prepare())[0] == 0
            scene.whole = contents(scene.out)
            assert set(scene.whole) == set(scene.before)
            scene.clear()
            yield scene, mortal, mortal.run(scene.prepare())[1]


def test_killed_at_every_call_that_writes(deathbed: tuple[Scene, Nursery, int]) -> None:
    scene, mortal, steps = deathbed
    assert steps > 20
    moments = zip(range(1, steps + 1), cycle(("before", "half", "after")), strict=False)
    killed = [survive(scene, mortal, step=step, moment=moment) for step, moment in moments]
    assert killed.count(-signal.SIGKILL) >= steps - 3, "the Board is shown more or less often"


def test_killed_in_place_at_every_call_that_writes(deathbed: tuple[Scene, Nursery, int], tmp_path: Path) -> None:
    _, mortal, _ = deathbed
    scene = InPlace(make_pictures(tmp_path / "in", ("a.jpg",)), tmp_path / "nowhere", workers=1)
    folder = scene.prepare()
    steps = mortal.run(folder, step=1 << 20)[1]
    scene.whole = contents(scene.sources)
    assert not scene.whole.items() & scene.before.items()
    moments = zip(range(1, steps + 1), cycle(("before", "half", "after")), strict=False)
    killed = [survive(scene, mortal, step=step, moment=moment) for step, moment in moments]
    assert killed.count(-signal.SIGKILL) >= steps - 3


def test_killed_at_any_moment(deathbed: tuple[Scene, Nursery, int]) -> None:
    scene, mortal, _ = deathbed
    chance = random.Random(SEED)
    killed = [survive(scene, mortal, seconds=chance.uniform(0, 0.04)) for _ in range(15)]
    assert -signal.SIGKILL in killed


def test_a_batch_that_nobody_begins_any_more_is_broken_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    folder = create_folder(batches_folder())
    batch = Batch(folder)
    assert batch.state is State.WAITING, "its log is not there yet"
    with create_log(folder) as log:
        assert batch.state is State.WAITING
        heir = subprocess.Popen(["sleep", "60"], stdout=log)
    assert batch.state is State.WAITING
    heir.kill()
    heir.wait()
    assert batch.state is State.BROKEN
