"""A batch that goes on where an earlier one stopped: what is missing or has changed, and nothing else."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.tui.cli.conftest import Run
from tui.cli.parsing import program

Apply = Callable[..., list[dict[str, Any]]]
NAMES = ("a.jpg", "b.jpg", "below/c.jpg")


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """No batch of another test."""
    environment["XDG_STATE_HOME"] = str(tmp_path / "state")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "state"


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Three small photographs, one of them in a folder below."""
    folder = tmp_path / "pictures"
    (folder / "below").mkdir(parents=True)
    for name, shade in zip(NAMES, (40, 90, 140), strict=True):
        Image.new("RGB", (32, 20), (shade, 80, 200 - shade)).save(folder / name)
    return folder


@pytest.fixture
def apply(capfd: pytest.CaptureFixture[str]) -> Apply:
    """Applies to the three pictures by the command line's own words, in this process; the events."""

    def run(*words: str, status: int = 0) -> list[dict[str, Any]]:
        capfd.readouterr()
        ended = program.run(["apply", "pictures", "-o", "out", "--json", *(words or ("-f", "invert"))])
        told = capfd.readouterr()
        assert ended == status, told.err
        return [json.loads(line) for line in told.out.splitlines()]

    return run


def made(events: list[dict[str, Any]]) -> set[str]:
    """What was done, below the folder of pictures."""
    return {event["path"].partition("/pictures/")[2] for event in events if event["event"] == "finished"}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}


def test_only_what_is_missing_is_done(apply: Apply, pictures: Path, tmp_path: Path) -> None:
    assert made(apply()) == set(NAMES)
    whole = bytes_of(tmp_path / "out")
    assert made(apply("-f", "invert", "--resume")) == set()
    (tmp_path / "out/b.jpg").unlink()
    assert made(apply("-f", "invert", "--resume")) == {"b.jpg"}
    (tmp_path / "out/a.jpg").unlink()
    events = apply("-f", "invert", "--resume")
    assert made(events) == {"a.jpg"}
    assert (events[-1]["done"], events[-1]["skipped"]) == (1, 2)
    assert bytes_of(tmp_path / "out") == whole


def test_what_has_changed_is_done_again(apply: Apply, pictures: Path, tmp_path: Path) -> None:
    apply()
    Image.new("RGB", (30, 20), "teal").save(pictures / "a.jpg")
    assert made(apply("-f", "invert", "--resume")) == {"a.jpg"}, "the source"
    (tmp_path / "out/b.jpg").write_bytes(b"somebody was here")
    assert made(apply("-f", "invert", "--resume")) == {"b.jpg"}, "the result"
    assert made(apply("-f", "exposure:ev=1", "--resume")) == set(NAMES), "the stack"
    assert made(apply("-f", "exposure:ev=1", "--resume", "--metadata", "none")) == set(NAMES), "how it is saved"
    assert made(apply("-f", "exposure:ev=1", "--resume", "--metadata", "none", "--workers", "1")) == set()


def test_a_new_picture_and_a_lost_one(apply: Apply, pictures: Path) -> None:
    apply()
    (pictures / "a.jpg").rename(pictures / "d.jpg")
    events = apply("-f", "invert", "--resume")
    assert made(events) == {"d.jpg"}
    assert events[-1]["skipped"] == 2


def test_a_file_that_nobody_made_is_not_replaced(apply: Apply, safelight: Run, pictures: Path, tmp_path: Path) -> None:
    apply()
    theirs = tmp_path / "out/new.png"
    theirs.write_bytes(b"theirs")
    Image.new("L", (9, 9)).save(pictures / "new.png")
    refused = safelight("apply", "pictures", "-f", "invert", "-o", "out", "--resume")
    assert refused.returncode == 2
    assert b"out/new.png exists already, and no batch of yours made it" in refused.stderr
    assert made(apply("-f", "invert", "--resume", "--existing", "skip")) == set()
    assert made(apply("-f", "invert", "--resume", "--existing", "skip")) == set(), "a skipped file is nobody's"
    assert theirs.read_bytes() == b"theirs"
    assert made(apply("-f", "invert", "--resume", "--existing", "replace")) == {"new.png"}
    assert theirs.read_bytes() != b"theirs"


def test_a_failed_file_is_tried_again(apply: Apply, pictures: Path) -> None:
    good = (pictures / "a.jpg").read_bytes()
    (pictures / "a.jpg").write_bytes(good[:500])
    assert made(apply(status=1)) == {"b.jpg", "below/c.jpg"}
    assert made(apply("-f", "invert", "--resume", status=1)) == set()
    (pictures / "a.jpg").write_bytes(good)
    assert made(apply("-f", "invert", "--resume")) == {"a.jpg"}


def test_a_file_that_a_step_names_counts(apply: Apply, pictures: Path, tmp_path: Path) -> None:
    Image.new("L", (8, 8), 200).save(tmp_path / "mask.png")
    words = ("-f", f"invert:mask=picture {tmp_path}/mask.png", "--resume")
    assert made(apply(*words)) == set(NAMES)
    assert made(apply(*words)) == set()
    Image.new("L", (9, 9), 100).save(tmp_path / "mask.png")
    assert made(apply(*words)) == set(NAMES)


def test_a_dry_run_tells_what_is_up_to_date(apply: Apply, safelight: Run, pictures: Path, tmp_path: Path) -> None:
    apply()
    (tmp_path / "out/b.jpg").unlink()
    told = safelight("apply", "pictures", "-f", "invert", "-o", "out", "--resume", "--dry-run").stdout.decode()
    assert told.count(" is up to date") == 2
    assert "1 file would get invert" in told


def test_results_of_a_batch_that_is_forgotten_are_known_by_the_next(
    apply: Apply, pictures: Path, own_state: Path
) -> None:
    apply()
    apply("-f", "invert", "--resume")
    first = min((own_state / "safelight/batches").iterdir())
    for path in sorted(first.iterdir()):
        path.unlink()
    os.rmdir(first)
    assert made(apply("-f", "invert", "--resume")) == set()
