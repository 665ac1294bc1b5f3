"""Batches in a table or as JSON objects. It asks none of them anything."""

import json
import time
from collections.abc import Iterable
from typing import Any

from rich.text import Text

from engine.batch.client import Batch
from engine.batch.queue import places
from engine.batch.shelf import Shelf
from engine.files.name import show
from engine.job import State, path_to_dict
from tui.cli.printing.console import console
from tui.cli.printing.figures import files

COLOURS = {State.RUNNING: "green", State.PAUSED: "yellow", State.BROKEN: "red", State.CANCELLED: "yellow"}


def print_batches(batches: Iterable[Batch], *, as_json: bool, nothing: str) -> None:
    """One line each, newest first; the sentence `nothing` if there is none."""
    turns = places(Shelf().batches())
    described = [describe(batch, turns.get(batch.id, 0)) for batch in batches]
    if as_json:
        for values in described:
            print(json.dumps(values))
        return
    if not described:
        console(stderr=True).print(Text(nothing), soft_wrap=True)
        return
    screen = console()
    wide = max(len(_counts(values)) for values in described)
    for values in described:
        state = State(values["state"])
        where = f" on {show(values['host'])}" if values["host"] else ""
        line = Text.assemble((values["batch"], "cyan"), "  ", (f"{state + where:<9}", COLOURS.get(state, "")))
        line.append(f"  {_counts(values):<{wide}}  ").append(show(values["output"]), "dim")
        line.append(f"  by {values['cluster']}" if values["cluster"] else "", "dim")
        screen.print(line, soft_wrap=True)


def describe(batch: Batch, place: int = 0) -> dict[str, Any]:
    """A batch as JSON values: counts are of its files, `place` is in the queue, 0 where it does not wait in it."""
    info = batch.info()
    return {
        "batch": info.id,
        "state": info.state,
        "started": time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(info.started)),
        "host": info.host,
        "cluster": info.cluster,
        "total": info.total,
        **dict(zip(("done", "failed", "skipped"), batch.counts(), strict=True)),
        "place": place,
        "priority": batch.priority,
    } | path_to_dict("output", info.output)


def _counts(values: dict[str, Any]) -> str:
    parts = [f"{values['done']} of {files(values['total'])} done"]
    parts += [f"{values[name]} {name}" for name in ("failed", "skipped") if values[name]]
    if values["place"]:
        priority = f" with priority {values['priority']}" if values["priority"] else ""
        parts.append(f"number {values['place']} in the queue{priority}")
    return ", ".join(parts)
