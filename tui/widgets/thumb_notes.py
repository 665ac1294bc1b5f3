"""What is said of an image beside its thumbnail: name, numbers, date. It reads no file."""

from __future__ import annotations

from engine.files.name import show
from tui.theme import Inks
from tui.values import Entry, Facts
from tui.widgets.columns import BY_FILE, stamp
from tui.widgets.figures import megapixels, size
from tui.widgets.image_list import RATINGS, REJECTED
from tui.widgets.line import Line


def note(number: int, entry: Entry, facts: Facts | None, width: int, ink: Inks, *, bright: bool) -> Line:
    """One of the lines beside a thumbnail, so many columns wide: the name, then the numbers, then the date."""
    if number == 0:
        faint = facts is not None and bool(facts.error or facts.rating == REJECTED)
        return Line().add(show(entry.label, width), ink.faint if faint else ink.bright if bright else ink.text)
    if facts is None or number > 2:
        return Line()
    if facts.error:
        return Line().add("cannot be read" if number == 1 else "", ink.faint)
    return _numbers(facts, ink) if number == 1 else _date(facts, ink)


def _numbers(facts: Facts, ink: Inks) -> Line:
    rating = facts.rating or 0
    line = Line()
    if rating:
        line.add(f"{RATINGS[rating]} ", ink.alarm if rating == REJECTED else ink.key)
    line.add("e " if facts.edited else "", ink.muted)
    return line.add(f"{megapixels(facts.width * facts.height)} MP  {size(facts.bytes)}", ink.muted)


def _date(facts: Facts, ink: Inks) -> Line:
    if facts.taken is None:
        return Line().add(BY_FILE + stamp(facts.written) if facts.written else "", ink.faint)
    return Line().add(stamp(facts.taken), ink.faint)
