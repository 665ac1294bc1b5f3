"""Runs batches, each a process forked from one that has everything loaded, and kills them where it is told to.

One JSON object a line comes in: the `folder` of a batch, and either `step`, the number of a call that writes, with
`moment` (before it, in the middle of a write, or after it), or `seconds`; or else what to run it with: the `largest`
file, another `uid`. The status and the calls seen go out.
"""

import functools
import json
import os
import resource
import select
import signal
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.batch.process import serve
from engine.files.apart.pool import pool

CALLS = ("open", "write", "pwrite", "fsync", "link", "rename", "replace", "unlink", "rmdir", "ftruncate", "mkdir")
WRITES = ("write", "pwrite")


class Steps:
    """Counts the calls that write, whichever thread makes them, and ends the process at one of them."""

    def __init__(self, last: int, moment: str) -> None:
        self.seen, self._last, self._moment = 0, last, moment
        self._lock = threading.Lock()
        for name in CALLS:
            setattr(os, name, self._counted(name, getattr(os, name)))

    def _counted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def counted(*words: Any, **named: Any) -> Any:
            if not counts(name, words):
                return call(*words, **named)
            with self._lock:
                self.seen += 1
                here = self.seen == self._last
            if here and self._moment == "before":
                die()
            if here and self._moment == "half" and name in WRITES:
                call(words[0], memoryview(words[1]).cast("B")[: len(words[1]) // 2], *words[2:])
                die()
            try:
                return call(*words, **named)
            finally:
                if here:
                    die()

        return counted


def counts(name: str, words: tuple[Any, ...]) -> bool:
    """Whether the call may change a disk; pipes and sockets have none."""
    if name == "open":
        return bool(words[1] & os.O_CREAT)
    return name not in WRITES or stat.S_ISREG(os.fstat(words[0]).st_mode)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    signal.pause()


def run(asked: dict[str, Any]) -> dict[str, int]:
    """One batch; its exit status is the signal's number, negative, when it was killed."""
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        log = os.open(Path(asked["folder"], "log.txt"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(log, 2)
        if "largest" in asked:
            resource.setrlimit(resource.RLIMIT_FSIZE, (asked["largest"], asked["largest"]))
        if "uid" in asked:
            os.setgid(asked["uid"])
            os.setuid(asked["uid"])
        # The decoders at hand belong to the process it was forked from, and can only serve one.
        pool.cache_clear()
        steps = Steps(asked.get("step", 0), asked.get("moment", "before"))
        status = serve(Path(asked["folder"]))
        os.write(told, steps.seen.to_bytes(8, "little"))
        os._exit(status)
    os.close(told)
    with open(heard, "rb", buffering=0) as report:
        if not select.select([report], [], [], asked.get("seconds"))[0]:
            os.kill(child, signal.SIGKILL)
        seen = int.from_bytes(report.read(8), "little")
    return {"status": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), "steps": seen}


def main() -> None:
    """The first batch is run here, so that all others find codecs and kernels loaded."""
    serve(Path(json.loads(sys.stdin.readline())["folder"]))
    print(json.dumps({"status": 0, "steps": 0}), flush=True)
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
