"""A strategy measured in a process of its own, watched from this one while it runs. It does no work itself."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.child import environment, python_command
from engine.lab.measuring.measurement import Measurement
from engine.lab.watching.record import ROUNDS, open_record
from engine.lab.watching.timeline import timeline

if TYPE_CHECKING:
    from engine.lab.job import Bytes
    from engine.lab.measuring.setting import Setting
    from engine.lab.strategy import Strategy
    from engine.lab.watching.timeline import Timeline

PICTURE, ORDER, RECORD, RESULT = "picture.npy", "order", "record", "result"
WORDS = 200
"""Letters of what a process that fell said last."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the process is to measure."""

    strategy: str
    setting: Setting
    began: float


class Trial:
    """One measurement under way; call it from one thread.

    `over`, `rounds` and `timeline` are quick. Making one writes the picture to a file, `measurement` waits for the end
    and `cancel` for the process to be gone: none of these on an event loop.
    """

    def __init__(self, strategy: Strategy, setting: Setting, picture: Bytes) -> None:
        """The process starts at once, unless the strategy is missing. `picture` is H x W x 3."""
        self._strategy, self._workers = strategy, strategy.workers(setting.workers)
        self._done: Measurement | None = None
        if problem := strategy.missing():
            self._done = self._failed(problem)
            return
        self._folder = tempfile.TemporaryDirectory(prefix="safelight-lab-")
        self._path = Path(self._folder.name)
        np.save(self._path / PICTURE, picture)
        (self._path / ORDER).write_bytes(pickle.dumps(Order(strategy.name, setting, time.monotonic())))
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        self._process = subprocess.Popen(
            [*python_command("engine.lab"), self._folder.name],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._complaints,
            env=environment(),
            start_new_session=True,
        )

    @property
    def over(self) -> bool:
        """Whether `measurement` has its answer ready."""
        return self._done is not None or self._process.poll() is not None

    @property
    def rounds(self) -> int:
        """How many of its runs are over."""
        record = None if self._done is not None else open_record(self._path / RECORD)
        return 0 if record is None else int(record.words[ROUNDS])

    def timeline(self, last: int | None = None) -> Timeline | None:
        """What the workers have done so far in the run that is being watched, or in its last samples; None before."""
        if self._done is not None:
            return self._done.timeline
        record = open_record(self._path / RECORD)
        return None if record is None else timeline(record, shared_lock=self._strategy.shared_lock, last=last)

    def measurement(self) -> Measurement:
        """What came of it, once it is over; a strategy that failed says so in its `problem`."""
        if self._done is None:
            self._process.wait()
            self._done = self._read()
            self._close()
        return self._done

    def cancel(self) -> None:
        """End the process and its children at once."""
        if self._done is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._done = self._failed(f"{self._strategy.title} was cancelled.")
            self._close()

    def _read(self) -> Measurement:
        try:
            found = pickle.loads((self._path / RESULT).read_bytes())
        except (OSError, EOFError, pickle.UnpicklingError):
            self._complaints.seek(0)
            lines = self._complaints.read().decode(errors="replace").strip().splitlines() or ["it said nothing"]
            why = f"ended with status {self._process.returncode}: {lines[-1][:WORDS]}"
            return self._failed(f"The process of {self._strategy.title!r} {why}.")
        return found if isinstance(found, Measurement) else self._failed(str(found))

    def _failed(self, problem: str) -> Measurement:
        return Measurement(self._strategy.name, self._strategy.title, self._workers, problem)

    def _close(self) -> None:
        self._complaints.close()
        self._folder.cleanup()
