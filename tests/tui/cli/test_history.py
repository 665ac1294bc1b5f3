"""What batches did, as `safelight history` tells it, and batches run again from their journals."""

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.tui.cli.conftest import Run


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, environment: dict[str, str]) -> None:
    """No batch of another test."""
    environment["XDG_STATE_HOME"] = str(tmp_path / "state")


@pytest.fixture
def batch(safelight: Run, pictures: Path) -> str:
    """The id of a batch of two good pictures and a bad one."""
    (pictures / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n and nothing else")
    words = ("-f", "invert", "-f", "gamma:gamma=1.5", "-o", "out", "--quality", "80", "--metadata", "none")
    assert safelight("apply", "pictures", *words).returncode == 1
    (listed,) = safelight("history", "--json").stdout.splitlines()
    name: str = json.loads(listed)["batch"]
    return name


def test_the_list_and_the_story(safelight: Run, batch: str, tmp_path: Path) -> None:
    listed = safelight("history").stdout.decode()
    assert f"{batch}  done       2 of 3 files done, 1 failed  {tmp_path}/out" in listed
    told = safelight("history", batch[-4:]).stdout.decode()
    assert f"Batch {batch}: 3 files to {tmp_path}/out" in told
    assert "-f invert" in told
    assert "-f gamma:gamma=1.5" in told
    assert "--metadata none" in told
    assert told.count("b.png is damaged or cut short") == 1
    assert "2 files done, 1 failed" in told
    objects = [json.loads(line) for line in safelight("history", batch, "--json").stdout.splitlines()]
    assert objects[0]["filters"] == ["invert", "gamma:gamma=1.5"]
    assert sorted(each["event"] for each in objects[1:]) == ["failed", "finished", "finished", "summary"]


def test_the_rest_is_done_from_the_journal(safelight: Run, batch: str, pictures: Path, tmp_path: Path) -> None:
    before = (tmp_path / "out/a.jpg").stat().st_ino
    Image.new("RGB", (20, 10), "red").save(pictures / "b.png")
    ended = safelight("history", batch, "--resume")
    assert ended.returncode == 0, ended.stderr
    assert "1 file done, 2 skipped" in ended.stdout.decode()
    assert (tmp_path / "out/a.jpg").stat().st_ino == before
    with Image.open(tmp_path / "out/b.png") as made:
        assert made.getpixel((0, 0)) == (0, 255, 255)


def test_all_of_it_is_done_again(safelight: Run, batch: str, tmp_path: Path) -> None:
    whole = (tmp_path / "out/a.jpg").read_bytes()
    (tmp_path / "out/a.jpg").write_bytes(b"changed")
    assert safelight("history", batch, "--again").returncode == 1
    assert (tmp_path / "out/a.jpg").read_bytes() == whole
    assert len(safelight("history", "--json").stdout.splitlines()) == 2


def test_what_cannot_be_told_is_said(safelight: Run, batch: str) -> None:
    safelight("history", batch, "--again")
    for words, said in (
        (("nothing",), "There is no batch nothing"),
        (("--resume",), "Name the batch"),
        ((batch, "--resume", "--again"), "one thing at a time"),
        (("20",), "may be any of"),
    ):
        ended = safelight("history", *words)
        assert ended.returncode == 2
        assert said in ended.stderr.decode()


def test_without_any_batch(safelight: Run) -> None:
    ended = safelight("history")
    assert (ended.returncode, ended.stdout) == (0, b"")
    assert b"There has been no batch yet" in ended.stderr


def test_where_the_time_went_is_told(safelight: Run, batch: str) -> None:
    told = safelight("history", batch).stdout.decode()
    assert "All threads together: decode " in told
    assert "%), wait " in told
    stages = json.loads(safelight("history", batch, "--json").stdout.splitlines()[0])["stages"]
    assert set(stages) == {"decode", "filter", "encode", "wait"}
    assert stages["decode"] > 0


def test_a_batch_is_forgotten_and_its_results_stay(safelight: Run, batch: str, tmp_path: Path) -> None:
    refused = safelight("history", batch, "--remove", "--again")
    assert b"one thing at a time" in refused.stderr
    assert b"is forgotten" in safelight("history", batch, "--remove").stdout
    assert b"There has been no batch yet" in safelight("history").stderr
    assert b"There is no batch" in safelight("history", batch).stderr
    assert (tmp_path / "out/a.jpg").exists()
