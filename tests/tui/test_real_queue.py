"""The queue in the app with the real engine: batches as processes, started here and elsewhere, one after another."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from engine.batch.client import Batch
from engine.batch.outputs import plan_outputs
from engine.batch.record import Life, load_record
from engine.batch.shelf import Shelf
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.job import State, Verb
from engine.stack import Stack
from tests.tui.test_real_engine import Watched
from tui.app import Safelight
from tui.screens.apply import ApplyScreen
from tui.screens.jobs import JobsScreen


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No batch of another test, and none that outlives this one."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    yield
    for batch in Shelf().batches():
        record = load_record(batch.folder)
        if record is not None and record.pid != os.getpid() and record.life() is Life.ALIVE:
            os.kill(record.pid, signal.SIGKILL)


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder of three pictures."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        Image.new("RGB", (300, 200), (60 * number, 90, 30)).save(folder / f"{number}.png")
    return folder


def slow(photographs: Path, output: Path) -> Batch:
    """A batch that takes long, as from the command line."""
    tasks = plan_outputs([str(photographs / "nuthatch.jpg")], str(output))
    return start(Specification(tasks, Stack.parse(["bilateral:radius=20"]), output=str(output)))


async def test_one_waits_in_the_app_until_the_other_is_cancelled_there(
    photographs: Path, pictures: Path, tmp_path: Path
) -> None:
    elsewhere = slow(photographs, tmp_path / "slow")
    app = Safelight([str(pictures)])
    async with app.run_test(size=(120, 40)) as pilot:
        case = Watched(app, pilot)
        await case.until(lambda: app.has_started)
        await case.settled()
        await case.add("invert")
        await pilot.press("M", "a")
        await case.until(lambda: isinstance(app.screen, ApplyScreen) and "3 files" in case.text())
        await case.until(lambda: "this one waits for its turn" in case.text())
        await pilot.press("enter")
        await case.until(lambda: app.bridge.batch.batch not in (None, elsewhere.id))
        await case.until(lambda: "waiting for its turn" in case.text())
        await pilot.press("B")
        await case.until(lambda: isinstance(app.screen, JobsScreen) and "W waits, 1" in case.text())
        assert "Batches: 1 at work, 1 waiting, 0 over" in case.text()
        screen = app.screen
        assert isinstance(screen, JobsScreen)
        await pilot.press("down", "plus")
        await case.until(lambda: "priority 1" in case.text())
        await pilot.press("up")
        assert screen.current is not None
        assert screen.current.id == elsewhere.id
        await pilot.press("c", "c")
        await case.until(lambda: elsewhere.state is State.CANCELLED)
        await case.until(lambda: "0 at work, 0 waiting, 2 over" in case.text())
        await case.until(lambda: "3 of 3" in case.text())
        assert "C cancelled" in case.text()
        await pilot.press("escape")
        await case.until(lambda: "done: 3 files" in case.text())
    assert sorted(path.name for path in (pictures / "developed").iterdir()) == ["0.png", "1.png", "2.png"]


async def test_one_that_waits_goes_on_when_its_predecessor_is_killed_and_the_app_is_left(
    photographs: Path, pictures: Path, tmp_path: Path
) -> None:
    before = slow(photographs, tmp_path / "slow")
    tasks = plan_outputs([str(pictures)], str(tmp_path / "out"))
    after = start(Specification(tasks, Stack.parse(["invert"]), output=str(tmp_path / "out"), turn=1))
    app = Safelight([str(pictures)])
    async with app.run_test(size=(120, 40)) as pilot:
        case = Watched(app, pilot)
        await case.until(lambda: app.has_started)
        await case.settled()
        await pilot.press("B")
        await case.until(lambda: "W waits, 1" in case.text())
        record = load_record(before.folder)
        assert record is not None
        os.kill(record.pid, signal.SIGKILL)
        await case.until(lambda: "B broken" in case.text())
        await case.until(lambda: after.state is State.DONE)
        await case.until(lambda: "3 of 3" in case.text())
        await pilot.press("home", "d")
        await case.until(lambda: "1 over" in case.text())
    assert len(Shelf().batches()) == 1
    with pytest.raises(Exception, match="cannot pause"):
        after.ask(Verb.PAUSE)
