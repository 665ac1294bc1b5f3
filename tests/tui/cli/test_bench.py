"""`safelight bench` on pictures that take no time, and `safelight explain --run` on a real one."""

import json
from functools import partial
from pathlib import Path

import pytest

from engine.bench import peers, record, setting
from engine.errors import SafelightError
from tests.tui.cli.conftest import Run
from tui.cli.bench import bench


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    small = partial(setting.Setting, megapixels=0.05, fewer=0.02, crop=0.02, rounds=1)
    monkeypatch.setattr(setting, "Setting", small)


def test_a_table_for_each_section_and_what_it_means(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert bench(only=("invert", "growth: median, radius")) == 0
    told = capsys.readouterr().out
    assert "filters, Mpx/s" in told
    assert "Nanoseconds a pixel" in told
    assert "GB/s" in told
    assert max(map(len, told.splitlines())) <= 80


def test_json_is_one_object_and_keeps_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "kept.json"
    assert bench(only=("gaussian-blur:sigma=1",), as_json=True, keep=str(path)) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == json.loads(path.read_text())
    assert set(told["sections"]) == {"8-bit", "16-bit", "float32"}


def test_what_was_measured_before_an_interrupt_is_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    add = record.add

    def interrupted(*words: object) -> None:
        add(*words)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(record, "add", interrupted)
    assert bench(only=("filters",), as_json=True) == 130
    (rows,) = json.loads(capsys.readouterr().out)["sections"].values()
    assert len(rows) == 1


def test_missing_peers_are_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "libraries", lambda: ["not_there"])
    with pytest.raises(SafelightError, match=r"not_there .*pip install 'safelight\[peers\]'"):
        bench(peers=True)


def test_an_unknown_name_is_one_sentence_and_status_2(safelight: Run) -> None:
    done = safelight("bench", "--only", "nothing")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
    assert b"'nothing'" in done.stderr


def test_explain_tells_bytes_and_with_a_picture_the_time_of_each_pass(safelight: Run, pictures: Path) -> None:
    stack = ("-f", "gaussian-blur:sigma=9", "-f", "gaussian-blur:sigma=9")
    planned = safelight("explain", *stack).stdout.decode()
    assert "bytes of memory traffic a pixel" in planned
    before = sorted(pictures.rglob("*"))
    done = safelight("explain", *stack, "--run", str(pictures / "a.jpg"))
    told = done.stdout.decode()
    assert done.returncode == 0
    assert "320 x 200, 3 channels, 8-bit" in told
    assert [line for line in told.splitlines() if line.startswith("pass 1 took ") and line.endswith(" MP/s")]
    assert sorted(pictures.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--run", "missing.jpg"), b"missing.jpg"),
        (("--run", "a.jpg", "--size", "30x20"), b"--size is the picture's own"),
        (("--size", "30"), b"--size: 30 is no size"),
    ],
)
def test_explain_refuses_in_one_sentence(safelight: Run, words: tuple[str, ...], said: bytes) -> None:
    done = safelight("explain", "-f", "invert", *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count(b"\n") == 1
