"""All that can be measured, by name, found from the table and the catalogue. Measures nothing by itself."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from engine.bench.comparison import TITLES, Comparison, Depth
from engine.bench.comparisons import COMPARISONS
from engine.bench.growth import GROWING, measure_radii, measure_sizes
from engine.bench.photographs import NAME, measure_photographs
from engine.bench.rates import measure_rates
from engine.bench.scaling import INTENSE, measure_scaling
from engine.bench.setting import Setting
from engine.errors import SpecError
from engine.filter import Filter
from engine.filters import catalogue
from engine.stack import Step

FAST, PATIENT = 20.0, 2.0
"""Megapixels per second that any filter is to reach at its defaults, and those that search or repeat."""
SEARCHING = ("non-local", "total-variation", "richardson-lucy")
FILTERS, CHAINS, PHOTOGRAPHS, SCALING, GROWTH = "filters", "chains", "photographs", "scaling", "growth"


class Result(Protocol):
    """What a measurement gives."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to measure; SafelightError when the catalogue cannot do it."""

    section: str
    name: str
    measure: Callable[[Setting], Result]


def entries() -> list[Entry]:
    """Everything, section by section."""
    return [*_filters(), *_comparisons(), *_others()]


def sections() -> list[str]:
    """In the order in which they are shown."""
    return list(dict.fromkeys(entry.section for entry in entries()))


def choose(words: Iterable[str]) -> list[Entry]:
    """Entries whose section is one of the words, or whose name begins with one; all without any.

    SpecError naming the nearest for a word that finds nothing.
    """
    known, wanted = entries(), list(words)
    for word in wanted:
        if not any(_is_meant(entry, word) for entry in known):
            names = dict.fromkeys([*sections(), *(entry.name for entry in known)])
            near = difflib.get_close_matches(word, names, n=1, cutoff=0.0)[0]
            raise SpecError(f"--only: nothing that is measured begins with {word!r}; the nearest is {near!r}.")
    return [entry for entry in known if not wanted or any(_is_meant(entry, word) for word in wanted)]


def shown(declared: Filter) -> str:
    """A specification of the filter that does something: its defaults, or its example where they change nothing."""
    try:
        step = Step.of(declared.name)
    except SpecError:
        return declared.example
    return declared.example if declared.is_neutral(dict(step.values)) and declared.example else declared.name


def _is_meant(entry: Entry, word: str) -> bool:
    return entry.section == word or entry.name.startswith(word)


def _filters() -> Iterator[Entry]:
    """Every filter of the catalogue."""
    for declared in catalogue().values():
        least = PATIENT if declared.name.startswith(SEARCHING) else FAST
        stack = (shown(declared),)
        yield Entry(
            FILTERS, declared.name, partial(measure_rates, name=declared.name, stack=stack, depth="uint8", least=least)
        )


def _comparisons() -> Iterator[Entry]:
    """The table, depth by depth, its chains apart."""
    for depth in TITLES:
        for each in COMPARISONS:
            if depth in each.depths and not each.title:
                yield _entry(each, depth, TITLES[depth])
    yield from (_entry(each, depth, CHAINS) for each in COMPARISONS if each.title for depth in each.depths)


def _entry(comparison: Comparison, depth: Depth, section: str) -> Entry:
    name = comparison.name if depth == "uint8" else f"{comparison.name} {TITLES[depth]}"
    measure = partial(
        measure_rates,
        name=name,
        stack=comparison.stack,
        depth=depth,
        rivals=comparison.rivals,
        listed=comparison.listed,
        aim=comparison.aim if depth == "uint8" else None,
    )
    return Entry(section, name, measure)


def _others() -> Iterator[Entry]:
    """Files, threads and growth."""
    yield Entry(PHOTOGRAPHS, NAME, measure_photographs)
    for intense in INTENSE:
        yield Entry(SCALING, f"workers: {intense.title}", partial(measure_scaling, intense=intense))
    for name, reach in GROWING.items():
        yield Entry(GROWTH, f"growth: {name}, size", partial(measure_sizes, name=name))
        yield Entry(GROWTH, f"growth: {name}, {reach}", partial(measure_radii, name=name))
