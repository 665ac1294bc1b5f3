"""One photograph from file to file: read, decode, filter, encode, write. Knows nothing of queues or threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import ImageError
from engine.files.decode import Decoded, decode_bytes
from engine.files.encode import encode, losses
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.source import read
from engine.files.tone import tone_of
from engine.files.write import not_same_file, write_new, write_replacing
from engine.image import Image
from engine.planner import make_plan
from engine.run.rendering import Rendering
from engine.telemetry import Stage

if TYPE_CHECKING:
    from engine.batch.specification import Specification
    from engine.job import Task
    from engine.plan import Plan


@dataclass(frozen=True, slots=True)
class Developed:
    """What came of a file."""

    pixels: int
    notes: tuple[str, ...]


class Development:
    """The way of one file. `enter` is told each stage as it begins; `render` makes a picture on whoever has time."""

    def __init__(
        self,
        specification: Specification,
        enter: Callable[[Stage], None],
        render: Callable[[Plan, Image], Image],
    ) -> None:
        self._specification, self._enter, self._render = specification, enter, render

    def develop(self, task: Task, decoded: Decoded | None = None) -> Developed:
        """The output whole on disk, or an exception and no output; SafelightError for all that a person can act on.

        `decoded` is the picture, where it was decoded before its turn.
        """
        wanted = self._specification
        if decoded is None:
            decoded = decode_task(task, wanted.limits, self._enter)
        image = decoded.image
        plan = make_plan(
            wanted.stack,
            image.pixels.shape,
            image.pixels.dtype.name,
            light=wanted.light,
            tone=tone_of(image.metadata.icc),
        )
        self._enter(Stage.FILTER)
        result = self._render(plan, image)
        self._enter(Stage.ENCODE)
        kind = decoded.header.format if wanted.format == "keep" else wanted.format
        try:
            encoded = encode(result, kind, wanted.quality)
        except ImageError as error:
            raise ImageError(f"{show(task.source)}: {error}") from error
        self._enter(Stage.WRITE)
        not_same_file(task.source, task.output)
        (write_replacing if wanted.existing == "replace" else write_new)(task.output, encoded)
        height, width = image.pixels.shape[:2]
        return Developed(height * width, (*decoded.notes, *losses(result, kind)))


def decode_task(task: Task, limits: Limits, enter: Callable[[Stage], object] = lambda _: None) -> Decoded:
    """The picture of a file; ImageError with a sentence when it cannot be read."""
    enter(Stage.READ)
    data = read(task.source, limits)
    enter(Stage.DECODE)
    return decode_bytes(task.source, data, limits)


def result_for(plan: Plan, image: Image) -> Image:
    """A picture of the plan's result shape, its pixels still to be made."""
    return Image(np.empty(plan.shape_out, plan.dtype), image.metadata)


def rendering_for(plan: Plan, image: Image, result: Image) -> Rendering:
    """The rendering of one picture into another, compiled stages at hand."""
    from engine.run.compiler import compiler

    native = compiler()
    native.prepare(stage.kernel for each in plan.passes for stage in each.stages)
    return Rendering(plan, native, image.pixels, result.pixels)
