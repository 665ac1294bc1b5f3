"""`safelight apply --in-place`: pictures take their own places, nothing is filtered twice, no original is lost."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.files.edition import edition
from engine.files.in_place import BACKUP_SUFFIX, begin_in_place
from tests.tui.cli.conftest import Run
from tui.cli.parsing.program import run

NAMES = ("a.jpg", "b.png", "below/c.jpg")
IN_PLACE = ("apply", "pictures", "--in-place", "-f", "invert")
Apply = Callable[..., list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """No batch of another test."""
    environment["XDG_STATE_HOME"] = str(tmp_path / "state")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def apply(safelight: Run) -> Apply:
    """Applies in place; the events."""

    def applied(*words: str, status: int = 0) -> list[dict[str, Any]]:
        done = safelight(*IN_PLACE, "--json", *words)
        assert done.returncode == status, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return applied


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_results_take_the_places_of_their_sources(apply: Apply, safelight: Run, pictures: Path, tmp_path: Path) -> None:
    (pictures / "b.png").chmod(0o640)
    (pictures / "named.png").write_bytes((pictures / "a.jpg").read_bytes())
    (pictures / "bad.jpg").write_bytes(b"no picture")
    (pictures / "other.jpg").hardlink_to(pictures / "below/c.jpg")
    (tmp_path / "apart").mkdir()
    (pictures / "other.jpg").rename(tmp_path / "apart/other.jpg")
    before = content(pictures)
    assert safelight("apply", "pictures", "-o", "out", "-f", "invert").returncode == 1
    expected = content(tmp_path / "out") | {"bad.jpg": b"no picture"}
    events = apply(status=1)
    assert content(pictures) == expected
    assert (pictures / "b.png").stat().st_mode & 0o7777 == 0o640
    assert (pictures / "named.png").read_bytes()[:2] == b"\xff\xd8", "the format is that of the content"
    assert (tmp_path / "apart/other.jpg").read_bytes() == before["below/c.jpg"]
    (shared,) = (event for event in events if event["event"] == "finished" and "below" in event["path"])
    assert shared["notes"] == ["The file had another name, which keeps the picture as it was."]
    assert shared["output"] == shared["path"]


def test_nothing_is_filtered_twice(apply: Apply, pictures: Path) -> None:
    originals = content(pictures)
    apply()
    whole = content(pictures)
    assert set(whole) == set(NAMES)
    # As if the batch had been killed as soon as its journal told of the one, and the other had been copied back since.
    (pictures / f"b.png{BACKUP_SUFFIX}").write_bytes(originals["b.png"])
    (pictures / "a.jpg").write_bytes(originals["a.jpg"])
    events = apply("--resume", status=1)
    assert "leave --resume out to develop it again" in next(each["error"] for each in events if "error" in each)
    assert (events[-1]["done"], events[-1]["failed"], events[-1]["skipped"]) == (0, 1, 2)
    assert content(pictures) == whole | {"a.jpg": originals["a.jpg"]}


def test_what_no_journal_tells_of_is_begun_again_from_its_original(
    apply: Apply, safelight: Run, pictures: Path, tmp_path: Path
) -> None:
    path = str(pictures / "b.png")
    assert safelight("apply", path, "-o", "out", "-f", "invert").returncode == 0
    begin_in_place(path, (tmp_path / "out/b.png").read_bytes(), edition(path)).place()
    (pictures / ".safelight-0123456789abcdef").touch()
    apply("--resume")
    assert (pictures / "b.png").read_bytes() == (tmp_path / "out/b.png").read_bytes()
    assert set(content(pictures)) == set(NAMES)


@pytest.mark.parametrize(
    "words", [("-o", "out"), ("--format", "webp"), ("--name", "{stem}-{n}"), ("--existing", "replace")]
)
def test_flags_that_contradict_it(
    pictures: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    words: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    before = content(pictures)
    assert run([*IN_PLACE, *words]) == 2
    assert f"{words[0]} means nothing with --in-place" in capfd.readouterr().err
    assert content(pictures) == before
