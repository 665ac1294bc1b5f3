"""Filters of a person's own: files of the config folder and packages that offer some. It never looks anywhere else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.errors import SpecError
from engine.extensions.checking import checked
from engine.extensions.files import own_files
from engine.extensions.packages import offered
from engine.extensions.reason import reason
from engine.filter import Filter


@dataclass(frozen=True, slots=True)
class Extensions:
    """What was found."""

    filters: tuple[tuple[Filter, str], ...]
    """Each with the file or the package it is from."""
    left_out: tuple[str, ...]
    """A sentence for each that cannot be used."""


def load_extensions(taken: Collection[str]) -> Extensions:
    """All there are; `taken` are names that none of them may have."""
    found: list[tuple[Filter, str]] = []
    left_out: list[str] = []
    origins = dict.fromkeys(taken, "Safelight itself")
    for origin, load in (*own_files(left_out), *offered(left_out)):
        try:
            declared = checked(load())
            if declared.name in origins:
                raise SpecError(f"the name {declared.name} is taken by {origins[declared.name]}, so choose another")
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it does, everything else works
            left_out.append(f"{origin} was left out: {reason(error, origin)}.")
            continue
        origins[declared.name] = origin
        found.append((declared, origin))
    return Extensions(tuple(found), tuple(left_out))
