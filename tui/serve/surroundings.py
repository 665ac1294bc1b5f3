"""What the app is told of its terminal in a browser, and what of our own terminal it is not told. Starts nothing."""

from collections.abc import Mapping

from engine.child import environment, python_command

SERVED = "SAFELIGHT_SERVED"
OURS = (
    *("TMUX", "TMUX_PANE", "STY", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "TERM_PROGRAM", "TERM_PROGRAM_VERSION"),
    *("LC_TERMINAL", "LC_TERMINAL_VERSION", "KONSOLE_VERSION", "VTE_VERSION", "KITTY_WINDOW_ID", "WINDOWID", "DISPLAY"),
    *("NO_COLOR", "COLUMNS", "LINES", "WAYLAND_DISPLAY", "SAFELIGHT_GRAPHICS", "SAFELIGHT_LINK"),
)
"""Of the terminal that the server was started in."""


def command(root: str, *, read_only: bool) -> list[str]:
    """The app on a folder that it does not leave."""
    return [*python_command("tui"), f"--root={root}", *(["--read-only"] if read_only else [])]


def surroundings() -> dict[str, str]:
    """The environment of the app: a terminal as xterm.js is, at the end of a line that is to be measured."""
    kept: Mapping[str, str] = {name: value for name, value in environment().items() if name not in OURS}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", SERVED: "1"}
