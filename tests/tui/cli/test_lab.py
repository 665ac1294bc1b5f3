"""`safelight lab` as a person uses it: tables, time lines, JSON, a picture, pages of help, and sentences."""

import json
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.lab.strategies import strategies
from engine.lab.watching.timeline import Kind
from tests.tui.cli.conftest import Run
from tui.cli.lab import lab
from tui.cli.lab_pages import comparing

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is measured means nothing, that it is measured does."""
    monkeypatch.setattr(comparing, "Setting", partial(comparing.Setting, seconds=0.02))


@pytest.mark.usefixtures("quick")
def test_tables_lanes_and_reasons(capsys: pytest.CaptureFixture[str], pictures: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "lanes.svg"
    words = ("threads-numba-nogil", "free-threaded", "sub-interpreters")
    assert lab(str(pictures / "a.jpg"), strategy=words, workers=2, svg=str(drawn)) == 0
    told = capsys.readouterr().out
    assert "How fast" in told
    assert "At what cost" in told
    assert "threads, Numba without the GIL" in told
    assert "waits for the GIL" in told
    assert "All made the same bytes. Figures are medians of 5 runs" in told
    missing = [each.missing() for each in strategies().values() if each.name in words and each.missing()]
    assert all(sentence.split(":")[0] in told for sentence in missing)
    picture = ET.parse(drawn).getroot()
    assert picture.tag == f"{SVG}svg"
    assert len(picture.findall(f"{SVG}rect")) > 8


@pytest.mark.usefixtures("quick")
def test_json_is_one_object_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert lab(strategy=("threads-numba-gil", "threads-numba-nogil"), workers=2, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["same_bytes"] is True
    held, free = told["strategies"]
    assert held["name"] == "threads-numba-gil"
    blur = {row["step"]: row for row in free["steps"]}["blur"]
    assert blur["unit"] == "Mpx/s"
    assert blur["runs"] == 5
    told_of = {span[2] for lane in held["timeline"]["lanes"] for span in lane["spans"]}
    assert "run" in told_of
    assert told_of <= {kind.name.lower() for kind in Kind}


@pytest.mark.usefixtures("quick")
def test_nothing_measured_is_status_1(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CC", raising=False)
    assert lab(strategy=("native-extension",)) == 1
    assert "There is no C compiler" in capsys.readouterr().out.replace("\n", " ")


def test_queues_side_by_side(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("engine.lab.scheduling.load.STREAM", 0.05)
    monkeypatch.setattr("engine.lab.scheduling.load.LONG", 12)
    drawn = tmp_path / "queues.svg"
    assert lab(schedule=True, workers=2, svg=str(drawn)) == 0
    told = capsys.readouterr().out
    assert "round robin by bands" in told
    assert "A" * 5 in told
    assert ET.parse(drawn).getroot().tag == f"{SVG}svg"
    assert lab(schedule=True, workers=2, as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert {each["runs"] for each in [*found["stream"], *found["batch"]]} == {5}


def test_the_curve_of_a_filter(capsys: pytest.CaptureFixture[str], pictures: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "curve.svg"
    assert lab(str(pictures / "a.jpg"), scale="invert", workers=2, svg=str(drawn)) == 0
    assert "Amdahl's fit" in capsys.readouterr().out
    assert ET.parse(drawn).getroot().tag == f"{SVG}svg"
    assert lab(str(pictures / "a.jpg"), scale="invert", workers=2, as_json=True) == 0
    assert [point["workers"] for point in json.loads(capsys.readouterr().out)["points"]] == [1, 2]


def test_a_page_for_each_strategy(safelight: Run) -> None:
    done = safelight("lab", "--explain", "threads-numba-nogil")
    told = done.stdout.decode()
    assert done.returncode == 0
    assert "nogil=True" in told
    assert "def blur(source: Any" in told
    assert "Py_BEGIN_ALLOW_THREADS" in safelight("lab", "--explain", "native-extension").stdout.decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--explain", "threads-nump"), b"the nearest is 'threads-numpy'"),
        (("--strategy", "nothing"), b"There is no strategy 'nothing'"),
        (("missing.jpg", "--strategy", "one-thread"), b"missing.jpg"),
        (("--svg", "picture.jpg"), b"--svg picture.jpg"),
        (("--runs", "2"), b"--runs"),
        (("--schedule", "--strategy", "one-thread"), b"--schedule and --strategy ask for different things"),
        (("--scale", "gausian-blur"), b"gausian-blur"),
    ],
)
def test_it_refuses_in_one_sentence(safelight: Run, words: tuple[str, ...], said: bytes) -> None:
    done = safelight("lab", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == b""
