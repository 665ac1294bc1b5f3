"""Picture formats: which can be read and written here, and which extra brings what is missing. It loads no codec."""

from engine.files.format import Format
from engine.files.formats import formats
from tui.cli.examining import Facts


def examine() -> Facts:
    """A fact for each format, by its name."""
    return {name: _told(form) for name, form in formats().items()}


def _told(form: Format) -> str:
    """What can be done with files of a format."""
    ways = "read and written" if form.written else "read"
    if form.extra is None:
        return ways
    return f"{ways}, by the extra {form.extra.name}" if form.extra.installed else f"not {ways}: {form.extra.advice}"
