"""One batch told whole: what it was asked, what became of each file, and how it ended. It asks the batch nothing."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.text import Text

from engine.batch.client import Batch
from engine.batch.specification import Specification, load_specification
from engine.errors import BatchError
from engine.files.name import show
from engine.job import Event, Failed, Finished, Remark, Skipped, Started, State, Summary, event_to_dict
from engine.meter import Meter
from tui.cli.following.unwritten import FULL
from tui.cli.printing.batches import describe
from tui.cli.printing.console import console
from tui.cli.printing.figures import duration, files, outcome

WORDS = {"light": "linear", "format": "keep", "metadata": "safe", "profile": "keep", "existing": "fail", "cluster": ""}
"""What is said of a batch only where it is another than this."""


def print_story(batch: Batch, *, as_json: bool) -> None:
    """As lines for a person, or a JSON object for the batch and one for each file that ended and for the summary."""
    asked = _asked(batch)
    if as_json:
        stack = [] if asked is None else asked.stack.specifications()
        print(json.dumps({"event": "batch"} | describe(batch) | {"filters": stack} | _seconds(batch)))
        for event in _events(batch):
            if not isinstance(event, Started):
                print(json.dumps(event_to_dict(event)))
        return
    screen = console()
    for line in _lines(batch, asked):
        screen.print(Text(line), soft_wrap=True)


def _lines(batch: Batch, asked: Specification | None) -> Iterator[str]:
    told = describe(batch)
    yield f"Batch {batch.id}: {files(told['total'])} to {show(told['output'])}, begun {told['started']}"
    if asked is not None:
        yield from (f"  -f {each}" for each in asked.stack.specifications())
        if asked.edits:
            own = sum(task.edits >= 0 for task in asked.tasks)
            yield f"  --edits: {files(own)} with edits of {'its' if own == 1 else 'their'} own"
        changed = [f"--{name} {value}" for name, usual in WORDS.items() if (value := getattr(asked, name)) != usual]
        if changed:
            yield f"  {' '.join(changed)}"
    ends: Counter[str] = Counter()
    last: Event | None = None
    for last in _events(batch):
        if isinstance(last, Failed):
            yield f"{last.error} (On {last.host}.)" if last.host else last.error
        elif isinstance(last, Finished):
            yield f"{show(last.output)}  {last.megapixels:.1f} Mpx, {duration(last.seconds)}"
            yield from (f"{show(last.output)}: {note}" for note in last.notes)
        elif isinstance(last, Remark):
            yield last.text
        elif isinstance(last, Skipped):
            yield f"{show(last.output)}  {'exists, skipped' if last.written is None else 'is up to date'}"
        ends[type(last).__name__] += 1
    if isinstance(last, Summary):
        yield outcome(last)
        yield from _stages(batch)
    elif batch.state is State.BROKEN:
        done, whole = ends["Finished"] + ends["Skipped"] + ends["Failed"], told["total"]
        yield (
            f"Its process was killed after {done} of {files(whole)}: `safelight history {batch.id} --resume` does "
            "the rest."
        )
    elif batch.state.over:
        yield f"It is {batch.state}: {told['done']} of {files(told['total'])} done. {FULL}"
    else:
        yield f"It is {batch.state}: `safelight jobs {batch.id} --follow` shows it."


def _seconds(batch: Batch) -> dict[str, Any]:
    snapshot = batch.snapshot(Meter(batch.id))
    return {"stages": None if snapshot is None else {k: round(v, 3) for k, v in asdict(snapshot.spent).items()}}


def _stages(batch: Batch) -> Iterator[str]:
    """Where the threads' time went."""
    snapshot = batch.snapshot(Meter(batch.id))
    if snapshot is not None and (whole := snapshot.spent.total):
        spent = asdict(snapshot.spent)
        shares = ", ".join(f"{stage} {duration(seconds)} ({seconds / whole:.0%})" for stage, seconds in spent.items())
        yield f"All threads together: {shares}."


def _asked(batch: Batch) -> Specification | None:
    try:
        return load_specification(batch.folder)
    except BatchError:
        return None


def _events(batch: Batch) -> Iterator[Event]:
    number = 0
    while found := batch.events(number):
        yield from (event for _, event in found)
        number = found[-1][0] + 1
