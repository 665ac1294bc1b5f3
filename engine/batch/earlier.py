"""What earlier batches of this user made of the same files, for a batch that goes on where they stopped. Runs none."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.batch.journal import Reader, parse_line
from engine.batch.made import Made
from engine.batch.specification import load_specification
from engine.errors import BatchError
from engine.files.listing import Listings
from engine.files.name import listed, show
from engine.files.remote.url import is_url
from engine.job import Finished, Skipped
from engine.run.cpu import available_workers

if TYPE_CHECKING:
    from engine.batch.client import Batch
    from engine.batch.specification import Specification

STARTED = b'"event": "started"'


def resumed(specification: Specification, batches: Iterable[Batch]) -> Specification:
    """The same, told which results are there already and which may be replaced as they are earlier batches' own.

    `batches` are all of this user. BatchError when one of them is at work on the same files, or a result is there that
    none of them made and the specification does not say what to do then.
    """
    earlier = earlierresults(specification, batches)
    if specification.existing == "fail" and not specification.in_place:
        listings = Listings()
        foreign = [
            task.output
            for index, task in enumerate(specification.tasks)
            if index not in earlier and _is_there(task.output, listings)
        ]
        if foreign:
            raise BatchError(
                f"{listed(foreign)} {'exist' if len(foreign) > 1 else 'exists'} already, and no batch of yours made "
                f"{'them' if len(foreign) > 1 else 'it'}: add --existing skip or --existing replace."
            )
    return replace(specification, earlier=earlier)


def _is_there(output: str, listings: Listings) -> bool:
    """Whether something has that name; another machine is asked for its folder, not for each file."""
    return listings.entry(output) is not None if is_url(output) else os.path.lexists(output)


def asked_of(batch: Batch) -> Specification:
    """What a batch was asked, for the cores of today; BatchError when that cannot be read."""
    return replace(load_specification(batch.folder), workers=available_workers(), files={}, earlier={})


def earlierresults(specification: Specification, batches: Iterable[Batch]) -> dict[int, Made | None]:
    """The tasks whose results are earlier batches' own, by index; None where it has to be made again in any case.

    BatchError when a batch is at work on them.
    """
    places = {(task.source, task.output): index for index, task in enumerate(specification.tasks)}
    found: dict[int, Made | None] = {}
    for batch in sorted(batches, key=lambda each: each.id):
        other = _same_destination(batch, specification)
        if other is None:
            continue
        mine = [places[each] for task in other.tasks if (each := (task.source, task.output)) in places]
        if mine and not batch.state.over:
            raise BatchError(
                f"Batch {batch.id} is still at work on these files: `safelight jobs {batch.id} --follow` shows it."
            )
        if other.existing != "skip":
            found |= {index: found.get(index) for index in mine}
        alike = _alike(specification, other, places)
        for event in results(batch.folder.journal):
            index = places.get((event.path, event.output))
            if index is not None and event.read is not None and event.written is not None:
                if specification.in_place and index not in alike:
                    raise BatchError(
                        f"{show(event.path)} was developed in place by batch {batch.id} with other filters: leave "
                        "--resume out to add these."
                    )
                found[index] = Made(event.read, event.written) if index in alike else None
    return found


def _alike(ours: Specification, theirs: Specification, places: Mapping[tuple[str, str], int]) -> set[int]:
    """Our tasks, by index, whose pictures they made in the same way."""
    own, others = ([each.recipe(stack) for stack in each.stacks] for each in (ours, theirs))
    found = ((places.get((task.source, task.output)), others[task.edits + 1]) for task in theirs.tasks)
    return {index for index, how in found if index is not None and own[ours.tasks[index].edits + 1] == how}


def _same_destination(batch: Batch, specification: Specification) -> Specification | None:
    """What that batch was asked for, if its results went to the same folder."""
    try:
        other = load_specification(batch.folder)
    except BatchError:
        return None
    if specification.in_place or other.in_place:
        return other if specification.in_place and other.in_place else None
    return other if other.destination == specification.destination else None


def results(journal: Path) -> Iterator[Finished | Skipped]:
    """What a batch made or found made."""
    reader = Reader(journal)
    while lines := reader.lines():
        for line in lines:
            event = None if STARTED in line else parse_line(line)
            if isinstance(event, Finished | Skipped):
                yield event
    reader.close()
