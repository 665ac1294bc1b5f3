"""The terminal: its size, kind and colours, and whether the app can open in it. It sends the terminal nothing."""

import os

from tui.cli.examining import Facts
from tui.cli.opening.terminal import obstacle
from tui.output.colours import decide


def examine() -> Facts:
    """What the environment says, the size in cells, and what hinders the app."""
    try:
        columns, rows = os.get_terminal_size(1)
        size: str | None = f"{columns} x {rows}"
    except OSError:
        size = None
    colours = decide(os.environ)
    return {
        "app": obstacle() or "can open",
        "size": size,
        "TERM": os.environ.get("TERM"),
        "colours": f"{colours.depth} ({colours.reason})",
        "tmux": "TMUX" in os.environ,
        "ssh": "SSH_CONNECTION" in os.environ,
    }
