"""Filters that installed packages offer through an entry point; what lies in the working folder is not installed."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import SpecError
from engine.extensions.reason import reason

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "safelight.filters"
MOST_BYTES = 1 << 20
Loader = Callable[[], Any]


def offered(left_out: list[str]) -> Iterator[tuple[str, Loader]]:
    """Entry points of what is installed; the working folder is not, even where Python imports from it."""
    places = [each for each in sys.path if each and not _is_here(each)]
    if not any(map(_offers, places)):
        return
    from importlib.metadata import distributions

    for distribution in distributions(path=places):
        try:
            name, points = distribution.metadata["Name"], distribution.entry_points.select(group=GROUP)
        except Exception as error:  # noqa: BLE001 - a damaged package is no reason to have no filters
            left_out.append(f"A package in {distribution.locate_file('')} was left out: {reason(error)}.")
            continue
        for point in sorted(points):
            yield f"{point.name} of the package {name}", partial(_load, point, places)


def _load(point: EntryPoint, places: list[str]) -> Any:
    top = point.module.partition(".")[0]
    found = importlib.util.find_spec(top)
    origin = found.origin if found is not None else None
    if top not in sys.modules and origin and _is_here(os.path.dirname(_package(Path(origin)))):
        elsewhere = PathFinder.find_spec(top, places)
        if elsewhere is None or elsewhere.origin != origin:
            raise SpecError(f"{top} would be imported from the folder you are in, so go to another")
    return point.load()


def _package(origin: Path) -> Path:
    return origin.parent if origin.name == "__init__.py" else origin


def _is_here(folder: str | Path) -> bool:
    try:
        return os.path.samefile(folder or ".", ".")
    except OSError:
        return False


def _offers(folder: str) -> bool:
    """Whether some package there declares the group: a look at small files, much sooner than importlib.metadata."""
    try:
        with os.scandir(folder) as entries:
            places = [each.path for each in entries if each.name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return False
    for place in places:
        try:
            with open(os.path.join(place, "entry_points.txt"), "rb") as file:
                if GROUP.encode() in file.read(MOST_BYTES):
                    return True
        except OSError:
            pass
    return False
