"""The README's table of keys: a row for each group, from the commands themselves."""

from itertools import groupby
from operator import attrgetter

from tui.commands import Command, commands
from tui.commands.keys import shown

FILE, MARK = "README.md", "keys"
FEW = 3
"""Keys named for each command; docs/keys.md has them all."""


def text() -> str:
    """Every command with its first keys."""
    lines = ["| On | Keys |", "| --- | --- |"]
    for group, members in groupby(commands().values(), attrgetter("group")):
        lines.append(f"| {group} | {'; '.join(entry(each) for each in members)} |")
    return "\n".join(lines) + "\n"


def entry(command: Command) -> str:
    """The keys and what they do."""
    keys = dict.fromkeys(shown(key) for key in command.keys)
    return f"{' '.join(f'<kbd>{key}</kbd>' for key in list(keys)[:FEW])} {command.title[0].lower()}{command.title[1:]}"
