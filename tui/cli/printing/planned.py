"""What a batch would do, without doing it."""

import json
import os

from engine.batch.specification import Specification
from engine.files.name import show
from engine.job import path_to_dict
from tui.cli.printing.figures import files


def print_planned(specification: Specification, *, as_json: bool) -> int:
    """Prints each picture and its result, as lines or as JSON objects; the exit status."""
    kept = 0
    for task in specification.tasks:
        skipped = specification.existing == "skip" and os.path.lexists(task.output)
        kept += skipped
        if as_json:
            paths = path_to_dict("path", task.source) | path_to_dict("output", task.output)
            print(json.dumps({"event": "skipped" if skipped else "planned"} | paths))
        else:
            print(f"{show(task.source)} -> {show(task.output)}{' exists, skipped' if skipped else ''}")
    if not as_json:
        chain = ", ".join(specification.stack.specifications())
        what = f"{files(len(specification.tasks) - kept)} would get {chain}"
        print(f"{what}, on {specification.workers} threads; nothing was written.")
    return 0
