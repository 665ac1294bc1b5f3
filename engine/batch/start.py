"""Starts the process of a batch. It outlives the program that started it, and has nothing of its terminal."""

from __future__ import annotations

import os
import select
import subprocess
from collections.abc import Sequence
from typing import BinaryIO

from engine.batch.client import Batch
from engine.batch.folder import Folder, batches_folder, create_folder, remove_folder, unwritable
from engine.batch.log import create_log
from engine.batch.protocol import READY
from engine.batch.shelf import prune
from engine.batch.specification import Specification, save_specification
from engine.child import environment, python_command
from engine.confinement import NOTHING, read_only
from engine.errors import BatchError
from engine.files.name import show

COMMAND = tuple(python_command("engine"))
ANSWERS_WITHIN = 60.0


class _Independent(subprocess.Popen[bytes]):
    """A process that is meant to outlive its starter."""

    def __del__(self) -> None:
        """Nothing to warn of."""


def start(specification: Specification, command: Sequence[str] = COMMAND) -> Batch:
    """Returns when the batch's process answers clients; BatchError with its sentence when it ends before that.

    SpecError when a file that a step names cannot be used.
    """
    if read_only():
        raise BatchError(NOTHING)
    for stack in specification.stacks:
        stack.read_files()
    root = batches_folder()
    folder = create_folder(root)
    try:
        with create_log(folder) as log:
            save_specification(specification, folder)
            process = _spawn(folder, command, log)
    except OSError as error:
        remove_folder(folder)
        raise BatchError(unwritable(root, error)) from None
    prune(root)
    return Batch(folder, process)


def _spawn(folder: Folder, command: Sequence[str], log: BinaryIO) -> subprocess.Popen[bytes]:
    heard, told = os.pipe()
    with open(heard, "rb", buffering=0) as report:
        try:
            process = _Independent(
                [*command, str(folder.path), str(told)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(told,),
                start_new_session=True,
                cwd=folder.path,
                env=environment(),
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
    raise BatchError(sentence or f"The batch's process ended before it could begin: {show(folder.log)} may say why.")


def _heard(report: int) -> str:
    """What the process reports; empty when it ends without a word."""
    if not select.select([report], [], [], ANSWERS_WITHIN)[0]:
        raise BatchError(
            f"The batch's process did not begin within {ANSWERS_WITHIN:.0f} seconds: is the disk very slow?"
        )
    return os.read(report, select.PIPE_BUF).decode("utf-8", "replace")
