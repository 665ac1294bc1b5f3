"""The flags of a sub-command that say how results are saved. It saves none."""

from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from engine.batch.in_place import plan_in_place, refuse_busy
from engine.batch.naming import FIELDS, Naming
from engine.batch.outputs import plan_outputs
from engine.batch.shelf import Shelf
from engine.errors import SafelightError
from engine.files.encode import FORMATS
from engine.job import Task

NAME_FIELDS = ", ".join(f"{{{field}}}" for field in FIELDS)


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """How results are saved."""

    format: Annotated[str, Parameter(help=f"Of the results: keep, {', '.join(FORMATS)}.")] = "keep"
    quality: Annotated[int, Parameter(validator=Number(gte=1, lte=100))] = 90
    """Of JPEG, WebP, AVIF, HEIC and JPEG XL: 1 to 100."""
    metadata: Literal["safe", "all", "none"] = "safe"
    """What describes the photograph and its maker (no place, no serial number), everything but a thumbnail, or nothing
    but the colour profile."""
    profile: Literal["keep", "srgb"] = "keep"
    """Results keep the colours of their source's profile, or are converted to sRGB and have none."""
    name: Annotated[str, Parameter(help=f"Of the results, without suffix: {NAME_FIELDS}.")] = "{stem}"
    in_place: bool = False
    """Each result takes the place of its source, and no folder is named; the original is kept until that is safe."""
    existing: Literal["fail", "skip", "replace"] = "fail"
    """What to do when a result is there already."""


def plan(paths: list[str], output: str | None, saving: Saving, naming: Naming, *, resume: bool) -> tuple[Task, ...]:
    """Which file becomes which; SafelightError when the flags contradict each other, or the files would collide."""
    if not saving.in_place:
        if output is None:
            raise SafelightError("Name a folder for the results with -o, or say --in-place.")
        return plan_outputs(paths, output, saving.format, "replace" if resume else saving.existing, naming)
    usual = Saving(in_place=True)
    asked = {"-o": output, "--format": saving.format != usual.format, "--name": saving.name != usual.name}
    asked |= {"--existing": saving.existing != usual.existing}
    for flag, given in asked.items():
        if given:
            raise SafelightError(
                f"{flag} means nothing with --in-place, which keeps folder, name and format: leave one out."
            )
    tasks = plan_in_place(paths)
    refuse_busy(tasks, Shelf().batches())
    return tasks
