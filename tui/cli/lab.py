"""`safelight lab`: the same work done every way Python can, measured, and what the threads really did."""

from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from tui.cli.lab_pages.modes import Asked, answer


def lab(
    image: Annotated[str | None, Parameter(help="The picture to work on; one is made up if none is given.")] = None,
    /,
    *,
    strategy: Annotated[
        tuple[str, ...], Parameter(help="Only this one; may be given several times. --explain tells of each.")
    ] = (),
    workers: Annotated[
        int | None,
        Parameter(validator=Number(gte=1, lte=64), help="Threads or processes; by default one for each core."),
    ] = None,
    runs: Annotated[int, Parameter(validator=Number(gte=5, lte=1000), help="How often each is measured.")] = 5,
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON object, for programs.")] = False,
    svg: Annotated[str | None, Parameter(help="Draw it into this file, whose name ends in .svg.")] = None,
    schedule: Annotated[
        bool, Parameter(help="Instead: short and long jobs under several queues.", negative="")
    ] = False,
    scale: Annotated[
        str | None, Parameter(help="Instead: this filter with 1 to N workers, written as for apply --filter.")
    ] = None,
    explain: Annotated[
        str | None, Parameter(help="What happens in this strategy and why, with the code that ran.")
    ] = None,
) -> int:
    """Run one job every way Python can, say how fast each is, and draw what the threads really did."""
    return answer(Asked(image, strategy, workers, runs, as_json, svg, schedule, scale, explain))
