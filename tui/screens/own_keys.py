"""Keys that count in one dialog only: what a dialog obeys, what its lower edge says and what the help page lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui.values import HelpRow
from tui.widgets.rows import Rows


class OwnKey(NamedTuple):
    """One thing to do in a dialog."""

    does: str
    keys: tuple[str, ...]
    """Textual's names of keys; the first is the one that the lower edge names."""
    help: str
    hint: str = ""
    """A word for the lower edge; none keeps it from there."""


MOVES = (
    OwnKey("down", ("down", "j"), "One row down."),
    OwnKey("up", ("up", "k"), "One row up."),
    OwnKey("page down", ("pagedown", "space"), "One page down."),
    OwnKey("page up", ("pageup",), "One page up."),
    OwnKey("first", ("home", "g"), "The first row."),
    OwnKey("last", ("end", "G"), "The last row."),
)
"""In lists of dialogs."""


def leave(*keys: str) -> OwnKey:
    """Closing a dialog by Escape and by these."""
    return OwnKey("leave", ("escape", *keys), "Close it, and change nothing.", "back")


def meant(keys: Iterable[OwnKey], key: str) -> str:
    """What a key does; empty for nothing."""
    return next((each.does for each in (*keys, *MOVES) if key in each.keys), "")


def way(rows: Rows, does: str) -> int:
    """How many rows further something goes; 0 where it goes nowhere."""
    return {
        "down": 1,
        "up": -1,
        "page down": rows.page,
        "page up": -rows.page,
        "first": -rows.count,
        "last": rows.count,
    }.get(does, 0)


def edge(keys: Iterable[OwnKey]) -> str:
    """What a dialog's lower edge says."""
    from tui.commands.keys import shown

    return "   ".join(f"{shown(each.keys[0])} {each.hint}" for each in keys if each.hint)


def button(keys: Iterable[OwnKey], does: str, word: str = "") -> tuple[str, str, str]:
    """One of them as a button, with another word if one is given."""
    from tui.commands.keys import shown

    own = next(each for each in keys if each.does == does)
    return own.does, shown(own.keys[0]), word or own.hint


def buttons(keys: Iterable[OwnKey]) -> tuple[tuple[str, str, str], ...]:
    """All that have a word, as buttons."""
    keys = tuple(keys)
    return tuple(button(keys, each.does) for each in keys if each.hint)


def help_rows() -> tuple[HelpRow, ...]:
    """All of them, dialog by dialog, for the help page."""
    from tui.commands.keys import shown
    from tui.screens import dialogs

    told = [("in lists of dialogs", MOVES), *((each.WHERE, each.KEYS) for each in dialogs())]
    return tuple(
        HelpRow(where, "  ".join(map(shown, each.keys)), each.does, each.help) for where, keys in told for each in keys
    )
