"""Results as tables of text, the same for the terminal and the documents. It knows no colours or columns of either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.bench.record import Record, mean

MISSED = "✗"
MEANS = {"8-bit": 2.0, "16-bit": 1.5, "float32": 1.5}
"""What the geometric mean over a section's listed algorithms is to reach."""
ENOUGH = 18
"""Algorithms that the mean is to be taken over, at least."""
QUIET = 5.0
"""Per cent of the cores that other programs may use without harm."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. The first column is names; `missed` are the positions of rows below their aim."""

    section: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    missed: frozenset[int]
    notes: tuple[str, ...]
    numbers: bool = True
    """Whether the columns after the first are short enough to stand to the right."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of a kind of section, after the name."""

    title: str
    head: tuple[str, ...]
    cells: Callable[[Row], tuple[str, ...]]


def sheets(record: Record) -> list[Sheet]:
    """A table for each section that was measured."""
    return [_sheet(section, rows) for section, rows in record["sections"].items()]


def legend(record: Record) -> list[str]:
    """The machine, and what the columns mean."""
    machine, copy = record["machine"], record["copy"]["gigabytes_per_second"]
    peers = ", ".join(f"{title} {version}" for title, version in machine["peers"].items())
    lines = [
        (
            f"{machine['workers']} workers on {machine['processor']}, {machine['system']}, Python {machine['python']}; "
            f"copying memory moves {copy:.1f} GB/s, read and written."
        ),
        (
            "24 megapixels of RGB on code values (--light encoded), with 1 worker and with all, these from slowest to "
            f"fastest; default: each filter in its own light. {MISSED}: below what is asked."
        ),
    ]
    if machine["busy"] > QUIET:
        lines.append(f"Other programs used {machine['busy']:.0f} % of the cores before it began: the figures suffer.")
    if peers:
        lines.append(
            "times: as fast as the fastest peer with as many threads that is at most 2 levels off (* none is); "
            f"errors: ours and that peer's largest, in levels, against float64. Peers: {peers}."
        )
    return lines


def _sheet(section: str, rows: list[Row]) -> Sheet:
    done = [row for row in rows if "skipped" not in row]
    notes = [f"{row['name']} was not measured: {row['skipped']}" for row in rows if "skipped" in row]
    notes += [f"{row['name']}: {note}." for row in done for note in row.get("notes", ())]
    shape = SHAPES.get(section, COMPARED if any(row.get("peers") for row in done) else ALONE)
    missed = frozenset(place for place, row in enumerate(done) if row.get("reached") is False)
    cells = tuple((row["name"], *shape.cells(row)) for row in done)
    told = (*_summary(section, done), *notes)
    title = shape.title.format(section)
    return Sheet(section, title, ("", *shape.head), cells, missed, told, numbers=section != "growth")


def _summary(section: str, rows: list[Row]) -> list[str]:
    """The geometric mean, where one is to be reached."""
    found = mean(rows) if section in MEANS else None
    if found is None:
        return []
    value, count = found
    few = "" if count >= ENOUGH else f", fewer than the {ENOUGH} it is to be taken over"
    asked = f"{MEANS[section]:g} asked" + ("" if value >= MEANS[section] else f" {MISSED}")
    return [f"Geometric mean of {count} algorithms{few}: {value:.2f} times the fastest peer, {asked}."]


def _alone(row: Row) -> tuple[str, ...]:
    asked = "" if row["least"] is None else f"{number(row['least'])}{mark(row)}"
    return (*_ours(row), f"{row['copies']:.1f}", asked)


def _compared(row: Row) -> tuple[str, ...]:
    times = "" if row["times"] is None else f"{row['times']:.2f}{mark(row)}"
    best = next((peer for peer in row["peers"] if peer["peer"] == row["fastest"]), None)
    mistakes = "" if row["error"] is None else f"{row['error']:.2g}"
    if best is None:
        return (*_ours(row), times, "", mistakes)
    doubt = "" if best["counts"] else " *"
    return (*_ours(row), times, f"{best['peer']}{doubt}", f"{mistakes} / {best['error']:.2g}")


def _ours(row: Row) -> tuple[str, ...]:
    spread = f"{number(row['all']['least'])} to {number(row['all']['most'])}"
    return number(row["one"]["rate"]), number(row["all"]["rate"]), spread, number(row["default"]["rate"])


def _photographs(row: Row) -> tuple[str, ...]:
    best = max(row["scripts"].items(), key=lambda each: each[1]["rate"], default=None)
    script = "" if best is None else f"{best[0]} {best[1]['seconds']:.2f} s"
    times = "" if row["times"] is None else f"{row['times']:.2f} of {row['aim']:g}"
    over = f"{row['over_codecs']:.2f} of {row['most_over_codecs']:g}"
    return f"{row['ours']['seconds']:.2f} s", f"{row['codecs']['seconds']:.2f} s", over, script, f"{times}{mark(row)}"


def _scaling(row: Row) -> tuple[str, ...]:
    return f"{row['gain']:.2f}", f"{row['spinning']:.2f}", f"{row['share']:.2f} of {row['aim']:g}{mark(row)}"


def _growth(row: Row) -> tuple[str, ...]:
    return (", ".join(f"{at}: {number(cost)}" for at, cost in row["nanoseconds"].items()),)


def mark(row: Row) -> str:
    """What stands behind the number of a row that missed its aim."""
    return f" {MISSED}" if row["reached"] is False else ""


def number(value: float) -> str:
    """Three digits that say something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


COMPARED = Shape("{}, Mpx/s", ("1", "all", "from, to", "default", "times", "peer", "errors"), _compared)
ALONE = Shape("{}, Mpx/s", ("1", "all", "from, to", "default", "copies", "asked"), _alone)
SHAPES = {
    "photographs": Shape("Files", ("ours", "codecs", "ours / codecs", "best script", "times"), _photographs),
    "scaling": Shape("All workers against one", ("gain", "in registers", "share"), _scaling),
    "growth": Shape("Nanoseconds a pixel", ("by megapixels, or by radius in pixels",), _growth),
}
