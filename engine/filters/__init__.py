"""The registry: every module of this folder declares one filter as FILTER; there is no list to keep."""

import difflib
import functools
import importlib
import pkgutil
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.errors import SpecError
from engine.extensions import load_extensions
from engine.filter import Filter

# A file that asks for other filters while it is loaded must not wait for itself.
_LOADING = threading.RLock()


@dataclass(frozen=True, slots=True)
class _Loaded:
    filters: Mapping[str, Filter]
    origins: Mapping[str, str]
    left_out: tuple[str, ...]


def catalogue() -> Mapping[str, Filter]:
    """All filters by name, in order of group and name, a person's own among them.

    The first call imports them; later ones cost nothing.
    """
    return _loaded().filters


@functools.cache
def built_in() -> Mapping[str, Filter]:
    """Those that come with Safelight."""
    return _sorted(importlib.import_module(f"{__name__}.{each.name}").FILTER for each in pkgutil.iter_modules(__path__))


def origins() -> Mapping[str, str]:
    """The file or the package of each filter that does not come with Safelight."""
    return _loaded().origins


def left_out() -> tuple[str, ...]:
    """A sentence for each filter of a person's own that cannot be used."""
    return _loaded().left_out


def find(name: str) -> Filter:
    """The filter of that name; SpecError naming the nearest otherwise."""
    filters = catalogue()
    if name in filters:
        return filters[name]
    near = difflib.get_close_matches(name, filters, n=1, cutoff=0.0)
    more = (
        "safelight filters tells which of your own were left out" if left_out() else "safelight filters lists them all"
    )
    raise SpecError(f"There is no filter {name!r}; the nearest is {near[0]!r} ({more}).")


def _loaded() -> _Loaded:
    with _LOADING:
        return _load()


@functools.cache
def _load() -> _Loaded:
    own = load_extensions(built_in())
    filters = _sorted([*built_in().values(), *(each for each, _ in own.filters)])
    return _Loaded(filters, {each.name: origin for each, origin in own.filters}, own.left_out)


def _sorted(found: Iterable[Filter]) -> Mapping[str, Filter]:
    return {each.name: each for each in sorted(found, key=lambda each: (each.group, each.name))}
