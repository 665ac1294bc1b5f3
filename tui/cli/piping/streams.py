"""`-` for a path or a folder: standard input is a picture, standard output takes the result. It leaves nothing behind.

A batch reads and writes files, so both go through a private folder that is gone at the end, whatever the end.
"""

from __future__ import annotations

import contextlib
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import FrameType

from engine.batch.specification import Specification
from engine.errors import SafelightError
from engine.files.limits import Limits
from tui.cli.following.display import choose
from tui.cli.following.running import run

STREAM = "-"
INPUT, OUTPUT = "standard input", "standard output"
ENDING = (signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Streams:
    """The paths and the output folder of a command line, as files: those that were named, or those of the spool."""

    paths: tuple[str, ...]
    output: str | None
    reads: bool = False
    writes: bool = False

    def run(self, specification: Specification, *, as_json: bool, stats: bool = False) -> int:
        """The batch, from its start to its end, and its result on standard output if that is asked for; the status.

        BrokenPipeError when nobody reads that any more.
        """
        if not (self.reads or self.writes):
            return run(specification, as_json=as_json, stats=stats)
        from tui.cli.piping.words import Quiet, Renamed

        tasks = specification.tasks
        if self.writes and len(tasks) != 1:
            raise SafelightError(f"One picture fits on standard output, not {len(tasks)}: name a folder with -o.")
        names = ({tasks[0].source: INPUT} if self.reads else {}) | ({tasks[0].output: OUTPUT} if self.writes else {})
        display = Quiet() if self.writes else choose(tasks, as_json=as_json, stats=stats)
        status = run(specification, as_json=as_json, display=Renamed(display, names))
        if self.writes and status == 0:
            with open(tasks[0].output, "rb") as result:
                shutil.copyfileobj(result, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        return status


@contextlib.contextmanager
def streams(
    paths: tuple[str, ...], output: str | None, limits: Limits, senseless: Mapping[str, bool]
) -> Iterator[Streams]:
    """What `-` stands for, while it is entered. `senseless` tells of flags that mean nothing with it.

    SafelightError when one of them is given, standard input holds no picture, or a terminal is where one should be.
    """
    reads, writes = STREAM in paths, output == STREAM
    if not (reads or writes):
        yield Streams(paths, output)
        return
    _refuse(paths, senseless, reads=reads, writes=writes)
    from tui.cli.piping.spool import Spool

    with _interrupted_by(ENDING), contextlib.closing(Spool()) as spool:
        spool.open()
        named = (spool.take(sys.stdin.buffer, limits),) if reads else paths
        yield Streams(named, spool.results if writes else output, reads, writes)


def _refuse(paths: tuple[str, ...], senseless: Mapping[str, bool], *, reads: bool, writes: bool) -> None:
    for flag, given in senseless.items():
        if given:
            raise SafelightError(f"{flag} means nothing with -, which is a stream and no file: leave one out.")
    if reads and len(paths) > 1:
        raise SafelightError("Standard input is one picture: name nothing else beside -.")
    if writes and sys.stdout.isatty():
        raise SafelightError("Standard output is a terminal: send the picture on with > or |, or name a folder.")
    if reads and sys.stdin.isatty():
        raise SafelightError("Standard input is a terminal: pass a picture with < or |, or name a file.")


@contextlib.contextmanager
def _interrupted_by(signals: tuple[signal.Signals, ...]) -> Iterator[None]:
    """These end what is under way as Ctrl-C does, unless whoever started this program has them ignored."""
    heard = [number for number in signals if signal.getsignal(number) == signal.SIG_DFL]
    for number in heard:
        signal.signal(number, _interrupt)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, signal.SIG_DFL)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
