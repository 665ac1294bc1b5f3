"""docs/filters.md: every filter with its parameters, from the catalogue."""

from itertools import groupby
from operator import attrgetter

from docs.catalogue import after, before
from engine.filter import Filter
from engine.filters import built_in
from engine.parameters import Choice, Parameter, Slider

FILE, MARK = "docs/filters.md", ""
HEAD = """# The filters

A filter on the command line is `name` or `name:parameter=value,parameter=value`; a parameter that is left out has its
default. Values outside a parameter's range are refused. In the app a slider covers the range that is useful most of the
time; a value that is typed may go up to the limits given here. Of words, the beginning is enough: `kernel=bil`.

*Light* is what a filter works on. In linear light numbers are amounts of light, as a lens or the sun deals with them;
encoded values are those of the file, spaced as the eye judges tones. Safelight converts between them by itself;
`--light encoded` leaves that out, and every filter works on the values of the file, as most programs do. Filters of any
light only move pixels.
"""
DIVERGES = (
    "Exact on the values of a file. Behind other steps, whose results are rounded, a pixel may come out otherwise "
    "than the definition says, and those that follow it too; the averages of small areas stay true."
)


def text() -> str:
    """The page."""
    parts = [HEAD]
    for group, members in groupby(built_in().values(), attrgetter("group")):
        parts.append(f"## {group.capitalize()}\n")
        parts += [entry(each) for each in members]
    return "\n".join(parts)


def entry(shown: Filter) -> str:
    """One filter."""
    lines = [
        f"### {shown.name}",
        "",
        shown.help,
        "",
        f"Works in {shown.light} light. Example: `{shown.example}`",
        "",
        pictures(shown),
        "",
    ]
    if shown.diverges:
        lines += [DIVERGES, ""]
    if shown.parameters:
        lines += ["| Parameter | Values | Default | Unit | |", "| --- | --- | ---: | --- | --- |"]
        lines += [row(each) for each in shown.parameters]
        lines.append("")
    return "\n".join(lines)


def pictures(shown: Filter) -> str:
    """The picture before and after, made by `python -m docs.catalogue`."""
    sides = (("before", before(shown.group)), (f"after {shown.name}", after(shown)))
    return " ".join(f"![{words}](pictures/filters/{path.name})" for words, path in sides)


def row(shown: Parameter) -> str:
    """One parameter."""
    if isinstance(shown, Choice):
        values = ", ".join(f"`{word}`" for word in shown.choices)
    elif isinstance(shown, Slider):
        values = f"{shown.format(shown.low)} to {shown.format(shown.high)}"
    else:
        values = shown.allowed
    return f"| `{shown.name}` | {values} | {shown.format(shown.default)} | {shown.unit} | {shown.help} |"
