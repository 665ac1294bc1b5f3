"""The registry: every module of this folder declares one filter as FILTER; there is no list to keep."""

import difflib
import functools
import importlib
import pkgutil
from collections.abc import Mapping

from engine.errors import SpecError
from engine.filter import Filter


@functools.cache
def catalogue() -> Mapping[str, Filter]:
    """All filters by name, in order of group and name. The first call imports them; later ones cost nothing."""
    found = [importlib.import_module(f"{__name__}.{module.name}").FILTER for module in pkgutil.iter_modules(__path__)]
    return {each.name: each for each in sorted(found, key=lambda each: (each.group, each.name))}


def find(name: str) -> Filter:
    """The filter of that name; SpecError naming the nearest otherwise."""
    filters = catalogue()
    if name in filters:
        return filters[name]
    near = difflib.get_close_matches(name, filters, n=1, cutoff=0.0)
    raise SpecError(f"There is no filter {name!r}; the nearest is {near[0]!r} (safelight filters lists them all).")
