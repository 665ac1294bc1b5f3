"""Quotas of control groups, versions 1 and 2, as containers and services have them."""

import math
import os
from pathlib import Path

import pytest

from engine.run import cpu


def written(folder: Path, **files: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_dot_", ".")).write_text(text)


def member(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "membership"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("max 100000\n", None),
        ("200000 100000\n", 2.0),
        ("50000 100000\n", 0.5),
        ("150000 100000\n", 1.5),
        ("", None),
        ("1 2 3\n", None),
        ("x y\n", None),
        ("100000 0\n", None),
    ],
)
def test_version_2_at_the_top(text: str, expected: float | None, tmp_path: Path) -> None:
    written(tmp_path / "cgroup", cpu_dot_max=text)
    assert cpu.quota(tmp_path / "cgroup", member(tmp_path, "0::/\n")) == expected


def test_the_tightest_group_around_the_process_counts(tmp_path: Path) -> None:
    root = tmp_path / "cgroup"
    written(root / "user.slice", cpu_dot_max="300000 100000\n")
    written(root / "user.slice" / "job.scope", cpu_dot_max="max 100000\n")
    written(root / "other.slice", cpu_dot_max="100000 100000\n")
    assert cpu.quota(root, member(tmp_path, "0::/user.slice/job.scope\n")) == 3.0
    assert cpu.quota(root, member(tmp_path, "0::/\n")) is None


@pytest.mark.parametrize(("allowed", "expected"), [("-1\n", None), ("250000\n", 2.5), ("", None)])
def test_version_1(allowed: str, expected: float | None, tmp_path: Path) -> None:
    root = tmp_path / "cgroup"
    files = {"cpu_dot_cfs_quota_us": allowed, "cpu_dot_cfs_period_us": "100000\n"}
    written(root / "cpu" / "docker" / "abc", **files)
    lines = "3:memory:/elsewhere\n2:cpu,cpuacct:/docker/abc\n1:name=systemd:/docker/abc\n"
    assert cpu.quota(root, member(tmp_path, lines)) == expected


def test_inside_a_container_only_the_top_is_there(tmp_path: Path) -> None:
    root = tmp_path / "cgroup"
    written(root / "cpu", cpu_dot_cfs_quota_us="100000\n", cpu_dot_cfs_period_us="50000\n")
    assert cpu.quota(root, member(tmp_path, "2:cpu:/docker/not/here\n")) == 2.0


@pytest.mark.parametrize("lines", ["", "nonsense\n", "0::/../..\n", "0:\n"])
def test_a_membership_that_makes_no_sense_means_no_quota(lines: str, tmp_path: Path) -> None:
    assert cpu.quota(tmp_path / "cgroup", member(tmp_path, lines)) is None
    assert cpu.quota(tmp_path / "cgroup", tmp_path / "missing") is None


@pytest.mark.parametrize(("limit", "processors"), [(None, None), (0.5, 1), (1.5, 2), (64.0, None)])
def test_workers_are_the_smaller_of_affinity_and_quota(
    limit: float | None, processors: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cpu, "quota", lambda: limit)
    affinity = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    assert cpu.available_workers() == min(affinity, processors or affinity)
    assert cpu.affinity() == affinity
    assert limit is None or cpu.available_workers() <= max(1, math.ceil(limit))
