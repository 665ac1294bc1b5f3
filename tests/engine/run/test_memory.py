"""How much memory there is, read from real files, and what a person may write of it."""

import os
from pathlib import Path

import pytest

from engine.errors import SpecError
from engine.run import memory
from engine.run.memory import group_limit, parse_memory

NO_LIMIT_IN_VERSION_1 = "9223372036854771712\n"


def group(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def member(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "membership"
    path.write_text(text)
    return path


@pytest.mark.parametrize(("text", "limit"), [("max\n", None), ("536870912\n", 512 << 20), ("", None), ("many\n", None)])
def test_version_2(text: str, limit: int | None, tmp_path: Path) -> None:
    group(tmp_path / "root", "memory.max", text)
    assert group_limit(tmp_path / "root", member(tmp_path, "0::/\n")) == limit


def test_the_tightest_group_around_the_process_counts(tmp_path: Path) -> None:
    root = tmp_path / "root"
    group(root / "user.slice", "memory.max", f"{1 << 30}\n")
    group(root / "user.slice" / "job.scope", "memory.max", "max\n")
    group(root / "user.slice" / "job.scope" / "inner", "memory.max", f"{2 << 30}\n")
    group(root / "other.slice", "memory.max", "4096\n")
    assert group_limit(root, member(tmp_path, "0::/user.slice/job.scope/inner\n")) == 1 << 30


def test_version_1(tmp_path: Path) -> None:
    root = tmp_path / "root"
    group(root / "memory", "memory.limit_in_bytes", NO_LIMIT_IN_VERSION_1)
    group(root / "memory" / "docker" / "abc", "memory.limit_in_bytes", f"{3 << 30}\n")
    lines = "7:cpu,cpuacct:/elsewhere\n5:memory:/docker/abc\n1:name=systemd:/docker/abc\n"
    assert group_limit(root, member(tmp_path, lines)) == 3 << 30


def test_no_group_at_all_means_no_limit(tmp_path: Path) -> None:
    assert group_limit(tmp_path / "nothing", tmp_path / "missing") is None


@pytest.mark.parametrize(("limit", "available"), [(None, 8 << 30), (6 << 30, 6 << 30), (1 << 62, 8 << 30)])
def test_a_batch_takes_a_quarter_of_what_there_is(
    limit: int | None, available: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "installed", lambda: 8 << 30)
    monkeypatch.setattr(memory, "group_limit", lambda: limit)
    assert memory.available_memory() == available
    assert memory.default_memory() == available // 4
    assert parse_memory("25%") == available // 4


def test_what_this_machine_has() -> None:
    assert memory.installed() == os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    assert 0 < memory.available_memory() <= memory.installed()


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("4G", 4 << 30),
        ("512M", 512 << 20),
        ("512m", 512 << 20),
        (" 1.5G ", 3 << 29),
        ("2 GB", 2 << 30),
        ("2GiB", 2 << 30),
        ("64K", 64 << 10),
        ("1T", 1 << 40),
    ],
)
def test_sizes(text: str, size: int) -> None:
    assert parse_memory(text) == size


@pytest.mark.parametrize(
    "text", ["", "4", "G", "-4G", "4X", "4G5", "much", "%", "0%", "101%", "0M", "0.0000001K", "4,5G"]
)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(SpecError, match=r"^--memory must be .*\.$") as caught:
        parse_memory(text)
    assert "\n" not in str(caught.value)
