"""Batches from and to other machines: the same results, journal and resume as on a disk."""

import os
from pathlib import Path

import pytest

from engine.batch.earlier import resumed
from engine.batch.in_place import plan_in_place
from engine.batch.outputs import plan_outputs
from engine.batch.shelf import Shelf
from engine.batch.specification import Specification
from engine.batch.start import start
from engine.errors import BatchError
from engine.job import State
from engine.stack import Stack, Step
from tests.crashes import make_pictures
from tests.engine.batch.conftest import story, summary
from tests.far import Far

NAMES = ("a.jpg", "b.png", "sub/c.tiff")
pytestmark = pytest.mark.usefixtures("state_folder")


def wanted(source: str, output: str, existing: str = "fail", cluster: str = "") -> Specification:
    tasks = plan_outputs([source], output, existing=existing)  # type: ignore[arg-type]
    return Specification(tasks, Stack((Step.of("invert"),)), workers=2, output=output, cluster=cluster)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Pictures on a disk."""
    folder = make_pictures(tmp_path / "in", ("a.jpg", "b.png"))
    (folder / "sub").mkdir()
    os.rename(make_pictures(tmp_path / "other", ("c.tiff",)) / "c.tiff", folder / "sub" / "c.tiff")
    return folder


def filled(far: Far, here: Path) -> dict[str, bytes]:
    """The same pictures there; their results as they are at home."""
    home = here.parent / "home-out"
    assert summary(start(wanted(str(here), str(home)))).state is State.DONE
    for name in NAMES:
        far.put(f"in/{name}", (here / name).read_bytes())
    return {name: (home / name).read_bytes() for name in NAMES}


def test_results_are_those_of_home(far: Far, here: Path) -> None:
    results = filled(far, here)
    batch = start(wanted(f"{far.url}/in", f"{far.url}/out"))
    assert (summary(batch).state, summary(batch).done) == (State.DONE, 3)
    assert {name: far.get(f"out/{name}") for name in NAMES} == results
    assert far.names() == {f"{folder}/{name}" for folder in ("in", "out") for name in NAMES}
    again = start(resumed(wanted(f"{far.url}/in", f"{far.url}/out", "replace"), Shelf().batches()))
    assert summary(again).skipped == 3


def test_from_there_to_here_and_from_here_to_there(far: Far, here: Path, tmp_path: Path) -> None:
    results = filled(far, here)
    assert summary(start(wanted(f"{far.url}/in", str(tmp_path / "got")))).done == 3
    assert {name: (tmp_path / "got" / name).read_bytes() for name in NAMES} == results
    assert summary(start(wanted(str(here), f"{far.url}/sent"))).done == 3
    assert {name: far.get(f"sent/{name}") for name in NAMES} == results


def test_what_is_there_is_told_before_anything_is_done(far: Far, here: Path) -> None:
    filled(far, here)
    far.put("out/a.jpg", b"mine")
    with pytest.raises(BatchError, match=r"out/a\.jpg exists already"):
        wanted(f"{far.url}/in", f"{far.url}/out")
    with pytest.raises(BatchError, match="is the output folder"):
        wanted(f"{far.url}/in", f"{far.url}/in")
    with pytest.raises(BatchError, match="cannot be found"):
        wanted(f"{far.url}/none", f"{far.url}/out")
    with pytest.raises(BatchError, match="not developed in place"):
        plan_in_place([f"{far.url}/in"])


def test_one_that_is_taken_away_or_broken_fails_alone(far: Far, here: Path) -> None:
    filled(far, here)
    far.put("in/b.png", b"no picture")
    batch = start(wanted(f"{far.url}/in", f"{far.url}/out"))
    ended = summary(batch)
    assert (ended.done, ended.failed) == (2, 1)
    assert any(f"{far.url}/in/b.png" in getattr(event, "error", "") for event in story(batch))


def test_a_cluster_reads_and_writes_there(far: Far, here: Path) -> None:
    pytest.importorskip("distributed")
    results = filled(far, here)
    assert summary(start(wanted(f"{far.url}/in", f"{far.url}/out", cluster="local:1"))).done == 3
    assert {name: far.get(f"out/{name}") for name in NAMES} == results
