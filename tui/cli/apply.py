"""`safelight apply`: a stack of filters on many pictures, without the app. Follows the batch, touches no picture."""

from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from engine.batch.outputs import plan_outputs
from engine.batch.specification import Specification
from engine.files.limits import Limits
from engine.job import State, Summary
from engine.run.cpu import available_workers
from engine.run.memory import parse_memory
from tui.cli.following.display import choose
from tui.cli.following.loop import Follower
from tui.cli.following.stopping import Stopping
from tui.cli.parsing.saving import Saving
from tui.cli.parsing.sources import all_paths
from tui.cli.parsing.stacks import Presets, stack_of
from tui.cli.printing.planned import print_planned


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How the pictures are made."""

    workers: Annotated[int | None, Parameter(validator=Number(gte=1, lte=1024))] = None
    """Threads; by default one for each core that this process may use."""
    light: Literal["linear", "encoded"] = "linear"
    """Each filter in its own light, or all on the values as they are in the file."""
    max_pixels: Annotated[int, Parameter(validator=Number(gte=1))] = Limits().max_pixels
    """Refuse larger pictures."""
    memory: str | None = None
    """What the batch may take, such as 4G, 512M or 25%; by default a quarter of what there is."""


def apply(
    *paths: Annotated[str, Parameter(name="PATH", help="Pictures, and folders with all that is below them.")],
    output: Annotated[str, Parameter(name=["--output", "-o"], help="The folder for the results.")],
    presets: Presets = (),
    filters: Annotated[
        tuple[str, ...], Parameter(name=["--filter", "-f"], help="A filter: name:parameter=value,parameter=value.")
    ] = (),
    files_from: Annotated[
        str | None, Parameter(allow_leading_hyphen=True, help="A list of paths, `-` for standard input.")
    ] = None,
    saving: Saving = Saving(),
    options: Options = Options(),
    dry_run: Annotated[bool, Parameter(help="Only say what would be done.")] = False,
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON object a line, for programs.")] = False,
) -> int:
    """Apply filters and presets to pictures: presets first, then the filters, each in the order given."""
    stack = stack_of(presets, filters)
    tasks = plan_outputs(all_paths(paths, files_from), output, saving.format, saving.existing)
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
        limits=Limits(max_pixels=options.max_pixels),
        memory=0 if options.memory is None else parse_memory(options.memory),
        output=output,
    )
    if dry_run:
        return print_planned(specification, as_json=as_json)
    with Stopping() as stopping:
        return run(specification, stopping, as_json=as_json)


def run(specification: Specification, stopping: Stopping, *, as_json: bool) -> int:
    """Starts the batch and follows it; the exit status."""
    from engine.engine import Engine

    engine = Engine()
    batch = engine.submit(specification)
    follower = Follower(engine, batch, choose(specification.tasks, as_json=as_json), stopping)
    try:
        summary = follower.follow()
        if summary is None:
            follower.say(
                f"The process of batch {batch} ended without a word; `safelight doctor` says where its log is."
            )
            return 1
        follower.end(summary)
        return status(summary, interrupted=stopping.asked > 0)
    finally:
        follower.close()
        engine.close()


def status(summary: Summary, *, interrupted: bool) -> int:
    """0 when all is done, 1 when some file failed, 130 when the batch was ended early."""
    if interrupted or summary.state is State.CANCELLED:
        return 130
    return 1 if summary.failed or summary.left else 0
