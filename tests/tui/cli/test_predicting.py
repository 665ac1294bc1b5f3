"""`safelight apply --predict`: some files tried in memory, and what all would take."""

import json
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Run

WORDS = ("apply", "pictures", "-f", "invert", "-o", "out")


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, environment: dict[str, str]) -> None:
    """No batch of another test."""
    environment["XDG_STATE_HOME"] = str(tmp_path / "state")


def test_a_table_of_what_was_tried_and_what_all_would_take(safelight: Run, pictures: Path, tmp_path: Path) -> None:
    told = safelight(*WORDS, "--predict")
    assert told.returncode == 0, told.stderr
    text = told.stdout.decode()
    assert all(name in text for name in ("a.jpg", "b.png", "c.jpg", "decode", "filter", "encode"))
    assert "3 files, 0.2 Mpx, on " in text
    assert "All threads together: decode " in text
    assert "Results: about " in text
    assert "Memory: up to " in text
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "state" / "safelight" / "batches").exists()


def test_objects_tell_the_bytes_that_are_then_written(safelight: Run, pictures: Path, tmp_path: Path) -> None:
    lines = [json.loads(line) for line in safelight(*WORDS, "--predict", "--json").stdout.splitlines()]
    assert [each["event"] for each in lines] == ["tried"] * 3 + ["prediction"]
    assert safelight(*WORDS).returncode == 0
    written = {path.name: path.stat().st_size for path in (tmp_path / "out").rglob("*.*")}
    assert {each["path"].rpartition("/")[2]: each["bytes"] for each in lines[:3]} == written
    told = lines[-1]
    assert abs(told["bytes"] - sum(written.values())) <= 2
    assert (told["files"], told["tried"], told["failing"], told["warning"]) == (3, 3, 0, "")
    assert set(told["spent"]) == {"decode", "filter", "encode", "wait"}
    assert told["seconds"] > 0
    assert 0 < told["memory"] < told["budget"]


def test_what_cannot_be_developed_is_named(safelight: Run, pictures: Path) -> None:
    (pictures / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n and nothing else")
    told = safelight(*WORDS, "--predict")
    assert told.returncode == 0
    assert b"b.png is damaged or cut short" in told.stdout
    for name in ("a.jpg", "below/c.jpg"):
        (pictures / name).write_bytes(b"\xff\xd8\xff and nothing else")
    told = safelight(*WORDS, "--predict")
    assert told.returncode == 1
    assert b"None of the files that were tried" in told.stdout


def test_it_starts_no_batch(safelight: Run, pictures: Path) -> None:
    for flag in ("--dry-run", "--detach", "--stats"):
        refused = safelight(*WORDS, "--predict", flag)
        assert refused.returncode == 2
        assert b"leave it out" in refused.stderr
