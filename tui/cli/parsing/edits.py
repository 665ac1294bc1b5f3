"""`--edits`: what a command line asks for, with each picture's own edits. It applies nothing."""

import sys
from dataclasses import replace

from engine.batch.own_edits import with_edits
from engine.batch.specification import Specification
from engine.errors import SafelightError
from engine.files.name import listed
from engine.sidecars.edits import read_edits
from engine.stack import Stack


def edited(specification: Specification) -> Specification:
    """The same with the edits of its pictures; those that have none, and would get no filter, are named.

    SafelightError where none has any, or those of one cannot be read.
    """
    found = with_edits(specification.tasks, specification.stack, lambda picture: read_edits(picture).stack)
    if not found.tasks:
        raise SafelightError("None of these pictures has edits: make some in the app, or name a filter with -f.")
    if found.without:
        one = len(found.without) == 1
        sys.stderr.write(f"{listed(found.without)} {'has' if one else 'have'} no edits: left out.\n")
    return replace(specification, tasks=found.tasks, edits=found.edits, stack=Stack())
