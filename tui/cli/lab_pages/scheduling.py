"""`safelight lab --schedule`: the same jobs under each rule, as a table, as charts in the terminal, as JSON, drawn."""

import json
from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.live import Live
from rich.table import Table
from rich.text import Text

from engine.files.write import write_replacing
from engine.lab.drawing.gantt import LONG, SHORT, gantt_svg
from engine.lab.scheduling.outcome import Outcome, Verdict
from engine.lab.scheduling.policies import policies
from engine.lab.scheduling.run import judged
from engine.run.cpu import available_workers
from tui.cli.lab_pages.modes import Asked
from tui.cli.printing.console import console

HEADS = {
    "mean_latency": "latency\nms",
    "worst_latency": "at worst\nms",
    "mean_latency_of_short": "of short\nms",
    "mean_latency_of_long": "of long\nms",
    "longest_starvation": "starved\nms",
    "jobs_per_second": "jobs\nper s",
}


def schedule(asked: Asked) -> int:
    """Run all rules and tell how they did."""
    workers = asked.workers or max(2, available_workers())
    with Live(console=console(stderr=True), auto_refresh=False, transient=True) as live:
        verdicts = judged(policies().values(), workers, asked.runs, lambda what: live.update(Text(what), refresh=True))
    if asked.svg is not None:
        write_replacing(asked.svg, gantt_svg(verdicts).encode())
    if asked.as_json:
        print(json.dumps({"workers": workers, "policies": [each.to_dict() for each in verdicts]}))
        return 0
    screen = console()
    screen.print(_table(verdicts))
    longest = max(each.typical.seconds for each in verdicts)
    for each in verdicts:
        screen.print(Text(each.policy.title, style="bold"))
        for line in _lanes(each.typical, screen.width, longest):
            screen.print(line, soft_wrap=True)
        screen.print(Text(each.policy.summary, style="dim"))
        screen.print()
    few = len(verdicts[0].runs[0].jobs)
    legend = f"Medians of {asked.runs} runs of {few} jobs, least to most below; letters are long jobs, ▪ short ones."
    screen.print(
        Text(f"{legend} Latency is from a job's arrival to its end, starved its longest time without a worker.")
    )
    return 0


def _table(verdicts: tuple[Verdict, ...]) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", min_width=18, overflow="fold")
    for head in HEADS.values():
        table.add_column(head, justify="right")
    for each in verdicts:
        table.add_row(each.policy.title, *(_cell(each, name) for name in HEADS))
    return table


def _cell(verdict: Verdict, name: str) -> str:
    figure = verdict.figure(name)
    scale = 1.0 if name == "jobs_per_second" else 1e3
    return f"{scale * figure.median:.0f}\n{scale * figure.least:.0f} to {scale * figure.most:.0f}"


def _lanes(run: Outcome, width: int, seconds: float) -> Iterator[Text]:
    """A line for each worker: what it did most in each piece of time."""
    names = [job.arrival.name for job in run.jobs if job.arrival.long]
    colours = {name: LONG[place % len(LONG)] for place, name in enumerate(names)}
    piece = seconds / width
    for worker in range(run.workers):
        found: list[dict[str, float]] = [{} for _ in range(width)]
        for job in run.jobs:
            name = job.arrival.name if job.arrival.long else "▪"
            for each in (each for each in job.slices if each.worker == worker):
                for place in range(int(each.begin / piece), min(width - 1, int(each.end / piece)) + 1):
                    shared = min(each.end, (place + 1) * piece) - max(each.begin, place * piece)
                    found[place][name] = found[place].get(name, 0.0) + shared
        line = Text()
        for part in found:
            name = max(part, key=part.__getitem__, default=" ")
            line.append(name, colours.get(name, SHORT))
        yield line
