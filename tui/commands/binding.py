"""A person's own keys for commands, in place of those they have by default. What cannot be is a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from engine.errors import quoted
from tui.commands import Command, commands, keymap
from tui.commands.keys import shown, written
from tui.settings import FILE

TAKEN: Mapping[str, str] = {
    "ctrl+s": "stops the output of many terminals",
    "ctrl+q": "lets the output of many terminals go on",
    "ctrl+b": "is tmux's own",
    "ctrl+a": "is GNU screen's own",
    "ctrl+i": "comes as ⇥",
    "ctrl+h": "comes as backspace",
    "ctrl+m": "comes as ⏎",
    "ctrl+j": "comes as ⏎ from many terminals",
    "ctrl+z": "leaves programs waiting in the shell",
    "ctrl+c": "ends programs",
    "ctrl+backslash": "ends programs",
    "ctrl+left_square_bracket": "comes as esc",
}
"""Keys that terminals, tmux or shells keep for themselves, and why one should have another."""

Wanted = dict[str, tuple[str, ...]]
Conflicts = dict[tuple[str, str, str], list[str]]
"""Keys by who has them, who has not, and the pane if it is one only."""


def bind(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Give commands these keys, by their names: a key or a list of keys, `images:` or `stack:` before one or nothing.

    All others have theirs by default, unless a person gave such a key away. Where two commands of one pane would have
    one key, the first of the file has it. A sentence for everything that is not as asked.
    """
    problems: list[str] = []
    wanted = dict(_wanted(given, problems))
    known = commands()
    order = [*(known[name] for name in wanted), *(each for each in known.values() if each.name not in wanted)]
    owners: dict[tuple[str, str], Command] = {}
    conflicts: Conflicts = {}
    for command in order:
        command.keys = tuple(_claimed(command, wanted, owners, conflicts))
    keymap.cache_clear()
    return (*problems, *(_conflict(*between, keys, wanted) for between, keys in conflicts.items()))


def default_keys(command: Command) -> tuple[str, ...]:
    """Those that a command has unless a person wants others."""
    return type(command).keys


def panes() -> tuple[str, ...]:
    """The panes in which a key may count."""
    found = {key.rpartition(":")[0] for command in commands().values() for key in default_keys(command)}
    return tuple(sorted(found - {""}))


def _wanted(given: Mapping[str, Any], problems: list[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The keys by commands, as far as there are such."""
    for name, keys in given.items():
        if name not in commands():
            near = get_close_matches(name, commands(), n=1, cutoff=0.0)
            problems.append(f"{FILE}: there is no command {quoted(name)} to give keys; the nearest is {near[0]}.")
            continue
        texts = [keys] if isinstance(keys, str) else keys
        if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
            problems.append(f'{FILE}: {name} must be a key or a list of keys, such as {name} = "f5".')
            continue
        yield name, tuple(_keys(name, texts, problems))


def _keys(name: str, texts: list[str], problems: list[str]) -> Iterator[str]:
    for text in texts:
        pane, _, rest = text.partition(":")
        pane = pane if pane in panes() and rest else ""
        key = written(rest if pane else text)
        if key is None:
            problems.append(f"{FILE}: {quoted(text)}, for {name}, is no key.")
            continue
        if key in TAKEN and key not in default_keys(commands()[name]):
            problems.append(f"{FILE}: {name} is on {shown(key)}, which {TAKEN[key]}: choose another key.")
        yield f"{pane}:{key}" if pane else key


def _claimed(
    command: Command, wanted: Wanted, owners: dict[tuple[str, str], Command], conflicts: Conflicts
) -> Iterator[str]:
    """The keys that this command gets of those it should have, and their owners from now on."""
    for key in wanted.get(command.name, default_keys(command)):
        pane, _, name = key.rpartition(":")
        places = [pane] if pane else panes()
        lost: dict[str, list[str]] = {}
        for each in places:
            owner = owners.setdefault((each, name), command)
            if owner is not command:
                lost.setdefault(owner.name, []).append(each)
        for owned_by, there in lost.items():
            where = there[0] if len(there) < len(panes()) else ""
            conflicts.setdefault((owned_by, command.name, where), []).append(shown(name))
        if any(owners[each, name] is command for each in places):
            yield key


def _conflict(owner: str, other: str, pane: str, keys: list[str], wanted: Wanted) -> str:
    given = " and ".join(filter(None, [", ".join(keys[:-1]), keys[-1]])) + (f" in the {pane}" if pane else "")
    if other in wanted:
        return f"{FILE} gives {given} to {owner} and to {other}: {owner} has it."
    return f"{FILE} gives {given} to {owner}, which {other} has by default: give {other} another key there."
