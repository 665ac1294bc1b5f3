"""What a batch would take, tried on some of its files, as a table or as JSON objects. It writes no picture."""

import json
from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from engine.batch.specification import Specification
from engine.files.name import show
from engine.job import path_to_dict
from engine.run.prediction import Prediction, predict
from engine.run.samples import Sample, chosen, develop_samples
from tui.cli.printing.console import console
from tui.cli.printing.figures import amount, duration, files


def print_predicted(specification: Specification, *, as_json: bool) -> int:
    """Develops some of the files in memory; the exit status: 1 where none of them could be."""
    indices = chosen(len(specification.tasks))
    samples = sorted(develop_samples(specification, indices), key=lambda each: each.index)
    told = predict(specification, samples)
    if as_json:
        for sample in samples:
            print(json.dumps(_tried(specification, sample)))
        print(json.dumps({"event": "prediction"} | asdict(told) | {"warning": told.warning}))
    else:
        _print(specification, samples, told)
    return int(told.failing == told.tried)


def _tried(specification: Specification, sample: Sample) -> dict[str, Any]:
    values = path_to_dict("path", specification.tasks[sample.index].source)
    values |= {"event": "tried", "error": sample.error}
    if sample.error:
        return values
    stages = {stage: round(seconds, 4) for stage, seconds in asdict(sample.spent).items()}
    return values | {"megapixels": sample.megapixels, "bytes": sample.bytes, "seconds": stages}


def _print(specification: Specification, samples: list[Sample], told: Prediction) -> None:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("tried")
    for heading in ("Mpx", "decode", "filter", "encode", "result"):
        table.add_column(heading, justify="right")
    for sample in samples:
        name = Text(show(specification.tasks[sample.index].source.rpartition("/")[2]), style="cyan")
        if sample.error:
            table.add_row(name, "", "", "", "", "failed")
            continue
        stages = (sample.spent.decode, sample.spent.filter, sample.spent.encode)
        figures = (f"{1e3 * seconds:,.0f} ms" for seconds in stages)
        table.add_row(name, f"{sample.megapixels:.1f}", *figures, amount(sample.bytes))
    screen = console()
    screen.print(table)
    for error in (sample.error for sample in samples if sample.error):
        screen.print(Text(error), soft_wrap=True)
    for line in predicted_lines(told):
        screen.print(Text(line), soft_wrap=True)
    if told.warning:
        screen.print(Text(told.warning, style="red"), soft_wrap=True)


def predicted_lines(told: Prediction) -> list[str]:
    """All of it in words."""
    already = f"; {files(told.left_alone)} already there" if told.left_alone else ""
    stages = ", ".join(f"{stage} {duration(seconds)}" for stage, seconds in asdict(told.spent).items())
    what = f"{files(told.files)}, {told.megapixels:,.1f} Mpx"
    disk = f"; the disk has {amount(told.free)} left" if told.free >= 0 else ""
    results = f"Results: about {amount(told.bytes)}{disk}."
    if told.seconds is None:
        one = f"about {duration(told.spent.total)} for one thread like those of this machine"
        return [
            f"{what}: {one}{already}.",
            f"In all: {stages}.",
            results,
            f"{told.cluster} was not asked how many threads it has, and how much memory.",
        ]
    return [
        f"{what}, on {told.workers} threads: about {duration(told.seconds)}{already}.",
        f"All threads together: {stages}.",
        results,
        f"Memory: up to {amount(told.memory)} of {amount(told.budget)}.",
    ]
