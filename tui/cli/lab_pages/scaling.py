"""`safelight lab --scale FILTER`: the curve of one filter over its workers, as a table, as JSON, drawn."""

import json

from rich.box import SIMPLE_HEAD
from rich.live import Live
from rich.table import Table
from rich.text import Text

from engine.files.write import write_replacing
from engine.lab.drawing.curve import curve_svg
from engine.lab.scaling.curve import Curve
from engine.run.cpu import available_workers
from tui.cli.lab_pages.modes import Asked
from tui.cli.printing.console import console

MEGAPIXELS = 24.0
BAR = 30
"""Cells of a bar that is as long as there are workers."""


def scale(asked: Asked, specification: str) -> int:
    """Measure the filter with 1 to N workers and tell what limits it."""
    from engine.bench.picture import photograph
    from engine.lab.picture import picture_of
    from engine.lab.scaling.run import scaled

    picture = photograph(MEGAPIXELS) if asked.image is None else picture_of(asked.image)
    with Live(console=console(stderr=True), auto_refresh=False, transient=True) as live:
        live.update(Text(specification), refresh=True)
        curve = scaled(specification, picture, asked.workers or max(2, available_workers()), asked.runs)
    if asked.svg is not None:
        write_replacing(asked.svg, curve_svg(curve).encode())
    if asked.as_json:
        print(json.dumps(curve.to_dict()))
        return 0
    screen = console()
    screen.print(_table(curve))
    screen.print(Text(curve.limit))
    runs = f"Medians of {asked.runs} runs on {curve.megapixels:.1f} Mpx of 8-bit RGB, which took turns."
    screen.print(
        Text(f"Amdahl's fit: {curve.serial:.1%} of the work as if one worker did it alone. {runs}", style="dim")
    )
    return 0


def _table(curve: Curve) -> Table:
    table = Table(
        title=curve.specification, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False
    )
    for head in ("workers", "Mpx/s", "speed-up", "least to most", "Amdahl", "cores", "memory", "copy GB/s"):
        table.add_column(head, justify="right")
    table.add_column("")
    most = max(point.workers for point in curve.points)
    for point in curve.points:
        gained = curve.speed_up(point)
        table.add_row(
            str(point.workers),
            f"{curve.rate(point):.0f}",
            f"×{gained.median:.2f}",
            f"{gained.least:.2f} to {gained.most:.2f}",
            f"×{curve.amdahl(point.workers):.2f}",
            f"×{curve.ceiling(point).median:.2f}",
            f"×{curve.bandwidth_limit(point):.2f}",
            f"{curve.copied(point):.1f}",
            Text("█" * round(BAR * gained.median / most), style="green"),
        )
    return table
