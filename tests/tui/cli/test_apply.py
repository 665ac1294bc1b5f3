"""`safelight apply` as a person and a program run it: real files, real batches, real results."""

import base64
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.tui.cli.conftest import Run, Screen

BRIGHTER = ("-f", "exposure:ev=1", "-o", "results")


def events(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_folder_is_mirrored(safelight: Run, pictures: Path, tmp_path: Path) -> None:
    done = safelight("apply", "pictures", *BRIGHTER)
    assert done.returncode == 0, done.stderr
    assert files_below(tmp_path / "results") == ["a.jpg", "b.png", "below/c.jpg"]
    before, after = Image.open(pictures / "b.png"), Image.open(tmp_path / "results" / "b.png")
    assert after.getpixel((5, 5))[0] > before.getpixel((5, 5))[0]  # type: ignore[index]
    assert b"\x1b" not in done.stdout + done.stderr
    assert b"3 files done" in done.stdout


def test_json_is_one_object_a_line(safelight: Run, pictures: Path) -> None:
    done = safelight("apply", "pictures", *BRIGHTER, "--json", "--workers", "2")
    assert done.returncode == 0, done.stderr
    told = events(done.stdout)
    names = [event["event"] for event in told]
    assert names.count("started") == names.count("finished") == 3
    assert set(names) <= {"started", "progress", "finished", "summary"}
    finished = [event for event in told if event["event"] == "finished"]
    assert all({"path", "output", "seconds", "megapixels"} <= set(event) for event in finished)
    summary = told[-1]
    assert {"done", "failed", "skipped", "seconds", "megapixels_per_second", "workers"} <= set(summary)
    assert [summary["done"], summary["failed"], summary["skipped"]] == [3, 0, 0]
    assert {"name", "busy_seconds", "cpu_seconds", "megapixels"} == set(summary["workers"][0])
    shares = sum(worker["megapixels"] for worker in summary["workers"])
    assert shares == pytest.approx(sum(event["megapixels"] for event in finished))


def test_a_bad_file_fails_alone(safelight: Run, pictures: Path, tmp_path: Path) -> None:
    (pictures / "broken.jpg").write_bytes((pictures / "a.jpg").read_bytes()[:300])
    done = safelight("apply", "pictures", *BRIGHTER, "--json")
    assert done.returncode == 1
    (failed,) = (event for event in events(done.stdout) if event["event"] == "failed")
    assert failed["path"] == str(pictures / "broken.jpg")
    assert "broken.jpg" in failed["error"]
    assert files_below(tmp_path / "results") == ["a.jpg", "b.png", "below/c.jpg"]


def test_a_bad_file_is_one_sentence_for_people(safelight: Run, pictures: Path) -> None:
    (pictures / "broken.jpg").write_bytes(b"no picture")
    done = safelight("apply", "pictures", *BRIGHTER)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"broken.jpg" in done.stderr
    assert b"1 failed" in done.stdout


def test_existing_results_are_looked_at_before_the_first_pixel(safelight: Run, pictures: Path, tmp_path: Path) -> None:
    kept = tmp_path / "results" / "below" / "c.jpg"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"mine")
    refused = safelight("apply", "pictures", *BRIGHTER)
    assert refused.returncode == 2
    assert b"--existing" in refused.stderr
    assert files_below(tmp_path / "results") == ["below/c.jpg"]
    skipped = safelight("apply", "pictures", *BRIGHTER, "--existing", "skip", "--json")
    assert skipped.returncode == 0
    assert [event["output"] for event in events(skipped.stdout) if event["event"] == "skipped"] == [str(kept)]
    assert kept.read_bytes() == b"mine"
    assert safelight("apply", "pictures", *BRIGHTER, "--existing", "replace").returncode == 0
    assert kept.read_bytes().startswith(b"\xff\xd8")


def test_a_dry_run_writes_nothing(safelight: Run, pictures: Path, tmp_path: Path) -> None:
    done = safelight("apply", "pictures", *BRIGHTER, "--dry-run")
    assert done.returncode == 0
    assert done.stdout.count(b"->") == 3
    planned = events(safelight("apply", "pictures", *BRIGHTER, "--dry-run", "--json").stdout)
    assert [event["event"] for event in planned] == ["planned"] * 3
    assert planned[0]["output"] == str(tmp_path / "results" / "a.jpg")
    assert not (tmp_path / "results").exists()


def test_a_name_that_is_no_text_makes_the_round_trip(safelight: Run, pictures: Path, tmp_path: Path) -> None:
    name = b"\xff\x1b[31m\n.jpg"
    os.rename(pictures / "a.jpg", os.fsencode(pictures) + b"/" + name)
    listed = os.fsencode(pictures) + b"/" + name + b"\0"
    done = safelight("apply", "--files-from", "-", *BRIGHTER, "--json", stdin=listed)
    assert done.returncode == 0, done.stderr
    (finished,) = (event for event in events(done.stdout) if event["event"] == "finished")
    assert base64.b64decode(finished["path_bytes"]) == listed[:-1]
    assert os.listdir(os.fsencode(tmp_path / "results")) == [name]
    people = safelight("apply", "--files-from", "-", *BRIGHTER, "--existing", "replace", stdin=listed)
    assert b"\x1b" not in people.stdout + people.stderr
    assert rb"\x1b" in people.stdout


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["nowhere", "-f", "sobel", "-o", "results"], b"nowhere"),
        (["pictures", "-f", "sobell", "-o", "results"], b"sobel"),
        (["pictures", "-f", "gamma:gamma=99", "-o", "results"], b"gamma"),
        (["pictures", "-f", "sobel", "-o", "pictures/a.jpg"], b"-o"),
        (["pictures/a.jpg", "-f", "sobel", "-o", "pictures", "--existing", "replace"], b"a.jpg"),
        (["pictures", "-f", "sobel", "-o", "results", "--format", "eps"], b"--format"),
        (["-f", "sobel", "-o", "results"], b"--files-from"),
        (["pictures", "-f", "sobel", "-o", "results", "--files-from", "nowhere"], b"--files-from"),
        (["pictures", "-f", "sobel", "-o", "results", "--max-pixels", "0"], b"--max-pixels"),
        (["pictures", "-f", "sobel", "-o", "results", "--memory", "4"], b"--memory"),
        (["pictures", "-f", "sobel", "-o", "results", "--memory", "120%"], b"--memory"),
        (["pictures", "-f", "sobel"], b"--in-place"),
        (["pictures", "-o", "results"], b"--preset"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    safelight: Run, pictures: Path, tmp_path: Path, words: list[str], named: bytes
) -> None:
    done = safelight("apply", *words)
    assert done.returncode == 2
    assert named in done.stderr
    assert done.stderr.count(b"\n") == 1
    assert not (tmp_path / "results").exists()


def test_a_picture_beyond_the_limit_fails_and_names_the_flag(safelight: Run, pictures: Path) -> None:
    done = safelight("apply", "pictures/a.jpg", *BRIGHTER, "--max-pixels", "1000")
    assert done.returncode == 1
    assert b"--max-pixels" in done.stderr


def test_a_picture_that_does_not_fit_into_memory_fails_and_names_the_flag(safelight: Run, pictures: Path) -> None:
    done = safelight("apply", "pictures", *BRIGHTER, "--memory", "2M", "--json")
    assert done.returncode == 1
    failed = [event for event in events(done.stdout) if event["event"] == "failed"]
    assert len(failed) == 3
    assert all("--memory" in event["error"] and event["error"].count(". ") == 0 for event in failed)
    assert safelight("apply", "pictures", *BRIGHTER, "--memory", "100%").returncode == 0


def test_a_terminal_gets_bars_and_is_left_as_it_was(in_terminal: Callable[..., Screen], pictures: Path) -> None:
    screen = in_terminal("apply", "pictures", *BRIGHTER)
    data = screen.read()
    assert screen.process.returncode == 0
    assert "━".encode() in data
    assert b"3 files done" in data
    assert data.rindex(b"\x1b[?25h") > data.rindex(b"\x1b[?25l")


@pytest.mark.parametrize("changes", [{"TERM": "dumb"}, {"NO_COLOR": "1"}])
def test_a_modest_terminal_gets_what_it_can_show(
    in_terminal: Callable[..., Screen], pictures: Path, changes: dict[str, str]
) -> None:
    data = in_terminal("apply", "pictures", *BRIGHTER, **changes).read()
    assert b"3 files done" in data
    assert (b"\x1b" in data) == ("NO_COLOR" in changes)
    assert b"\x1b[3" not in data
