"""The terminal: its size, kind and colours, and whether the app can open in it. It asks the terminal what it is."""

import os

from engine.config import config_path
from tui.cli.examining import Facts
from tui.cli.opening.terminal import obstacle
from tui.output.colours import decide, named
from tui.output.descriptor import terminal
from tui.settings.chosen import Settings
from tui.settings.reading import read_config
from tui.terminal.interview import interview
from tui.terminal.protocol import choose, name_of
from tui.terminal.surroundings import look_around
from tui.terminal.window import cell_of


def examine() -> Facts:
    """What the environment says, the size in cells, and what hinders the app."""
    try:
        columns, rows = os.get_terminal_size(1)
        size: str | None = f"{columns} x {rows}"
    except OSError:
        size = None
    around, answers = look_around(os.environ), interview(os.environ)
    colours = named(decide(os.environ), answers.name)
    wanted = Settings(read_config(config_path())).origin("graphics")
    choice = choose(os.environ, answers, *wanted, around.behind)
    cell = cell_of(terminal()) or answers.cell
    return {
        "app": obstacle() or "can open",
        "size": size,
        "TERM": os.environ.get("TERM"),
        "colours": f"{colours.depth} ({colours.reason})",
        "pictures": f"{choice.protocol} ({choice.reason})",
        "name": name_of(os.environ, answers) or None,
        "answers": answers.complete,
        "cell": f"{cell[0]} x {cell[1]} pixels" if cell else None,
        "between": around.multiplexer or None,
        "behind": around.behind or None,
        "remote": around.remote,
    }
