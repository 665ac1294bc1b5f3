"""The figures of all strategies in two tables: how fast, and at what cost."""

from rich.box import SIMPLE_HEAD
from rich.table import Table

from engine.lab.job import Step
from engine.lab.measuring.measurement import Measurement, StepTimes

MEGA = 1e6


def speeds(measured: list[Measurement]) -> Table:
    """For each step the rate of all workers, and how many times as fast as one they are, from least to most."""
    table = _table("How fast")
    for step in Step:
        table.add_column(f"{step.title}\n{step.unit}", justify="right")
    for each in measured:
        table.add_row(
            f"{each.title}\n{each.workers} worker{'s' if each.workers > 1 else ''}, {each.megapixels:.2g} Mpx",
            *map(_cell, each.steps),
        )
    return table


def costs(measured: list[Measurement]) -> Table:
    """What each takes besides time."""
    table = _table("At what cost")
    for head in (
        "start-up\nms",
        "serialised\nMB, ms",
        "8 MB there\nand back, ms",
        "peak memory\nMB",
        "CPU of each\nworker, s",
    ):
        table.add_column(head, justify="right")
    for each in measured:
        moved = f"{each.moved.count / MEGA:.3g}, {1e3 * each.moved.seconds:.1f}" if each.moved.count else "none"
        table.add_row(
            each.title,
            f"{1e3 * each.start_up:.0f}",
            moved,
            f"{1e3 * each.echo_seconds:.2f}",
            f"{each.peak / MEGA:.0f}" if each.peak else "?",
            " ".join(f"{seconds:.2f}" for seconds in each.cpu) or "?",
        )
    return table


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", min_width=18, overflow="fold")
    return table


def _cell(times: StepTimes) -> str:
    gained = times.speed_up
    return f"{times.rate.median:.4g} ×{gained.median:.2f}\n{gained.least:.2f} to {gained.most:.2f}"
