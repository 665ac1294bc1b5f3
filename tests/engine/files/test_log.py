"""The log: in its folder, rotated, harmless to print."""

import logging
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.files import log


@pytest.fixture(autouse=True)
def _logging_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    logging.captureWarnings(False)


def test_a_name_from_outside_stays_on_its_line_and_harmless() -> None:
    path = log.start_log("app")
    assert path is not None
    logging.getLogger("engine").info("read %s", "\x1b[31mevil\nINFO forged.jpg")
    try:
        raise ValueError("\x9b31m")
    except ValueError:
        logging.getLogger("engine").exception("failed")
    text = path.read_text()
    assert r"read \x1b[31mevil" in text
    assert r"ValueError: \x9b31m" in text
    assert "\x1b" not in text


def test_warnings_go_to_the_log_and_not_to_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    path = log.start_log("app")
    assert path is not None
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("a codec is not sure", stacklevel=1)
    assert "a codec is not sure" in path.read_text()
    assert capsys.readouterr().err == ""


def test_the_log_is_rotated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 500)
    path = log.start_log("batch")
    assert path is not None
    for number in range(100):
        logging.getLogger("engine").info("line %d", number)
    assert sorted(each.name for each in path.parent.iterdir()) == ["batch.log", *(f"batch.log.{n}" for n in (1, 2, 3))]
    assert all(each.stat().st_size <= 500 for each in path.parent.iterdir())


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "safelight").touch()
    assert log.start_log("app") is None
    logging.getLogger("engine").info("goes nowhere")


def test_whom_libraries_talk_to_is_not_kept() -> None:
    path = log.start_log("app")
    assert path is not None
    logging.getLogger("botocore.credentials").info("Found credentials of AKIA")
    logging.getLogger("paramiko.transport").warning("Oops")
    logging.getLogger("safelight.x").info("ours")
    text = path.read_text(encoding="utf-8")
    assert "AKIA" not in text
    assert "Oops" in text
    assert "ours" in text
