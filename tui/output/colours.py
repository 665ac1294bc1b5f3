"""How many colours the terminal has, told from the environment alone: asks the terminal nothing, imports no Textual."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Depth = Literal["truecolor", "256", "none"]
"""24-bit colour, xterm's 256, or none at all."""

TRUECOLOR_TERMS = (
    "xterm-kitty",
    "xterm-ghostty",
    "ghostty",
    "alacritty",
    "foot",
    "wezterm",
    "contour",
    "iterm",
    "mintty",
    "rio",
)
"""Terminals with a name of their own in TERM, which is all that ssh is sure to carry along."""
TRUECOLOR_PROGRAMS = (
    "iTerm.app",
    "iTerm2",
    "WezTerm",
    "vscode",
    "ghostty",
    "Hyper",
    "mintty",
    "WarpTerminal",
    "rio",
    "Tabby",
)
"""Values of TERM_PROGRAM and LC_TERMINAL; a multiplexer's panes inherit them from wherever it was started."""
TRUECOLOR_NAMES = (
    *("kitty", "ghostty", "iterm2", "wezterm", "foot", "konsole", "vte(", "contour", "mintty", "alacritty", "rio"),
    *("warp", "xterm.js", "safelight"),
)
"""Beginnings of what terminals call themselves (XTVERSION), in lower case."""
TRUECOLOR_MARKS = ("KITTY_WINDOW_ID", "ALACRITTY_WINDOW_ID", "KONSOLE_VERSION", "WT_SESSION")
FEW_COLOURS = ("", "dumb", "unknown", "vt", "lat", "sun")
"""Beginnings of TERM for terminals that have fewer than 256 colours and would show rubbish for them."""
CHOICES: Mapping[str, Depth] = {"truecolor": "truecolor", "256": "256", "none": "none"}


@dataclass(frozen=True, slots=True)
class Colours:
    """A decision and what it rests on."""

    depth: Depth
    reason: str
    """One clause for people, such as `COLORTERM is truecolor`."""
    guessed: bool = False
    """Whether nothing was said of 24-bit colour: ssh does not carry COLORTERM along unless told."""


def decide(environ: Mapping[str, str]) -> Colours:
    """The colours to write: NO_COLOR wins, then a choice made by hand, then what the terminal says of itself."""
    if environ.get("NO_COLOR"):
        return Colours("none", "NO_COLOR is set")
    chosen = environ.get("TEXTUAL_COLOR_SYSTEM", "").lower()
    if chosen in CHOICES:
        return Colours(CHOICES[chosen], f"TEXTUAL_COLOR_SYSTEM is {chosen}")
    term = environ.get("TERM", "").lower()
    if term in FEW_COLOURS or term.startswith(FEW_COLOURS[3:]):
        return Colours("none", f"TERM is {term}" if term else "TERM is not set")
    return _many(environ, term)


def named(colours: Colours, name: str) -> Colours:
    """The decision once the terminal has said what it is called; empty while it has not."""
    if colours.guessed and name.lower().startswith(TRUECOLOR_NAMES):
        return Colours("truecolor", f"{name} has 24-bit colour")
    return colours


def _many(environ: Mapping[str, str], term: str) -> Colours:
    if "STY" in environ:
        return Colours("256", "GNU screen passes 256 colours")
    announced = environ.get("COLORTERM", "").lower()
    if announced in ("truecolor", "24bit"):
        return Colours("truecolor", f"COLORTERM is {announced}")
    if term.endswith("-direct") or term.startswith(TRUECOLOR_TERMS):
        return Colours("truecolor", f"TERM is {term}, a terminal with 24-bit colour")
    if "TMUX" not in environ:
        for name in ("TERM_PROGRAM", "LC_TERMINAL"):
            if environ.get(name) in TRUECOLOR_PROGRAMS:
                return Colours("truecolor", f"{name} is {environ[name]}, a terminal with 24-bit colour")
        for name in TRUECOLOR_MARKS:
            if name in environ:
                return Colours("truecolor", f"{name} is set by a terminal with 24-bit colour")
        if environ.get("VTE_VERSION", "").isdigit() and int(environ["VTE_VERSION"]) >= 3600:
            return Colours("truecolor", "VTE_VERSION is set by a terminal with 24-bit colour")
    return Colours("256", f"TERM is {term} and COLORTERM says nothing of 24-bit colour", guessed=True)
