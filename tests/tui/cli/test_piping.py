"""`-`: a picture comes through standard input, a result goes to standard output, and nothing stays behind."""

import io
import os
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import SafelightError
from engine.files.limits import Limits
from tests.tui.cli.conftest import DEADLINE, Run
from tui.cli.parsing.program import run
from tui.cli.piping.spool import Spool

INVERT = ("-f", "invert")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of spools, for this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    environment["TMPDIR"] = str(folder)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def picture(pictures: Path) -> bytes:
    return (pictures / "b.png").read_bytes()


def test_through_pipes_comes_what_comes_through_files(
    safelight: Run, pictures: Path, picture: bytes, tmp_path: Path, temporary: Path
) -> None:
    assert safelight("apply", "pictures/b.png", *INVERT, "-o", "out").returncode == 0
    done = safelight("apply", "-", "-o", "-", *INVERT, stdin=picture)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (tmp_path / "out/b.png").read_bytes()
    assert os.listdir(temporary) == []


def test_the_suffix_is_that_of_what_comes(safelight: Run, pictures: Path, tmp_path: Path) -> None:
    data = (pictures / "a.jpg").read_bytes()
    done = safelight("apply", *INVERT, "-o", "out", "--name", "x-{n:2}", "-", stdin=data)
    assert done.returncode == 0, done.stderr
    assert os.listdir(tmp_path / "out") == ["x-01.jpg"]


def test_what_could_not_be_kept_is_said_beside_the_picture(safelight: Run, temporary: Path) -> None:
    held = io.BytesIO()
    Image.new("RGBA", (40, 30), (200, 100, 50, 128)).save(held, "PNG")
    done = safelight("apply", "-", "-o", "-", *INVERT, "--format", "jpeg", stdin=held.getvalue())
    assert Image.open(io.BytesIO(done.stdout)).format == "JPEG"
    assert done.stderr == b"standard output: JPEG has no transparency: the picture was laid on white.\n"


@pytest.mark.parametrize(
    ("data", "output", "said"),
    [
        (b"no picture at all", "-", b"Standard input is no "),
        (b"\x89PNG\r\n\x1a\n cut short", "out", b"Standard input is damaged"),
    ],
)
def test_what_is_no_picture_is_one_sentence(
    safelight: Run, temporary: Path, data: bytes, output: str, said: bytes
) -> None:
    done = safelight("apply", "-", "-o", output, *INVERT, stdin=data)
    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert done.stderr.count(b"\n") == 1
    assert output != "-" or done.stdout == b""
    assert str(temporary).encode() not in done.stderr
    assert os.listdir(temporary) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pictures", "-o", "-"), "One picture fits on standard output, not 3"),
        (("-", "pictures", "-o", "out"), "Standard input is one picture: name nothing else beside -."),
        (("-", "-", "-o", "out"), "name nothing else beside -."),
        (("-", "-o", "-", "--json"), "--json means nothing with -"),
        (("-", "-o", "out", "--detach"), "--detach means nothing with -"),
        (("-", "-o", "out", "--resume"), "--resume means nothing with -"),
        (("-", "-o", "out", "--dry-run"), "--dry-run means nothing with -"),
        (("-", "--in-place"), "--in-place means nothing with -"),
        (("-", "-o", "out", "--files-from", "-"), "--files-from means nothing with -"),
        (("-", "-o", "new"), "Standard input is empty: pass a picture to it, or name a file."),
        (("-",), "Name a folder for the results with -o"),
        (("pictures", "-o", "out", "--quality", "-"), 'unable to convert "-" into int'),
    ],
)
def test_what_means_nothing_is_refused_and_nothing_is_written(
    pictures: Path,
    picture: bytes,
    tmp_path: Path,
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(picture if words != ("-", "-o", "new") else b"")))
    assert run(["apply", *words, *INVERT]) == 2
    shown = capfd.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert shown.err.count("\n") == 1
    assert not (tmp_path / "out").exists()
    assert os.listdir(temporary) == []


@pytest.mark.parametrize(
    ("stream", "words", "said"),
    [
        ("stdin", ("-", "-o", "out"), "Standard input is a terminal: pass a picture with"),
        ("stdout", ("pictures/a.jpg", "-o", "-"), "Standard output is a terminal: send the picture on"),
    ],
)
def test_a_terminal_is_no_picture(
    pictures: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    stream: str,
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    descriptors = os.openpty()
    try:
        with open(descriptors[1], "r+b", buffering=0, closefd=False) as terminal:
            monkeypatch.setattr(f"sys.{stream}", io.TextIOWrapper(terminal, write_through=True))
            assert run(["apply", *words, *INVERT]) == 2
            monkeypatch.undo()
    finally:
        for each in descriptors:
            os.close(each)
    assert said in capfd.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nobody_reads_any_more(
    command: list[str], environment: dict[str, str], tmp_path: Path, temporary: Path
) -> None:
    noise = np.random.default_rng(5).integers(0, 256, (300, 300, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "noise.png")
    words = [*command, "apply", "noise.png", "-o", "-", *INVERT]
    process = subprocess.Popen(
        words, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert len(process.stdout.read(8)) == 8
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(DEADLINE), said) == (1, b"")
    assert os.listdir(temporary) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_while_the_picture_comes(
    command: list[str], environment: dict[str, str], tmp_path: Path, temporary: Path, number: int
) -> None:
    waiting = started(command, environment, tmp_path, temporary)
    waiting.send_signal(number)
    out, said = waiting.communicate(timeout=DEADLINE)
    assert (waiting.returncode, out, said) == (130, b"", b"")
    assert os.listdir(temporary) == []


def test_what_a_killed_process_left_goes_with_the_next(
    command: list[str], environment: dict[str, str], safelight: Run, tmp_path: Path, temporary: Path, picture: bytes
) -> None:
    (temporary / "safelight-pipe-file").touch()
    lost, living = (started(command, environment, tmp_path, temporary) for _ in range(2))
    lost.kill()
    lost.communicate(timeout=DEADLINE)
    assert len(os.listdir(temporary)) == 3
    assert safelight("apply", "-", "-o", "-", *INVERT, stdin=picture).returncode == 0
    assert len(os.listdir(temporary)) == 2
    out, said = living.communicate(picture[1:], timeout=DEADLINE)
    assert (living.returncode, said) == (0, b"")
    assert Image.open(io.BytesIO(out)).format == "PNG"
    assert os.listdir(temporary) == ["safelight-pipe-file"]


def started(
    command: list[str], environment: dict[str, str], folder: Path, temporary: Path
) -> "subprocess.Popen[bytes]":
    """A process that has read the first byte of a picture, and waits for more."""
    # Python itself puts a file there for a moment, to see that it can: only folders count.
    before = len(list(temporary.glob("safelight-pipe-*/")))
    pipe = subprocess.PIPE
    words = [*command, "apply", "-", "-o", "-", *INVERT]
    process = subprocess.Popen(words, cwd=folder, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)
    assert process.stdin is not None
    process.stdin.write(b"\x89")
    process.stdin.flush()
    until = time.monotonic() + DEADLINE
    while len(list(temporary.glob("safelight-pipe-*/"))) == before and time.monotonic() < until:
        time.sleep(0.01)
    return process


def test_no_more_is_taken_than_the_limit_allows(temporary: Path) -> None:
    spool = Spool()
    spool.open()
    with pytest.raises(SafelightError, match=r"Standard input has more than the 0.00 GB that are read"):
        spool.take(io.BytesIO(bytes(3 << 20)), Limits(max_bytes=(2 << 20) - 1))
    assert sum(path.stat().st_size for path in Path(spool.path).iterdir()) <= 2 << 20
    spool.close()
    assert os.listdir(temporary) == []
