"""The table `[keys]` of docs/configuration.md with every command and the keys it has by default."""

import json
from itertools import groupby
from operator import attrgetter

from tui.commands import Command, commands
from tui.commands.binding import default_keys
from tui.commands.keys import SYMBOLS, shown

FILE, MARK = "docs/configuration.md", "keys by default"


def text() -> str:
    """TOML, which says what is so without it."""
    lines = ["```toml", "[keys]"]
    for group, members in groupby(commands().values(), attrgetter("group")):
        lines += [f"# {group}", *(f"{each.name} = {keys(each)}" for each in members)]
    return "\n".join([*lines, "```", ""])


def keys(command: Command) -> str:
    """A key, or a list of them."""
    written = [typed(key) for key in default_keys(command)]
    return json.dumps(written[0] if len(written) == 1 else written, ensure_ascii=False)


def typed(key: str) -> str:
    """A key as one types it: its name where it is shown by a symbol."""
    pane, _, name = key.rpartition(":")
    text = name.replace("+", "-") if name.rpartition("+")[2] in SYMBOLS else shown(key)
    return f"{pane}:{text}" if pane else text
