"""From what a person chose in the dialog to a batch. Reads folders, so it runs in a background thread only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeAlias

from engine.cluster.address import check_cluster, reach
from engine.errors import BatchError, SafelightError
from engine.files.remote.url import absolute
from tui.values import ApplyOptions, Planned

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.batch.specification import Specification
    from engine.engine import Engine
    from engine.stack import Stack


EditsOf: TypeAlias = "Callable[[str], Stack]"
LONGEST = 65_000


def plan(paths: tuple[str, ...], stack: Stack, options: ApplyOptions, edits_of: EditsOf) -> Planned:
    """How many files there would be and the name of the first, or the sentence that says why not."""
    try:
        specification = specify(paths, stack, options, edits_of)
    except SafelightError as error:
        return Planned(error=str(error))
    tasks = specification.tasks
    left_out = len(paths) - len(tasks) if options.own else 0
    return Planned(
        len(tasks), os.path.relpath(tasks[0].output, os.path.dirname(specification.output)), left_out=left_out
    )


def reached(cluster: str) -> str:
    """The sentence that says why a cluster cannot do a batch now, or nothing. Waits for the network."""
    try:
        reach(cluster)
    except SafelightError as error:
        return str(error)
    return ""


def submit(
    engine: Engine, paths: tuple[str, ...], stack: Stack, options: ApplyOptions, edits_of: EditsOf
) -> tuple[str, str]:
    """The name of the batch that was started, or the sentence that says why there is none."""
    try:
        return engine.submit(specify(paths, stack, options, edits_of)), ""
    except SafelightError as error:
        return "", str(error)


def retry(engine: Engine, batch: str) -> tuple[str, str]:
    """The name of the batch that does what another has not done, or the sentence that says why there is none."""
    try:
        return engine.rest_of(batch), ""
    except SafelightError as error:
        return "", str(error)


def specify(paths: tuple[str, ...], stack: Stack, options: ApplyOptions, edits_of: EditsOf) -> Specification:
    """The whole batch as a value; SafelightError says what is wrong. `edits_of` a picture are its own."""
    from engine.batch.outputs import plan_outputs
    from engine.batch.own_edits import with_edits
    from engine.batch.specification import Specification
    from engine.run.cpu import available_workers
    from engine.stack import Stack

    if not options.output.strip():
        raise BatchError("Name a folder for the results.")
    check_cluster(options.cluster)
    stack = _sized(Stack() if options.own else stack, options.side)
    stack.read_files()
    output = absolute(os.path.expanduser(options.output))
    tasks = plan_outputs(list(paths), output, options.format, options.existing)
    edits: tuple[Stack, ...] = ()
    if options.own:
        tasks, edits, _ = with_edits(tasks, stack, edits_of)
        if not tasks:
            raise BatchError("None of these images has edits: nothing would be done to them.")
    return Specification(
        tasks=tasks,
        stack=stack,
        edits=edits,
        metadata=options.metadata,
        format=options.format,
        quality=_quality(options.quality),
        workers=available_workers(),
        existing=options.existing,
        turn=options.turn,
        output=output,
        cluster=options.cluster,
    )


def _sized(stack: Stack, side: str) -> Stack:
    """With a step that makes the longer side of a result so many pixels at most, where that is asked for."""
    from engine.stack import Stack, Step

    text = side.strip()
    if not text:
        return stack
    if not text.isdecimal() or not 1 <= int(text) <= LONGEST:
        raise BatchError(f"The longer side is 1 to {LONGEST:,} pixels, or nothing to leave it as it is, not {text}.")
    return Stack((*stack.steps, Step.parse(f"resize:width={int(text)},height={int(text)},fit=shrink")))


def _quality(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise BatchError(f"Quality must be a whole number from 1 to 100, not {text or 'nothing'}.")
    return int(text)
