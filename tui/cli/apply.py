"""`safelight apply`: a stack of filters on many pictures, without the app. Follows the batch, touches no picture."""

import os
from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from engine.batch.earlier import resumed
from engine.batch.naming import Naming
from engine.batch.shelf import Shelf
from engine.batch.specification import Specification
from engine.run.cpu import available_workers
from engine.run.memory import parse_memory
from tui.cli.following.running import detach, run
from tui.cli.parsing.limits import Refusing
from tui.cli.parsing.saving import Saving, plan
from tui.cli.parsing.sources import all_paths
from tui.cli.parsing.stacks import Presets, preset_names, stack_of
from tui.cli.printing.planned import print_planned


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the pictures are made."""

    workers: Annotated[int | None, Parameter(validator=Number(gte=1, lte=1024))] = None
    """Threads; by default one for each core that this process may use."""
    light: Literal["linear", "encoded"] = "linear"
    """Each filter in its own light, or all on the values as they are in the file."""
    memory: str | None = None
    """What the batch may take, such as 4G, 512M or 25%; by default a quarter of what there is."""


def apply(
    *paths: Annotated[str, Parameter(name="PATH", help="Pictures, and folders with all that is below them.")],
    output: Annotated[str | None, Parameter(name=["--output", "-o"], help="The folder for the results.")] = None,
    presets: Presets = (),
    filters: Annotated[
        tuple[str, ...], Parameter(name=["--filter", "-f"], help="A filter: name:parameter=value,parameter=value.")
    ] = (),
    files_from: Annotated[
        str | None, Parameter(allow_leading_hyphen=True, help="A list of paths, `-` for standard input.")
    ] = None,
    saving: Saving = Saving(),
    options: Options = Options(),
    refusing: Refusing = Refusing(),
    resume: Annotated[
        bool, Parameter(help="Only what is missing, or has changed since an earlier batch made it.")
    ] = False,
    detached: Annotated[
        bool, Parameter(name="--detach", help="Start and return; `safelight jobs` shows and stops it.")
    ] = False,
    dry_run: Annotated[bool, Parameter(help="Only say what would be done.")] = False,
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON object a line, for programs.")] = False,
) -> int:
    """Apply filters and presets to pictures: presets first, then the filters, each in the order given."""
    stack = stack_of(presets, filters)
    naming = Naming(saving.name, preset_names(presets), "-".join(step.filter for step in stack.steps if step.on))
    tasks = plan(all_paths(paths, files_from), output, saving, naming, resume=resume)
    specification = Specification(
        tasks=tasks,
        stack=stack,
        light=options.light,
        format=saving.format,
        quality=saving.quality,
        metadata=saving.metadata,
        profile=saving.profile,
        workers=options.workers or available_workers(),
        existing=saving.existing,
        in_place=saving.in_place,
        limits=refusing.limits(),
        memory=0 if options.memory is None else parse_memory(options.memory),
        output="" if output is None else os.path.abspath(output),
    )
    if resume:
        specification = resumed(specification, Shelf().batches())
    if dry_run:
        return print_planned(specification, as_json=as_json)
    return (detach if detached else run)(specification, as_json=as_json)
