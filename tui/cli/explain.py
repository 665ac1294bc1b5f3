"""`safelight explain`: how a stack would run on one kind of picture; it reads none."""

import re
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.text import Text

from engine.errors import SafelightError
from engine.files.name import show
from engine.planner import make_plan
from engine.stack import Stack
from tui.cli.printing.console import console

DTYPES = {"8": "uint8", "16": "uint16", "float": "float32"}


def explain(
    *,
    specs: Annotated[list[str], Parameter(name=["--filter", "-f"], help="A filter: name:parameter=value,...")],
    size: Annotated[str, Parameter(help="Of the picture, in pixels.")] = "6000x4000",
    channels: Annotated[Literal["1", "2", "3", "4"], Parameter(help="Grey, grey and alpha, RGB, RGB and alpha.")] = "3",
    depth: Annotated[Literal["8", "16", "float"], Parameter(help="Bits of a sample.")] = "8",
    light: Annotated[
        Literal["linear", "encoded"], Parameter(help="Each filter in its own light, or none converted.")
    ] = "linear",
) -> int:
    """Show what filters become: tables and matrices folded, passes, bands and halos."""
    width, height = parse_size(size)
    plan = make_plan(Stack.parse(specs), (height, width, int(channels)), DTYPES[depth], light=light)
    screen = console()
    for line in plan.explain():
        screen.print(Text(line), soft_wrap=True)
    return 0


def parse_size(text: str) -> tuple[int, int]:
    """Width and height from `6000x4000`; SafelightError for anything else."""
    found = re.fullmatch(r"([1-9]\d{0,6})[x×]([1-9]\d{0,6})", text)
    if found is None:
        raise SafelightError(f"--size: {show(text)} is no size; write width and height in pixels, such as 6000x4000.")
    return int(found[1]), int(found[2])
