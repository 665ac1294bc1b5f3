"""`safelight cull`: which pictures of folders are much the same, and the best of each. Changes nothing unless asked."""

import sys
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from engine.culling.groups import DISTANCE, FARTHEST, groups, regarding
from engine.errors import SafelightError
from engine.files.folder import pictures
from engine.files.name import show
from engine.run.culling import Culling
from engine.sidecars.rejecting import ratings, reject_others
from tui.cli.following.scoring import follow
from tui.cli.parsing.limits import Refusing
from tui.cli.parsing.sources import read_list
from tui.cli.printing.culled import Culled, print_culled


def cull(
    *paths: Annotated[
        str, Parameter(name="PATH", help="Pictures, and folders with all below; by default this folder.")
    ],
    files_from: Annotated[str | None, Parameter(help="A list of paths, `-` for standard input.")] = None,
    distance: Annotated[
        int,
        Parameter(validator=Number(gte=0, lte=FARTHEST), help="How much near duplicates may differ: bits of 64."),
    ] = DISTANCE,
    reject: Annotated[
        bool,
        Parameter(name="--reject", help="Reject, in XMP sidecars, all but the best; never what is rated already."),
    ] = False,
    workers: Annotated[
        int | None, Parameter(validator=Number(gte=1, lte=1024), help="Threads; by default one for each core.")
    ] = None,
    refusing: Refusing = Refusing(),
    as_json: Annotated[bool, Parameter(name="--json", help="One JSON object a line, for programs.")] = False,
) -> int:
    """Group bursts and near duplicates, propose the best of each, and name files that are broken or misnamed."""
    limits = refusing.limits()
    listed = [] if files_from is None else read_list(files_from)
    unreadable: list[str] = []
    wanted = (*paths, *listed) or ((".",) if files_from is None else ())
    found = pictures(wanted, lambda error: unreadable.append(str(error)))
    if not found and not unreadable:
        raise SafelightError(f"There is no picture in {show(wanted[0]) if wanted else 'the list'}: name another place.")
    culling = Culling(found, limits, workers)
    interrupted = follow(culling, as_json=as_json)
    outcomes = culling.outcomes()
    grouped = groups(outcomes, distance)
    given = ratings((each.path for group in grouped for each in group.members), limits)
    grouped = tuple(regarding(group, given) for group in grouped)
    done = list(reject_others(grouped, limits)) if reject and not interrupted else []
    rejected = tuple(each.path for each in done if each.rejected)
    errors = (*unreadable, *(each.error for each in done if each.error))
    said = Culled(len(found), outcomes, grouped, given, rejected, errors)
    print_culled(said, interrupted=interrupted, as_json=as_json)
    if interrupted:
        sys.stderr.write("Stopped: nothing was rejected.\n" if reject else "Stopped.\n")
        return 130
    return 1 if said.failed else 0
