"""A picture's own edits on the disk: kept, found, carried past a folder that cannot be written, never lost."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batch.own_edits import with_edits
from engine.confinement import READ_ONLY, ROOT
from engine.errors import SafelightError, SpecError
from engine.job import Task
from engine.presets import stack_of
from engine.sidecars.edits import (
    SUFFIX,
    ChangedError,
    Edits,
    beside,
    elsewhere,
    kept_elsewhere,
    read_edits,
    write_edits,
)
from engine.stack import Stack

STACK = Stack.parse(["exposure:ev=0.5", "gaussian-blur:sigma=2"])
OTHER = Stack.parse(["sepia"])


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def picture(tmp_path: Path) -> str:
    """Its bytes do not matter."""
    (tmp_path / "a.jpg").write_bytes(b"picture")
    return str(tmp_path / "a.jpg")


def test_a_picture_without_edits_has_none(picture: str) -> None:
    assert read_edits(picture) == Edits(Stack())


def test_edits_are_found_again_beside_the_picture_and_are_a_preset(picture: str) -> None:
    edition = write_edits(picture, STACK, None)
    assert read_edits(picture) == Edits(STACK, (), edition)
    assert sorted(os.listdir(os.path.dirname(picture))) == ["a.jpg", f"a.jpg{SUFFIX}"]
    assert stack_of((beside(picture),), ())[0] == STACK
    assert Path(picture).read_bytes() == b"picture"


def test_no_edits_leave_no_file(picture: str) -> None:
    edition = write_edits(picture, STACK, None)
    assert write_edits(picture, Stack(), edition) is None
    assert os.listdir(os.path.dirname(picture)) == ["a.jpg"]
    assert write_edits(picture, Stack(), None) is None


def test_a_change_from_elsewhere_is_not_overwritten(picture: str) -> None:
    edition = write_edits(picture, STACK, None)
    write_edits(picture, OTHER, edition)
    for wanted in (STACK, Stack()):
        with pytest.raises(ChangedError, match=r"a\.jpg were changed elsewhere"):
            write_edits(picture, wanted, edition)
    assert read_edits(picture).stack == OTHER


def test_a_damaged_file_is_named_and_stays(picture: str) -> None:
    Path(beside(picture)).write_text("name = ", encoding="utf-8")
    with pytest.raises(SpecError, match=r"a\.jpg\.safelight\.toml, line 1"):
        read_edits(picture)
    with pytest.raises(ChangedError):
        write_edits(picture, STACK, None)
    assert Path(beside(picture)).read_text(encoding="utf-8") == "name = "


def test_where_the_folder_cannot_be_written_the_state_folder_keeps_them(
    picture: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.errors import ImageError
    from engine.files.write import write_replacing
    from engine.sidecars import edits

    def refusing(path: str, data: bytes) -> None:
        if path == beside(picture):
            raise ImageError("read-only")
        write_replacing(path, data)

    monkeypatch.setattr(edits, "write_replacing", refusing)
    edition = write_edits(picture, STACK, None)
    assert kept_elsewhere(picture)
    assert read_edits(picture) == Edits(STACK, (), edition)
    edition = write_edits(picture, OTHER, edition)
    assert read_edits(picture).stack == OTHER
    assert write_edits(picture, Stack(), edition) is None
    assert not os.path.exists(elsewhere(picture))


def test_read_only_writes_nothing(picture: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(READ_ONLY, "1")
    assert write_edits(picture, STACK, None) is None
    assert os.listdir(os.path.dirname(picture)) == ["a.jpg"]


def test_edits_of_a_picture_outside_are_not_read(
    picture: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_edits(picture, STACK, None)
    monkeypatch.setenv(ROOT, str(tmp_path_factory.mktemp("root")))
    with pytest.raises(SafelightError, match="outside the only folder"):
        read_edits(picture)


@given(st.binary(max_size=200))
def test_whatever_the_file_holds_it_is_edits_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    picture = tmp_path_factory.mktemp("any") / "a.jpg"
    Path(beside(str(picture))).write_bytes(data)
    with contextlib.suppress(SafelightError):
        assert isinstance(read_edits(str(picture)).stack, Stack)


def test_tasks_have_their_own_edits_and_then_the_filters() -> None:
    own = {"/a.jpg": STACK, "/c.jpg": STACK, "/d.jpg": OTHER}
    tasks = [Task(path, f"/out{path}") for path in ("/a.jpg", "/b.jpg", "/c.jpg", "/d.jpg")]
    found = with_edits(tasks, Stack(), lambda path: own.get(path, Stack()))
    assert [(task.source, found.edits[task.edits]) for task in found.tasks] == list(own.items())
    assert (len(found.edits), found.without) == (2, ("/b.jpg",))
    found = with_edits(tasks, OTHER, lambda path: own.get(path, Stack()))
    assert [found.edits[task.edits] for task in found.tasks] == [
        Stack(own.get(task.source, Stack()).steps + OTHER.steps) for task in tasks
    ]
    assert not found.without
