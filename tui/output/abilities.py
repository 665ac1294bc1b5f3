"""Which shortcuts the terminal surely has, told from the environment alone: when in doubt, none."""

from collections.abc import Mapping
from dataclasses import dataclass

ERASES_WITH_BACKGROUND = (
    *("xterm", "tmux", "alacritty", "foot", "kitty", "wezterm", "ghostty", "konsole", "vte", "rxvt", "linux", "iterm"),
    *("mintty", "contour", "rio", "st-"),
)
"""Beginnings of TERM whose terminals fill what they erase with the background in use; GNU screen does not."""
REPEATS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour")
"""Terminals known by a name of their own to repeat a character. Everybody claims to be `xterm`, mosh too."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """Shortcuts in bytes that not every terminal understands."""

    erase: bool = False
    """Erasing fills with the background colour in use (terminfo's bce)."""
    repeat: bool = False
    """`CSI n b` writes the last character n times more (terminfo's rep)."""


def abilities(environ: Mapping[str, str]) -> Abilities:
    """What can be relied on in this environment."""
    term = environ.get("TERM", "").lower()
    if "STY" in environ:
        return Abilities()
    in_tmux = "TMUX" in environ
    return Abilities(
        erase=in_tmux or term.startswith(ERASES_WITH_BACKGROUND),
        repeat=not in_tmux and (term.startswith(REPEATS) or (term.startswith("xterm") and "VTE_VERSION" in environ)),
    )


def asks(environ: Mapping[str, str]) -> bool:
    """Whether a terminal of that name is one that answers questions, or shows rubbish instead."""
    return environ.get("TERM", "").lower() not in ("", "dumb", "unknown")
