"""Keys as a person reads them. Binds none."""

from __future__ import annotations

from textual.keys import format_key

from tui.commands import Command

SYMBOLS = {"up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "⏎", "tab": "⇥", "escape": "esc"}
WORDS = {"pageup": "page up", "pagedown": "page down", "backspace": "backspace", "delete": "del"}


def shown(key: str) -> str:
    """One key, without the pane it counts in."""
    name = key.rpartition(":")[2]
    *modifiers, last = name.split("+")
    text = SYMBOLS.get(last) or WORDS.get(last) or format_key(last)
    return "-".join([*modifiers, text])


def first_key(command: Command, pane: str) -> str:
    """The key to name where there is room for one: the first that counts in this pane."""
    here = [key for key in command.keys if key.rpartition(":")[0] in ("", pane)]
    return shown((here or command.keys)[0])


def shown_keys(command: Command) -> str:
    """All keys, side by side."""
    return "  ".join(dict.fromkeys(shown(key) for key in command.keys))
