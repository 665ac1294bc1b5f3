"""docs/keys.md: every command of the app with all its keys, from the commands themselves."""

from itertools import groupby
from operator import attrgetter

from tui.commands import Command, commands
from tui.commands.keys import shown
from tui.screens.own_keys import help_rows

FILE, MARK = "docs/keys.md", ""
HEAD = """# The keys

The app has two panes that take keys, the images on the left and the stack on the right; a key that counts in one of
them only says so. The mouse works everywhere. `?` shows this list in the app, and `:` finds a command by a few letters
of its name. [Other keys](configuration.md#keys) are given in `config.toml`.
"""
DIALOGS = """## Dialogs

These keys count in one dialog only, and are always the same.
"""


def text() -> str:
    """The page."""
    parts = [HEAD]
    for group, members in groupby(commands().values(), attrgetter("group")):
        lines = [f"## {group.capitalize()}", "", "| Keys | Command | |", "| --- | --- | --- |"]
        lines += [f"| {keys(each)} | {each.title} | {each.help} |" for each in members]
        parts.append("\n".join([*lines, ""]))
    parts.append(DIALOGS)
    for group, rows in groupby(help_rows(), attrgetter("group")):
        lines = [f"### {group.capitalize()}", "", "| Keys | |", "| --- | --- |"]
        lines += [f"| {' '.join(f'<kbd>{key}</kbd>' for key in row.keys.split('  '))} | {row.help} |" for row in rows]
        parts.append("\n".join([*lines, ""]))
    return "\n".join(parts)


def keys(command: Command) -> str:
    """The keys of a command, with the pane in which each counts if it does not count in all."""
    panes: dict[str, list[str]] = {}
    for key in command.keys:
        panes.setdefault(key.rpartition(":")[0], []).append(f"<kbd>{shown(key)}</kbd>".replace("|", "&#124;"))
    return "; ".join(" ".join(names) + (f" in the {pane}" if pane else "") for pane, names in panes.items())
