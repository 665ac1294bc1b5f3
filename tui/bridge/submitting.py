"""From what a person chose in the dialog to a batch. Reads folders, so it runs in a background thread only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.errors import BatchError, SafelightError
from tui.messages import ApplyOptions, Planned

if TYPE_CHECKING:
    from engine.batch.specification import Specification
    from engine.engine import Engine
    from engine.stack import Stack


def plan(paths: tuple[str, ...], stack: Stack, options: ApplyOptions) -> Planned:
    """How many files there would be and the name of the first, or the sentence that says why not."""
    try:
        specification = specify(paths, stack, options)
    except SafelightError as error:
        return Planned(error=str(error))
    tasks = specification.tasks
    return Planned(len(tasks), os.path.relpath(tasks[0].output, os.path.dirname(specification.output)))


def submit(engine: Engine, paths: tuple[str, ...], stack: Stack, options: ApplyOptions) -> tuple[str, str]:
    """The name of the batch that was started, or the sentence that says why there is none."""
    try:
        return engine.submit(specify(paths, stack, options)), ""
    except SafelightError as error:
        return "", str(error)


def specify(paths: tuple[str, ...], stack: Stack, options: ApplyOptions) -> Specification:
    """The whole batch as a value; SafelightError says what is wrong."""
    from engine.batch.outputs import plan_outputs
    from engine.batch.specification import Specification
    from engine.run.cpu import available_workers

    if not options.output.strip():
        raise BatchError("Name a folder for the results.")
    stack.read_files()
    output = os.path.abspath(os.path.expanduser(options.output))
    tasks = plan_outputs(list(paths), output, options.format, options.existing)
    return Specification(
        tasks=tasks,
        stack=stack,
        format=options.format,
        quality=_quality(options.quality),
        workers=available_workers(),
        existing=options.existing,
        output=output,
    )


def _quality(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise BatchError(f"Quality must be a whole number from 1 to 100, not {text or 'nothing'}.")
    return int(text)
