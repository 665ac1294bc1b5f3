"""`safelight apply`: a stack of filters on many pictures, without the app. Follows the batch, touches no picture."""

from dataclasses import dataclass
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from engine.batch.earlier import resumed
from engine.batch.naming import Naming
from engine.batch.shelf import Shelf
from engine.batch.specification import Specification
from engine.cluster.address import check_cluster
from engine.errors import SafelightError
from engine.files.limits import Limits
from engine.files.remote.url import absolute
from engine.job import HIGHEST, LOWEST, Task
from engine.run.cpu import available_workers
from engine.run.memory import parse_memory
from engine.stack import Stack
from tui.cli.following.running import detach
from tui.cli.parsing.doing import Doing
from tui.cli.parsing.edits import edited
from tui.cli.parsing.limits import Refusing
from tui.cli.parsing.saving import Saving, plan
from tui.cli.parsing.sources import all_paths
from tui.cli.parsing.stacks import Presets, preset_names, stack_of
from tui.cli.piping.streams import STREAM, streams
from tui.cli.printing.planned import print_planned
from tui.cli.printing.predicted import print_predicted


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
    cluster: str = ""
    """A Dask cluster that does it: tcp://host:8786, or local:4 to try one here."""
    edits: Annotated[bool, Parameter(negative=())] = False
    """Each picture with its own edits, then presets and filters."""
    queue: Annotated[bool, Parameter(negative=())] = False
    """Begin when no other batch is at work; one that is paused is not waited for."""
    priority: Annotated[int, Parameter(validator=Number(gte=LOWEST, lte=HIGHEST))] = 0
    """Among the batches that wait for their turn, -9 to 9: the higher first, then the older."""


def apply(
    *paths: Annotated[str, Parameter(name="PATH", help="Pictures, and folders with all below; `-`: standard input.")],
    output: Annotated[
        str | None,
        Parameter(name=["--output", "-o"], help="The folder for the results; `-`: standard output, for one."),
    ] = None,
    presets: Presets = (),
    filters: Annotated[
        tuple[str, ...], Parameter(name=["--filter", "-f"], help="A filter: name:parameter=value,parameter=value.")
    ] = (),
    files_from: Annotated[str | None, Parameter(help="A list of paths, `-` for standard input.")] = None,
    saving: Saving = Saving(),
    options: Options = Options(),
    refusing: Refusing = Refusing(),
    resume: Annotated[
        bool, Parameter(help="Only what is missing, or has changed since an earlier batch made it.")
    ] = False,
    doing: Doing = Doing(),
) -> int:
    """Apply filters and presets to pictures: presets first, then the filters, each in the order given."""
    doing.check()
    stack = Stack() if options.edits and not (presets or filters) else stack_of(presets, filters)
    naming = Naming(saving.name, preset_names(presets), "-".join(step.filter for step in stack.steps if step.on))
    if options.priority and not options.queue:
        raise SafelightError("--priority is among the batches that wait: add --queue.")
    limits = refusing.limits()
    senseless = {"--resume": resume, "--in-place": saving.in_place}
    senseless |= {"--detach": doing.detach, "--dry-run": doing.dry_run, "--predict": doing.predict}
    senseless |= {
        "--files-from": files_from is not None and STREAM in paths,
        "--json": doing.as_json and output == STREAM,
        "--stats": doing.stats and output == STREAM,
    }
    with streams(paths, output, limits, senseless) as files:
        tasks = plan(all_paths(files.paths, files_from), files.output, saving, naming, resume=resume)
        specification = _specified(tasks, stack, files.output, saving, options, limits)
        if resume:
            specification = resumed(specification, Shelf().batches())
        if doing.predict:
            return print_predicted(specification, as_json=doing.as_json)
        if doing.dry_run:
            return print_planned(specification, as_json=doing.as_json)
        if doing.detach:
            return detach(specification, as_json=doing.as_json)
        return files.run(specification, as_json=doing.as_json, stats=doing.stats)


def _specified(
    tasks: tuple[Task, ...], stack: Stack, output: str | None, saving: Saving, options: Options, limits: Limits
) -> Specification:
    check_cluster(options.cluster)
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
        limits=limits,
        turn=int(options.queue),
        priority=options.priority,
        memory=0 if options.memory is None else parse_memory(options.memory),
        output="" if output is None else absolute(output),
        cluster=options.cluster,
    )
    return edited(specification) if options.edits else specification
