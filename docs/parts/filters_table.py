"""The README's table of filters, from the built_in."""

from engine.filter import Filter
from engine.filters import built_in

FILE, MARK = "README.md", "filters"


def text() -> str:
    """One line for each filter."""
    rows = [row(each) for each in built_in().values()]
    return "\n".join(["| Filter | What it does | For example |", "| --- | --- | --- |", *rows, ""])


def row(shown: Filter) -> str:
    """Its name, the first sentence of its help, its example."""
    first = shown.help.partition(". ")[0].rstrip(".")
    return f"| [{shown.name}](docs/filters.md#{shown.name}) | {first}. | `{shown.example}` |"
