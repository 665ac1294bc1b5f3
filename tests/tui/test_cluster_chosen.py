"""A cluster is chosen in the dialog that applies, and every screen that tells of a batch says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import tui.app
from engine.cluster.address import check_cluster, reach
from engine.errors import BatchError, SpecError
from engine.job import State
from tests.tui.fake_engine import FakeEngine
from tests.tui.opened import folder, opened
from tests.tui.test_jobs_screen import account, shown
from tui.io import find_images
from tui.screens.apply import ApplyScreen

__all__ = ["folder"]
pytestmark = pytest.mark.usefixtures("folder")
CLUSTER = "local:2"


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a name in it, and Dask there."""
    pytest.importorskip("distributed")
    (tmp_path / "a.jpg").touch()
    monkeypatch.setattr(tui.app, "find_images", find_images)
    return tmp_path


async def test_it_is_typed_asked_for_and_remembered(pictures: Path) -> None:
    async with opened(paths=(str(pictures),), size=(80, 24)) as case:
        await case.pilot.press("a")
        dialog = case.app.screen
        assert isinstance(dialog, ApplyScreen)
        await case.pilot.click(dialog._cluster)
        await case.type("tcp://ann:secret@there:8786")
        await case.until(lambda: "holds no name and no password" in " ".join(case.text().split()))
        assert "secret" not in str(dialog._verdict.content)
        await case.pilot.press("enter")
        assert case.app.screen is dialog
        await case.pilot.press("ctrl+u")
        await case.type(CLUSTER)
        await case.until(lambda: "under the same names" in case.text())
        await case.pilot.press("enter")
        await case.until(lambda: case.engine.submitted)
        assert case.engine.submitted[0].cluster == CLUSTER
        await case.pilot.press("a")
        await case.until(lambda: CLUSTER in case.text())
        await case.pilot.press("f3")
        await case.until(lambda: f"{CLUSTER} was not asked" in case.text() or "tried" in case.text())


def test_addresses() -> None:
    pytest.importorskip("distributed")
    for wrong in ("host", "tcp://host", "local:0", "http://host:1"):
        with pytest.raises(SpecError):
            check_cluster(wrong)
    with pytest.raises(SpecError, match="write tcp://host:1") as caught:
        check_cluster("tcp://ann:secret@host:1")
    assert "secret" not in str(caught.value)
    with pytest.raises(BatchError, match=r"No scheduler answers at tcp://127\.0\.0\.1:1 "):
        reach("tcp://127.0.0.1:1")
    reach("local:4")


async def test_the_screen_of_all_batches_names_it() -> None:
    away = account("away", State.PAUSED, done=4)
    away = replace(away, info=replace(away.info, cluster="tcp://there:8786"))
    async with opened(FakeEngine(running=True, frames=0, others=[away])) as case:
        await shown(case, "away")
        await case.until(lambda: case.text().count("by tcp://there:8786") == 2)
