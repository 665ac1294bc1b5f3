"""Loading ahead: the compiler and the runner are at hand soon, and a fault is left to whoever needs them."""

import logging
import threading

import pytest

from engine.kernels.compiled import RUNNER, Compiler
from engine.run import loading
from engine.run.compiler import compiler
from engine.run.loading import load_ahead
from tests.engine.run.conftest import DEADLINE


def loaded() -> None:
    """Load ahead, and wait for the thread that does."""
    before = set(threading.enumerate())
    load_ahead()
    for thread in set(threading.enumerate()) - before:
        thread.join(DEADLINE)
        assert not thread.is_alive()


def test_the_runner_is_loaded_and_no_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    native = Compiler(compiler().folder)
    monkeypatch.setattr(loading, "compiler", lambda: native)
    loaded()
    assert list(native._addresses) == [RUNNER]
    assert native.fresh == 0


def test_a_fault_is_written_down_and_no_more(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Compiler:
        raise RuntimeError("no compiler here")

    monkeypatch.setattr(loading, "compiler", broken)
    with caplog.at_level(logging.INFO):
        loaded()
    assert [record.getMessage() for record in caplog.records] == ["The kernels were not loaded ahead: no compiler here"]
