"""What a batch would do, without doing it."""

import json

from engine.batch.specification import Specification
from engine.files.name import show
from engine.job import path_to_dict
from engine.run.standing import standing
from tui.cli.printing.figures import files


def print_planned(specification: Specification, *, as_json: bool) -> int:
    """Prints each picture and its result, as lines or as JSON objects; the exit status."""
    kept = 0
    for index, task in enumerate(specification.tasks):
        skipped = standing(specification, index, task)
        kept += skipped is not None
        if as_json:
            paths = path_to_dict("path", task.source) | path_to_dict("output", task.output)
            print(json.dumps({"event": "skipped" if skipped else "planned"} | paths))
        else:
            why = "" if skipped is None else " exists, skipped" if skipped.written is None else " is up to date"
            print(f"{show(task.source)} -> {show(task.output)}{why}")
    if not as_json:
        chain = ", ".join(specification.stack.specifications())
        own = "their own edits" if any(task.edits >= 0 for task in specification.tasks) else ""
        what = f"{files(len(specification.tasks) - kept)} would get {own or chain}"
        print(f"{what}, on {specification.workers} threads; nothing was written.")
    return 0
