"""A thread that has compiled stages at hand, so that whoever shows pictures never waits for the compiler."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from engine.errors import SpecError
from engine.kernels import Kernel
from engine.run.compiler import compiler
from engine.run.warming import warm_ahead

if TYPE_CHECKING:
    from engine.kernels.compiled import Compiler

log = logging.getLogger("safelight")


class KernelLoader:
    """Loads stages in the order in which they are asked for; `changed` is called in its thread when there are more."""

    def __init__(self, changed: Callable[[], object]) -> None:
        self._changed = changed
        self._news = threading.Condition()
        self._wanted: deque[Kernel] = deque()
        self._ready: set[Kernel] = set()
        self._asked: set[Kernel] = set()
        self._compiler: Compiler | None = None
        self._problem = ""
        self._refused: dict[Kernel, str] = {}
        self._needed: frozenset[Kernel] = frozenset()
        self._closed = False
        threading.Thread(target=self._load, name="kernels", daemon=True).start()

    def at_hand(self, kernels: Iterable[Kernel]) -> Compiler | None:
        """The compiler when all these stages are ready; otherwise they are asked for. Never waits."""
        needed = frozenset(kernels)
        with self._news:
            self._needed = needed
            missing = needed - self._asked
            self._asked |= missing
            self._wanted.extend(missing)
            self._news.notify_all()
            return self._compiler if needed <= self._ready else None

    def readiness(self) -> str:
        """Empty when nothing is outstanding, else what is being done, for people."""
        with self._news:
            if self._problem:
                return self._problem
            for kernel, sentence in self._refused.items():
                if kernel in self._needed:
                    return sentence
            if self._compiler is None:
                return "loading the engine"
            done = len(self._ready) + len(self._refused)
            if done < len(self._asked):
                return f"preparing filters, {done} of {len(self._asked)}"
            return ""

    def close(self) -> None:
        """Load nothing more."""
        with self._news:
            self._closed = True
            self._news.notify_all()

    def _load(self) -> None:
        try:
            native = compiler()
            native.runner()
            with self._news:
                self._compiler = native
                complete = not self._wanted
            self._changed()
            ahead = warm_ahead(native.folder) if complete else None
            while (kernel := self._next()) is not None:
                refusal = _refusal(native, kernel)
                with self._news:
                    if refusal:
                        self._refused[kernel] = refusal
                    else:
                        self._ready.add(kernel)
                    complete = not self._wanted
                if complete:
                    self._changed()
                    ahead = ahead or warm_ahead(native.folder)
        except Exception as error:
            log.exception("The kernels cannot be compiled.")
            with self._news:
                self._problem = f"filters cannot be shown: {type(error).__name__}: {error}"
            self._changed()

    def _next(self) -> Kernel | None:
        with self._news:
            self._news.wait_for(lambda: self._wanted or self._closed)
            return None if self._closed else self._wanted.popleft()


def _refusal(native: Compiler, kernel: Kernel) -> str:
    """Loads a stage; a sentence when it is one of a person's own filters that cannot be compiled."""
    try:
        native.address(kernel)
    except SpecError as error:
        return str(error)
    return ""
