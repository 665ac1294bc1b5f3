"""`safelight lab --schedule`: the same jobs under each rule, as a table, as charts in the terminal, as JSON, drawn."""

import json
from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.live import Live
from rich.table import Table
from rich.text import Text

from engine.files.write import write_replacing
from engine.lab.drawing.gantt import LONG, SHORT, gantt_svg
from engine.lab.scheduling.load import batch, stream
from engine.lab.scheduling.outcome import Outcome, Verdict
from engine.lab.scheduling.policies import policies
from engine.lab.scheduling.run import judged
from engine.run.cpu import available_workers
from tui.cli.lab_pages.modes import Asked
from tui.cli.printing.console import console

STREAM = {
    "mean_latency": "latency\nms",
    "worst_latency": "at worst\nms",
    "mean_latency_of_short": "of short\nms",
    "mean_latency_of_long": "of long\nms",
    "longest_starvation": "starved\nms",
    "jobs_per_second": "jobs\nper s",
}
BATCH = {"all_done": "all done\nms", "mean_latency": "latency\nms", "worst_latency": "at worst\nms"}


def schedule(asked: Asked) -> int:
    """Run all rules and tell how they did."""
    workers = asked.workers or max(2, available_workers())
    with Live(console=console(stderr=True), auto_refresh=False, transient=True) as live:
        streamed, at_once = (
            judged(policies().values(), jobs, workers, asked.runs, lambda what: live.update(Text(what), refresh=True))
            for jobs in (stream(workers), batch(workers))
        )
    if asked.svg is not None:
        write_replacing(asked.svg, gantt_svg(streamed).encode())
    if asked.as_json:
        loads = {"stream": streamed, "batch": at_once}
        told = {name: [each.to_dict() for each in verdicts] for name, verdicts in loads.items()}
        print(json.dumps({"workers": workers} | told))
        return 0
    few, many = (len(verdicts[0].runs[0].jobs) for verdicts in (at_once, streamed))
    _print(streamed, STREAM, f"{many} jobs that come in time, long ones among them")
    _print(at_once, BATCH, f"{few} long jobs that are there at once")
    legend = f"Medians of {asked.runs} runs, least to most below; letters are long jobs, ▪ short ones."
    console().print(
        Text(f"{legend} Latency is from a job's arrival to its end, starved its longest time without a worker.")
    )
    return 0


def _print(verdicts: tuple[Verdict, ...], heads: dict[str, str], title: str) -> None:
    """The table of one load and a chart for each rule."""
    screen = console()
    screen.print(_table(verdicts, heads, title))
    longest = max(each.typical.seconds for each in verdicts)
    for each in verdicts:
        screen.print(Text.assemble((each.policy.title, "bold"), (f"  {each.policy.summary}", "dim")))
        for line in _lanes(each.typical, screen.width, longest):
            screen.print(line, soft_wrap=True)
        screen.print()


def _table(verdicts: tuple[Verdict, ...], heads: dict[str, str], title: str) -> Table:
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("", min_width=18, overflow="fold")
    for head in heads.values():
        table.add_column(head, justify="right")
    for each in verdicts:
        table.add_row(each.policy.title, *(_cell(each, name) for name in heads))
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
