"""The app and a cluster: a real scheduler, real workers, a batch that is begun, stopped, left and found again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from engine.batch.record import Life, load_record
from engine.batch.shelf import Shelf
from engine.files.name import show
from engine.job import State, Verb
from tests.crashes import contents
from tests.tui.test_real_engine import Watched
from tests.yard import Yard
from tui.app import Safelight
from tui.screens.apply import ApplyScreen
from tui.screens.failures import FailuresScreen

MANY = 40


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
def yard(tmp_path: Path) -> Iterator[Yard]:
    """A scheduler without workers."""
    pytest.importorskip("distributed")
    yard = Yard(tmp_path / "yard")
    yield yard
    yard.close()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Pictures that a worker takes a fifth of a second for, and one that cannot be read."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(MANY):
        Image.new("RGB", (60, 40), (6 * number, 90, 30)).save(folder / f"slow-{number:02}.jpg")
    (folder / "bad.jpg").write_bytes(b"no picture")
    return folder


async def begun(case: Watched, cluster: str) -> None:
    """All pictures are given to the cluster by the dialog."""
    await case.until(lambda: case.app.has_started and case.app.main.images.complete and case.app.bridge.stack)
    await case.pilot.press("M", "a")
    assert isinstance(case.app.screen, ApplyScreen)
    case.app.screen._cluster.focus()
    await case.type(cluster)
    await case.until(lambda: f"{MANY + 1} files" in case.text() and "under the same names" in case.text())
    await case.pilot.press("enter")
    await case.until(lambda: case.app.screen is case.app.main)
    await case.until(lambda: case.app.bridge.batch.batch)


async def test_a_batch_is_done_by_workers_stopped_and_gone_on_with(yard: Yard, pictures: Path) -> None:
    yard.worker(1)
    yard.worker(1)
    app = Safelight([str(pictures)])
    async with app.run_test(size=(120, 50)) as pilot:
        case = Watched(app, pilot)
        await begun(case, yard.address)
        await case.until(lambda: " 1 machine  2 of 2 threads at work" in case.text())
        await case.until(lambda: any("slo" in line for line in case.lines() if " % cpu" in line))
        await pilot.press("p")
        await case.until(lambda: " paused " in case.text() and " 0 of 2 threads at work" in case.text())
        made = contents(pictures / "developed")
        await pilot.press("p")
        await case.until(lambda: len(contents(pictures / "developed")) > len(made))
        await pilot.press("e")
        assert isinstance(app.screen, FailuresScreen)
        host = show(os.uname().nodename)
        assert f"(On {host}.)" in " ".join(case.text().split())
        await pilot.press("escape", "B")
        await case.until(lambda: f"by {yard.address}" in case.text())
        await pilot.press("escape", "c", "c")
        await case.until(lambda: app.main.engine.snapshot is not None and app.main.engine.snapshot.state.over)
        assert app.main.engine.snapshot is not None
        assert app.main.engine.snapshot.state is State.CANCELLED
        assert app.main.engine.snapshot.left > 0


async def test_a_batch_goes_on_without_the_app_and_is_found_again(yard: Yard, pictures: Path) -> None:
    yard.worker(2)
    app = Safelight([str(pictures)])
    async with app.run_test(size=(80, 24)) as pilot:
        case = Watched(app, pilot)
        await begun(case, yard.address)
        await case.until(lambda: "2 of 2 threads at work" in case.text())
        await pilot.press("q", "l")
    (batch,) = Shelf().batches()
    assert not batch.state.over
    batch.ask(Verb.PAUSE)
    again = Safelight([str(pictures)])
    async with again.run_test(size=(80, 24)) as pilot:
        case = Watched(again, pilot)
        await case.until(lambda: " paused " in case.text() and " machine " in case.text())
        await pilot.press("p")
        await case.until(lambda: again.main.engine.snapshot is not None and again.main.engine.snapshot.state.over)
        assert f"done: {MANY} files" in case.text()
        assert "1 failed" in case.text()
    assert len(contents(pictures / "developed")) == MANY


async def test_where_nobody_listens_the_dialog_says_so_and_stays(pictures: Path) -> None:
    pytest.importorskip("distributed")
    app = Safelight([str(pictures)])
    async with app.run_test(size=(80, 24)) as pilot:
        case = Watched(app, pilot)
        await case.until(lambda: app.has_started and app.main.images.complete and app.bridge.stack)
        await pilot.press("M", "a")
        dialog = app.screen
        assert isinstance(dialog, ApplyScreen)
        dialog._cluster.focus()
        await case.type("tcp://127.0.0.1:1")
        await dialog.pondered()
        await pilot.press("enter")
        await case.until(lambda: "No scheduler answers at tcp://127.0.0.1:1" in " ".join(case.text().split()))
        assert app.screen is dialog
    assert not Shelf().batches()
