"""Real schedulers and real worker processes for tests, as people start them, and none of them left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.child import environment

DEADLINE = 60.0
PRELOAD = Path(__file__).parent / "engine" / "cluster" / "preload.py"


def until(reached: Callable[[], object], what: str = "it") -> None:
    """Waits for something that another process does; a test that waits too long has failed."""
    deadline = time.monotonic() + DEADLINE
    while not reached():
        assert time.monotonic() < deadline, f"{what} never came"
        time.sleep(0.01)


class Yard:
    """One scheduler and its workers."""

    def __init__(self, folder: Path, prefix: tuple[str, ...] = (), host: str = "127.0.0.1") -> None:
        """`prefix` is a command that starts others, as in a network namespace."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._started = folder, list[subprocess.Popen[bytes]]()
        about = folder / "scheduler.json"
        about.unlink(missing_ok=True)
        flags = ("--host", host, "--port", "0", "--no-dashboard", "--scheduler-file", str(about))
        self.scheduler = self._start([*prefix, *_dask("scheduler"), *flags])
        until(about.exists, "the scheduler")
        self.address = ""
        until(lambda: self._addressed(about), "the scheduler's address")

    def worker(
        self,
        threads: int = 1,
        *flags: str,
        prefix: tuple[str, ...] = (),
        env: Mapping[str, str] | None = None,
        preload: bool = True,
    ) -> "subprocess.Popen[bytes]":
        """One more worker process, without a nanny: once killed it stays so. Returns when the scheduler knows it."""
        before = self.known()
        words = [*prefix, *_dask("worker"), self.address, "--nthreads", str(threads), "--no-nanny", "--no-dashboard"]
        words += ["--local-directory", str(self._folder / "scratch"), *flags]
        process = self._start([*words, *(["--preload", str(PRELOAD)] if preload else [])], env)
        until(lambda: self.known() > before or process.poll() is not None, "the worker")
        assert process.poll() is None, self.log()
        return process

    def known(self) -> int:
        """Workers that have joined so far."""
        return self.log().count("Register worker")

    def log(self) -> str:
        """What all of them have said."""
        return "".join(path.read_text(errors="replace") for path in self._folder.glob("*.log"))

    def close(self) -> None:
        """Nobody is left."""
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()

    def _start(self, words: list[str], env: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
        number = len(self._started)
        with open(self._folder / f"{number}.log", "wb") as log:
            process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                env=environment() | {"DASK_LOGGING__DISTRIBUTED": "info"} | dict(env or {}),
            )
        self._started.append(process)
        return process

    def _addressed(self, about: Path) -> str:
        try:
            self.address = str(json.loads(about.read_text())["address"])
        except (ValueError, KeyError):
            self.address = ""
        return self.address


def _dask(what: str) -> list[str]:
    return [sys.executable, "-P", "-m", f"distributed.cli.dask_{what}"]


def kill(process: "subprocess.Popen[bytes]") -> None:
    """At once, without a word."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
