"""The specification and the list of files, to disk and back."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.batch.folder import Folder
from engine.batch.specification import Specification, load_specification, save_specification
from engine.batch.tasks import TaskFile, read_tasks, write_tasks
from engine.errors import BatchError
from engine.files.limits import Limits
from engine.job import Task
from engine.stack import Stack
from tests.engine.test_job import paths

tasks = st.lists(st.builds(Task, paths, paths), max_size=5).map(tuple)


def specification(*names: str) -> Specification:
    return Specification(
        tasks=tuple(Task(f"/in/{name}", f"/out/{name}") for name in names),
        stack=Stack.parse(["exposure:ev=0.5", "gamma:gamma=1.2"]),
        light="encoded",
        format="webp",
        quality=77,
        metadata="none",
        profile="srgb",
        workers=3,
        existing="skip",
        limits=Limits(max_pixels=5),
        memory=512 << 20,
        output=os.fsdecode(b"/out\xff"),
    )


def test_a_specification_comes_back(tmp_path: Path) -> None:
    asked = specification("a", os.fsdecode(b"\xe9"))
    save_specification(asked, Folder(tmp_path))
    assert load_specification(Folder(tmp_path)) == asked
    assert asked.destination == os.fsdecode(b"/out\xff")
    for path in tmp_path.iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        save_specification(asked, Folder(tmp_path))


@given(tasks)
def test_any_name_comes_back(tmp_path_factory: pytest.TempPathFactory, listed: tuple[Task, ...]) -> None:
    path = tmp_path_factory.mktemp("tasks") / "t"
    write_tasks(path, listed)
    assert read_tasks(path) == listed
    if not listed:
        with pytest.raises(BatchError, match="cannot be read"):
            TaskFile(path)
        return
    file = TaskFile(path)
    assert [file[index] for index in reversed(range(len(listed)))] == list(reversed(listed))
    for index in (-1, len(listed), len(listed) + 5):
        with pytest.raises(IndexError):
            file[index]


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("specification.json", lambda text: ""),
        ("specification.json", lambda text: "[]"),
        ("specification.json", lambda text: text.replace('"light"', '"dark"')),
        ("specification.json", lambda text: text.replace("max_pixels", "max_nonsense")),
        ("tasks.jsonl", lambda text: text[:-3]),
        ("tasks.jsonl", lambda text: '{"source": 1}\n'),
    ],
)
def test_a_damaged_file_is_told(tmp_path: Path, name: str, damage) -> None:  # type: ignore[no-untyped-def]
    save_specification(specification("a"), Folder(tmp_path))
    (tmp_path / name).write_text(damage((tmp_path / name).read_text()))
    with pytest.raises(BatchError, match="cannot be read"):
        load_specification(Folder(tmp_path))


def test_another_version_is_told(tmp_path: Path) -> None:
    save_specification(specification("a"), Folder(tmp_path))
    path = tmp_path / "specification.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 99}))
    with pytest.raises(BatchError, match="another version"):
        load_specification(Folder(tmp_path))
