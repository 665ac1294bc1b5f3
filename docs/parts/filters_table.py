"""The README's list of filters by group, from the built-in ones."""

from itertools import groupby
from operator import attrgetter

from engine.filters import built_in

FILE, MARK = "README.md", "filters"


def text() -> str:
    """A row for each group, every name with the way to its help."""
    lines = ["| | |", "| --- | --- |"]
    for group, members in groupby(built_in().values(), attrgetter("group")):
        names = ", ".join(f"[{each.name}](docs/filters.md#{each.name})" for each in members)
        lines.append(f"| {group} | {names} |")
    return "\n".join(lines) + "\n"
