"""Keys as a person reads and writes them: what is shown can be written. Binds none."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, format_key

from tui.commands import Command

SYMBOLS = {"up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "⏎", "tab": "⇥", "escape": "esc"}
WORDS = {"pageup": "page up", "pagedown": "page down", "backspace": "backspace", "delete": "del"}
WRITTEN = {shown: key for key, shown in (SYMBOLS | WORDS).items()} | {"return": "enter"}
LAST = 0x3100
"""No keyboard has a mark of its own beyond."""
MODIFIERS = ("ctrl", "shift", "alt", "super")
MODIFIER = re.compile(f"({'|'.join(MODIFIERS)})[-+](.+)", re.IGNORECASE | re.DOTALL)


def shown(key: str) -> str:
    """One key, without the pane it counts in."""
    name = key.rpartition(":")[2]
    *modifiers, last = name.split("+")
    text = SYMBOLS.get(last) or WORDS.get(last) or format_key(last)
    if "_" in text:
        text = _characters().get(last, text)
    return "-".join([*modifiers, text])


def written(text: str) -> str | None:
    """The key that a person means, by Textual's name: `?`, `ctrl-r`, `page up` or `question_mark`; None for no key."""
    modifiers, rest = set[str](), text
    while found := MODIFIER.match(rest):
        modifiers.add(found[1].lower())
        rest = found[2]
    last = _named(rest)
    if last is None:
        return None
    if len(last) == 1 and modifiers:
        # Terminals say nothing of Shift beside a letter: the letter is another one.
        last = last.upper() if modifiers == {"shift"} else last.lower()
        modifiers -= {"shift"} if last.isupper() else set()
    return "+".join([*(each for each in MODIFIERS if each in modifiers), last])


def first_key(command: Command, pane: str) -> str:
    """The key to name where there is room for one: the first that counts in this pane; empty where there is none."""
    here = [key for key in command.keys if key.rpartition(":")[0] in ("", pane)]
    return next((shown(key) for key in here or command.keys), "")


def shown_keys(command: Command) -> str:
    """All keys, side by side."""
    return "  ".join(dict.fromkeys(shown(key) for key in command.keys))


def _named(text: str) -> str | None:
    """A key without modifiers by its name, by its character or as it is shown."""
    name = WRITTEN.get(text, text) if len(text) == 1 else WRITTEN.get(text.strip().lower(), text.strip().lower())
    if name in _known() or (len(name) == 1 and name.isalnum()):
        return name
    return (_name(name) if len(name) == 1 and name.isprintable() else name if name in _characters() else "") or None


def _name(character: str) -> str:
    """Textual's name of a character that is neither letter nor digit; empty where it has none."""
    full = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(full, full)


@cache
def _characters() -> dict[str, str]:
    """Characters of keyboards, neither letters nor digits, by their names."""
    found = map(chr, range(ord(" "), LAST))
    return {_name(each): each for each in found if each.isprintable() and not each.isalnum() and _name(each)}


@cache
def _known() -> frozenset[str]:
    """Names of keys that are no characters."""
    return frozenset(each.value for each in Keys if "+" not in each.value and "<" not in each.value)
