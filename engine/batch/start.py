"""Starts the process of a batch. It outlives the program that started it, and has nothing of its terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import engine
from engine.batch.client import Batch
from engine.batch.folder import Folder, batches_folder, create_folder, remove_folder
from engine.batch.protocol import READY
from engine.batch.shelf import prune
from engine.batch.specification import Specification, save_specification
from engine.errors import BatchError

COMMAND = (sys.executable, "-P", "-m", "engine")
"""-P: nothing is imported from the folder a person happens to be in."""
ANSWERS_WITHIN = 60.0


class _Independent(subprocess.Popen[bytes]):
    """A process that is meant to outlive its starter."""

    def __del__(self) -> None:
        """Nothing to warn of."""


def start(specification: Specification, command: Sequence[str] = COMMAND) -> Batch:
    """Returns when the batch's process answers clients; BatchError with its sentence when it ends before that."""
    root = batches_folder()
    folder = create_folder(root)
    try:
        save_specification(specification, folder)
        process = _spawn(folder, command)
    except OSError as error:
        remove_folder(folder)
        raise BatchError(f"The batch cannot be started: {folder.path} cannot be written ({error.strerror}).") from None
    prune(root)
    return Batch(folder, process)


def _spawn(folder: Folder, command: Sequence[str]) -> subprocess.Popen[bytes]:
    heard, told = os.pipe()
    with open(heard, "rb", buffering=0) as report:
        try:
            with open(folder.log, "xb", opener=_private) as log:
                process = _Independent(
                    [*command, str(folder.path), str(told)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=(told,),
                    start_new_session=True,
                    cwd=folder.path,
                    env=_environment(),
                )
        finally:
            os.close(told)
        try:
            sentence = _heard(report.fileno())
        except BaseException:
            process.terminate()
            raise
    if sentence == READY:
        return process
    process.wait()
    if sentence:
        remove_folder(folder)
    raise BatchError(sentence or f"The batch's process ended before it could begin: {folder.log} may say why.")


def _heard(report: int) -> str:
    """What the process reports; empty when it ends without a word."""
    if not select.select([report], [], [], ANSWERS_WITHIN)[0]:
        raise BatchError(
            f"The batch's process did not begin within {ANSWERS_WITHIN:.0f} seconds: is the disk very slow?"
        )
    return os.read(report, select.PIPE_BUF).decode("utf-8", "replace")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


def _environment() -> dict[str, str]:
    """This program's, and where the package is when it is not installed."""
    package = Path(engine.__path__[0]).resolve().parent
    if package.name in ("site-packages", "dist-packages"):
        return dict(os.environ)
    known = os.environ.get("PYTHONPATH")
    return dict(os.environ) | {"PYTHONPATH": os.pathsep.join([str(package), known] if known else [str(package)])}
