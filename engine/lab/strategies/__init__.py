"""The registry: every module of this folder declares one strategy as STRATEGY; there is no list to keep."""

import difflib
import functools
import importlib
import pkgutil
from collections.abc import Mapping

from engine.errors import SpecError
from engine.lab.strategy import Strategy


@functools.cache
def strategies() -> Mapping[str, Strategy]:
    """All of them by name, the simple first."""
    found = [importlib.import_module(f"{__name__}.{each.name}").STRATEGY for each in pkgutil.iter_modules(__path__)]
    return {each.name: each for each in sorted(found, key=lambda each: (each.order, each.name))}


def find(name: str) -> Strategy:
    """The strategy of that name; SpecError naming the nearest otherwise."""
    known = strategies()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
    raise SpecError(f"There is no strategy {name!r}; the nearest is {near!r}, and all are {', '.join(known)}.")
