"""The thread that loads kernels: asked without waiting, it tells how far it is and when there is more."""

import threading
from typing import Any

import pytest

from engine.kernels import Kernel
from engine.kernels.compiled import Compiler
from engine.run.compiler import compiler
from engine.run.kernel_loader import KernelLoader
from tests.engine.run.conftest import DEADLINE, Gate, until

FIRST, SECOND = Kernel("take"), Kernel("points", (8, 3, 8, 3))


def test_asking_never_waits_and_news_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    gate, address, news = Gate(), Compiler.address, threading.Event()

    def held(self: Compiler, kernel: Kernel) -> int:
        if kernel == SECOND:
            gate.pass_through()
        return address(self, kernel)

    monkeypatch.setattr(Compiler, "address", held)
    before = set(threading.enumerate())
    loader = KernelLoader(news.set)
    (thread,) = set(threading.enumerate()) - before
    assert loader.at_hand([FIRST]) is None
    until(lambda: loader.at_hand([FIRST]) is compiler())
    assert loader.readiness() == ""
    assert loader.at_hand([FIRST, SECOND]) is None
    gate.wait()
    news.clear()
    assert loader.readiness() == "preparing filters, 1 of 2"
    assert loader.at_hand([FIRST]) is compiler()
    gate.open()
    assert news.wait(DEADLINE)
    assert loader.at_hand([FIRST, SECOND]) is compiler()
    loader.close()
    thread.join(DEADLINE)
    assert not thread.is_alive()


def test_closing_ends_a_loader_that_was_never_asked() -> None:
    before = set(threading.enumerate())
    told: list[Any] = []
    loader = KernelLoader(lambda: told.append(None))
    threads = set(threading.enumerate()) - before
    until(lambda: len(told) == 1)
    loader.close()
    for thread in threads:
        thread.join(DEADLINE)
        assert not thread.is_alive()
