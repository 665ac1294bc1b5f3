"""One photograph from file to file: read, decode, filter, encode, write. Knows nothing of queues or threads."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import ImageError
from engine.files.decode import Decoded, decode_bytes
from engine.files.edition import Edition, edition
from engine.files.encode import encode, losses
from engine.files.in_place import begin_in_place, other_names, settle
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.source import read
from engine.files.write import Buffer, Pending, begin_new, begin_replacing, not_same_file
from engine.image import Image
from engine.job import Finished
from engine.run.rendering import Rendering, StoppedError
from engine.telemetry import Stage

if TYPE_CHECKING:
    from engine.batch.specification import Specification
    from engine.files.format import Empty
    from engine.job import Event, Task
    from engine.plan import Plan
    from engine.run.budget import Claim
    from engine.run.prospect import Prospect, Prospects


@dataclass(frozen=True, slots=True)
class Developed:
    """What came of a file, whole on the disk but for its name."""

    pixels: int
    notes: tuple[str, ...]
    read: Edition | None
    unplaced: Pending

    def placed(self, index: int, task: Task, began: float, given_up: bool) -> Finished:
        """Give it its name, or leave nothing of it and raise StoppedError; `began` is of `time.monotonic`."""
        if given_up:
            self.unplaced.close()
            raise StoppedError
        self.unplaced.place()
        seconds, megapixels = time.monotonic() - began, self.pixels / 1e6
        written = edition(task.output)
        return Finished(index, task.source, task.output, seconds, megapixels, self.notes, self.read, written)


def told(task: Task, outcome: Event | None) -> bool:
    """The journal tells of the outcome: where it took its source's place, nobody needs the original any more.

    Whether there is a result.
    """
    done = isinstance(outcome, Finished)
    if done and task.source == task.output:
        settle(task.output)
    return done


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """A result that is not on the disk."""

    prospect: Prospect
    data: bytes


@dataclass(slots=True, eq=False)
class Begun:
    """A file that has its memory, and its picture if it was decoded before its turn."""

    prospect: Prospect
    claim: Claim
    decoded: Decoded | None = None


class Development:
    """The way of one file. `enter` is told each stage as it begins; `render` makes a picture on whoever has time."""

    def __init__(
        self,
        specification: Specification,
        prospects: Prospects,
        enter: Callable[[Stage], None],
        claim: Callable[[Prospect], Claim],
        render: Callable[[Plan, Image, Image], None],
        *,
        replaces: bool = False,
    ) -> None:
        """`claim` waits for the memory of a file; `render` gives the second picture its pixels.

        With `replaces` the result takes the place of one that is there.
        """
        self._specification, self._prospects = specification, prospects
        self._enter, self._claim, self._render, self._replaces = enter, claim, render, replaces

    def develop(self, task: Task, begun: Begun | None = None) -> Developed:
        """The output to be placed, or an exception and no output; SafelightError for all that a person can act on."""
        begun = begun or self._begun(task)
        try:
            return self._developed(task, begun)
        finally:
            begun.claim.release()

    def encoded(self, task: Task) -> Encoded:
        """The bytes that the output would have; nothing is written. Exceptions as for `develop`."""
        begun = self._begun(task)
        try:
            result, _ = self._filtered(task, begun)
            return Encoded(begun.prospect, bytes(self._bytes(task, begun.prospect.format, result)))
        finally:
            begun.claim.release()

    def _begun(self, task: Task) -> Begun:
        self._enter(Stage.READ)
        prospect = self._prospects.of(task)
        return Begun(prospect, self._claim(prospect))

    def _developed(self, task: Task, begun: Begun) -> Developed:
        facts, kind = begun.prospect.facts, begun.prospect.format
        result, notes = self._filtered(task, begun)
        unplaced = self._written(task, kind, result, begun.prospect.read)
        wanted = self._specification
        lost = losses(result, kind, metadata=wanted.metadata, profile=wanted.profile)
        notes = (*notes, *lost, *(other_names(task.source) if wanted.in_place else ()))
        return Developed(facts.width * facts.height, notes, begun.prospect.read, unplaced)

    def _filtered(self, task: Task, begun: Begun) -> tuple[Image, tuple[str, ...]]:
        """The result, and what is to be said of the source, of whose picture nothing is held any more."""
        decoded, begun.decoded = begun.decoded, None
        if decoded is None:
            decoded = decode_task(task, self._specification.limits, begun, self._enter)
        source = decoded.image
        plan = self._prospects.plan(task, source.pixels.shape, source.pixels.dtype.name, source.metadata.icc)
        result = result_for(plan, source, begun.claim.empty)
        self._enter(Stage.FILTER)
        self._render(plan, source, result)
        begun.claim.give_back(source.pixels)
        return result, decoded.notes

    def _bytes(self, task: Task, kind: str, result: Image) -> Buffer:
        self._enter(Stage.ENCODE)
        try:
            wanted = self._specification
            return encode(result, kind, wanted.quality, metadata=wanted.metadata, profile=wanted.profile)
        except ImageError as error:
            raise ImageError(f"{show(task.source)}: {error}") from error

    def _written(self, task: Task, kind: str, result: Image, read: Edition | None) -> Pending:
        encoded = self._bytes(task, kind, result)
        self._enter(Stage.WRITE)
        if self._specification.in_place:
            return begin_in_place(task.output, encoded, read)
        not_same_file(task.source, task.output)
        return (begin_replacing if self._replaces else begin_new)(task.output, encoded)


def decode_task(task: Task, limits: Limits, begun: Begun, enter: Callable[[Stage], object] = lambda _: None) -> Decoded:
    """The picture of a file, in memory of its claim; ImageError with a sentence when it cannot be read."""
    enter(Stage.READ)
    data = read(task.source, limits)
    enter(Stage.DECODE)
    begun.claim.shared = begun.prospect.apart
    return decode_bytes(task.source, data, limits, promised=begun.prospect.facts, empty=begun.claim.empty)


def result_for(plan: Plan, image: Image, empty: Empty = np.empty) -> Image:
    """A picture of the plan's result shape, its pixels still to be made."""
    return Image(empty(plan.shape_out, plan.dtype), image.metadata)


def rendering_for(plan: Plan, image: Image, result: Image) -> Rendering:
    """The rendering of one picture into another, compiled stages at hand."""
    from engine.run.compiler import compiler

    native = compiler()
    native.prepare(stage.kernel for each in plan.passes for stage in each.stages)
    return Rendering(plan, native, image.pixels, result.pixels)
