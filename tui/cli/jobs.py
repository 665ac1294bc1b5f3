"""`safelight jobs`: the batches under way, from any login of the same user. It starts none."""

import json
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from engine.batch.client import Batch
from engine.batch.shelf import Shelf
from engine.errors import BatchError, SafelightError
from engine.job import HIGHEST, LOWEST, State, Verb
from tui.cli.following.running import watch
from tui.cli.printing.batches import print_batches

SAID = {
    State.RUNNING: "is running",
    State.PAUSED: "is paused; --resume lets it go on",
    State.DRAINING: "finishes the files under way and ends",
    State.CANCELLED: "is stopped",
}


def jobs(
    name: Annotated[
        str | None, Parameter(name="BATCH", help="Its id, or a part of it; needless if only one runs.")
    ] = None,
    /,
    *,
    follow: Annotated[bool, Parameter(help="Show its threads until it is over; Ctrl-C leaves it alone.")] = False,
    pause: Annotated[bool, Parameter(help="Let its threads rest.")] = False,
    resume: Annotated[bool, Parameter(help="Let them go on.")] = False,
    stop: Annotated[bool, Parameter(help="Finish the files under way, and begin no other.")] = False,
    cancel: Annotated[bool, Parameter(help="Stop at once; files under way are not written.")] = False,
    priority: Annotated[
        int | None,
        Parameter(validator=Number(gte=LOWEST, lte=HIGHEST), help="Of one that waits, -9 to 9: the higher first."),
    ] = None,
    each: Annotated[
        bool, Parameter(name="--all", help="All of them: with --pause, --resume, --stop or --cancel.")
    ] = False,
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON object a line, for programs.")] = False,
) -> int:
    """List the batches under way, wherever they were started; follow, pause, resume, stop or put off one, or all."""
    asked = {Verb.PAUSE: pause, Verb.RESUME: resume, Verb.DRAIN: stop, Verb.CANCEL: cancel}
    verbs = [verb for verb, wanted in asked.items() if wanted]
    if len(verbs) + follow + (priority is not None) > 1:
        raise SafelightError("Ask one thing at a time: --follow, --pause, --resume, --stop, --cancel or --priority.")
    if each:
        if name is not None or not verbs:
            raise SafelightError("--all goes with --pause, --resume, --stop or --cancel, and names no batch.")
        return _ask_all(verbs[0], as_json=as_json)
    if not verbs and not follow and priority is None:
        print_batches(_running(name), as_json=as_json, nothing="No batch is under way; `safelight history` lists all.")
        return 0
    batch = _one(name)
    if follow:
        return watch(batch.id, as_json=as_json)
    if priority is not None:
        batch.rank(priority)
        said = f"Batch {batch.id} waits with priority {priority}."
        print(json.dumps({"batch": batch.id, "priority": priority}) if as_json else said)
        return 0
    _tell(batch, batch.ask(verbs[0]), as_json=as_json)
    return 0


def _ask_all(verb: Verb, *, as_json: bool) -> int:
    """Ask it of every batch that it means something to; BatchError where that is none."""
    answered = 0
    for batch in _running(None):
        try:
            state = batch.ask(verb)
        except BatchError:
            continue
        answered += 1
        _tell(batch, state, as_json=as_json)
    if not answered:
        raise BatchError(f"There is no batch that can {verb}.")
    return 0


def _tell(batch: Batch, state: State, *, as_json: bool) -> None:
    print(json.dumps({"batch": batch.id, "state": state}) if as_json else f"Batch {batch.id} {SAID[state]}.")


def _running(name: str | None) -> tuple[Batch, ...]:
    if name is not None:
        return (Shelf().find(name),)
    return tuple(batch for batch in Shelf().batches() if not batch.state.over)


def _one(name: str | None) -> Batch:
    """The batch that is meant; BatchError when that is not clear."""
    found = _running(name)
    if not found:
        raise BatchError("No batch is under way; `safelight history` lists all.")
    if len(found) > 1:
        raise BatchError(f"{len(found)} batches are under way: name one, as `safelight jobs` lists them.")
    return found[0]
