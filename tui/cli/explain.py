"""`safelight explain`: how a stack runs, on one kind of picture or on one that is really filtered; it writes none."""

import re
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.text import Text

from engine.errors import SafelightError
from engine.files.name import show
from engine.planner import make_plan
from engine.stack import Stack
from tui.cli.parsing.stacks import Presets, stack_of
from tui.cli.printing.console import console

DTYPES = {"8": "uint8", "16": "uint16", "float": "float32"}


def explain(
    *,
    presets: Presets = (),
    specs: Annotated[
        tuple[str, ...], Parameter(name=["--filter", "-f"], help="A filter: name:parameter=value,...")
    ] = (),
    size: Annotated[str | None, Parameter(help="Of the picture, in pixels; by default 6000x4000.")] = None,
    channels: Annotated[
        Literal["1", "2", "3", "4"] | None, Parameter(help="Grey, grey and alpha, RGB (the default), RGB and alpha.")
    ] = None,
    depth: Annotated[Literal["8", "16", "float"] | None, Parameter(help="Bits of a sample; by default 8.")] = None,
    light: Annotated[
        Literal["linear", "encoded"], Parameter(help="Each filter in its own light, or none converted.")
    ] = "linear",
    picture: Annotated[
        str | None, Parameter(name="--run", help="A picture to take size, channels and depth from, and to time it on.")
    ] = None,
) -> int:
    """Show what filters become: passes, bands and halos, bytes moved; with --run the time each pass takes."""
    stack = stack_of(presets, specs)
    if picture is None:
        width, height = parse_size(size or "6000x4000")
        plan = make_plan(stack, (height, width, int(channels or 3)), DTYPES[depth or "8"], light=light)
        lines = plan.explain()
    else:
        given = {"--size": size, "--channels": channels, "--depth": depth}
        for flag in (flag for flag, value in given.items() if value is not None):
            raise SafelightError(f"{flag} is the picture's own with --run: leave it out.")
        lines = timed(stack, picture, light)
    screen = console()
    for line in lines:
        screen.print(Text(line), soft_wrap=True)
    return 0


def timed(stack: Stack, path: str, light: Literal["linear", "encoded"]) -> list[str]:
    """The plan for a picture, and how long each of its passes took with all workers, once everything is warm."""
    from engine.run.trial import run_plan

    trial = run_plan(stack, path, light)
    lines = [show(path), *trial.plan.explain()]
    if not trial.seconds:
        return lines
    for number, seconds in enumerate(trial.seconds, start=1):
        lines.append(f"pass {number} took {1e3 * seconds:.1f} ms, {trial.megapixels / seconds:,.0f} MP/s")
    whole = sum(trial.seconds)
    rate = f"{trial.megapixels / whole:,.0f} MP/s"
    return [*lines, f"{trial.megapixels:.1f} Mpx with {trial.workers} workers: {1e3 * whole:.1f} ms, {rate}"]


def parse_size(text: str) -> tuple[int, int]:
    """Width and height from `6000x4000`; SafelightError for anything else."""
    found = re.fullmatch(r"([1-9]\d{0,6})[x×]([1-9]\d{0,6})", text)
    if found is None:
        raise SafelightError(f"--size: {show(text)} is no size; write width and height in pixels, such as 6000x4000.")
    return int(found[1]), int(found[2])
