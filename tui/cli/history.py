"""`safelight history`: what batches did, by their journals; and one of them run again. It changes no journal."""

import json
from dataclasses import replace
from typing import Annotated

from cyclopts import Parameter

from engine.batch.client import Batch
from engine.batch.earlier import asked_of, resumed
from engine.batch.shelf import Shelf
from engine.batch.specification import Specification
from engine.errors import BatchError, SafelightError
from tui.cli.following.running import detach, run
from tui.cli.printing.batches import print_batches
from tui.cli.printing.story import print_story


def history(
    name: Annotated[str | None, Parameter(name="BATCH", help="Its id, or a part of it; all without one.")] = None,
    /,
    *,
    resume: Annotated[bool, Parameter(help="Do what is missing, or has changed since it was made.")] = False,
    again: Annotated[bool, Parameter(help="Do all of it again, over the results that are there.")] = False,
    detached: Annotated[bool, Parameter(name="--detach", help="Start and return.")] = False,
    remove: Annotated[bool, Parameter(help="Forget it, once it is over; its results stay.")] = False,
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON object a line, for programs.")] = False,
) -> int:
    """List the batches of the past and of now; tell what one was asked and did, run it again, or forget it."""
    shelf = Shelf()
    if name is None:
        if resume or again or detached or remove:
            raise SafelightError("Name the batch: `safelight history` lists them.")
        print_batches(shelf.batches(), as_json=as_json, nothing="There has been no batch yet.")
        return 0
    batch = shelf.find(name)
    if resume + again + remove > 1:
        raise SafelightError("Ask one thing at a time: --resume, --again or --remove.")
    if remove:
        shelf.remove(batch.id)
        print(json.dumps({"event": "removed", "batch": batch.id}) if as_json else f"Batch {batch.id} is forgotten.")
        return 0
    if not resume and not again:
        print_story(batch, as_json=as_json)
        return 0
    specification = _again(batch) if again else resumed(asked_of(batch), shelf.batches())
    return (detach if detached else run)(specification, as_json=as_json)


def _again(batch: Batch) -> Specification:
    """BatchError for one that is not over, or whose sources are not what they were."""
    if not batch.state.over:
        raise BatchError(f"Batch {batch.id} is not over: `safelight jobs {batch.id} --follow` shows it.")
    specification = asked_of(batch)
    if specification.in_place:
        raise BatchError(
            f"Batch {batch.id} replaced its sources, which would get its filters twice: use --resume, or "
            "`safelight apply` for something else."
        )
    return replace(specification, existing="replace")
