"""What a person thinks of pictures that were culled, and rejections where nobody has said. It proposes none."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.culling.groups import Group, regarding
from engine.errors import ImageError
from engine.files.header import examine_file
from engine.files.limits import Limits
from engine.sidecars.rating import REJECTED, read_rating, write_rating


@dataclass(frozen=True, slots=True)
class Rejection:
    """What became of a picture that was not the best of its group."""

    path: str
    rejected: bool
    """False where a person has rated it, or it could not be done."""
    error: str = ""


def ratings(paths: Iterable[str], limits: Limits) -> dict[str, int]:
    """-1 to 5 by path; those are left out that nobody has rated, or whose rating cannot be read."""
    found = {}
    for path in paths:
        with contextlib.suppress(ImageError):
            if rating := _rating(path, limits):
                found[path] = rating
    return found


def reject_others(groups: Iterable[Group], limits: Limits) -> Iterator[Rejection]:
    """Reject all but the best of each group, as people rate them now, and only what nobody has rated.

    A group whose best is no longer there is left alone.
    """
    for group in groups:
        now = regarding(group, ratings((each.path for each in group.members), limits))
        if os.path.exists(now.best.path):
            for each in now.others:
                yield _reject(each.path, limits)


def _reject(path: str, limits: Limits) -> Rejection:
    try:
        if _rating(path, limits):
            return Rejection(path, rejected=False)
        write_rating(path, REJECTED)
    except ImageError as error:
        return Rejection(path, rejected=False, error=str(error))
    return Rejection(path, rejected=True)


def _rating(path: str, limits: Limits) -> int:
    """0 means that nobody has rated it, as programs write that, too."""
    return read_rating(path, examine_file(path, limits)[1]) or 0
