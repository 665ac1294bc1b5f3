"""Which way of drawing pictures a terminal gets, and why: from its answers, its surroundings and a person's choice."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from tui.terminal.answers import Answers

Protocol = Literal["kitty", "iterm2", "sixel", "sextants", "quadrants", "half", "ascii"]
"""Pixels in one of three protocols, or cells: six, four or two fields in each, or characters."""
NAMES: tuple[Protocol, ...] = get_args(Protocol)
PARTS = {"safelight": (0, 0), "iterm2": (3, 5)}
"""Terminals that take such an image in parts, and since when. Others take it as one sequence, or not at all."""
VERSION = re.compile(r"(\d+)\.(\d+)")
PLACEHOLDERS = {"kitty": (0, 28), "ghostty": (0, 0)}
"""Terminals that show pictures by placeholders, and since when. Others answer as if they did, and do not."""
INLINE = ("safelight", "iterm2", "wezterm", "mintty", "konsole", "rio", "tabby", "vscode", "warp")
"""Terminals that show inline images of iTerm2, by the beginnings of their names in lower case; the first
is our page in a browser."""
PROGRAMS = {
    "iTerm.app": "iterm2",
    "iTerm2": "iterm2",
    "WezTerm": "wezterm",
    "vscode": "vscode",
    "mintty": "mintty",
    "ghostty": "ghostty",
    "WarpTerminal": "warp",
    "rio": "rio",
    "Tabby": "tabby",
    "kitty": "kitty",
}
"""Names of terminals by TERM_PROGRAM and LC_TERMINAL, for those that do not say who they are."""
TERMS = {"xterm-kitty": "kitty", "xterm-ghostty": "ghostty", "wezterm": "wezterm", "rio": "rio"}
"""The same by TERM."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A way of drawing pictures and what it rests on."""

    protocol: Protocol
    reason: str
    """One clause for people, such as `kitty(0.36.4) has Kitty graphics`."""
    passthrough: bool = False
    """Whether sequences have to pass through tmux."""
    placeholders: bool = True
    """Whether Kitty's pictures are shown by characters; else they are placed over cells."""
    whole: bool = False
    """Whether a picture is one sequence, which nothing can interrupt."""


def choose(environ: Mapping[str, str], answers: Answers, wanted: str = "", why: str = "", behind: str = "") -> Choice:
    """The way for a terminal in these surroundings that has answered so far.

    `wanted` is a name of `NAMES` that a person chose, and `why` where; `auto` or nothing leaves the choice to what is
    known. `behind` is the name of the terminal behind a tmux that lets sequences pass, empty where it does not.
    """
    if wanted in NAMES:
        tmux, name = bool(environ.get("TMUX")), name_of(environ, answers)
        placeholders = tmux or not name or _since(PLACEHOLDERS, name)
        return Choice(wanted, f"chosen by {why}", tmux, placeholders, _is_whole(wanted, name))
    if environ.get("NO_COLOR"):
        return Choice("ascii", "NO_COLOR is set")
    if environ.get("TERM", "").lower() in ("", "dumb", "unknown"):
        return Choice("ascii", f"TERM is {environ.get('TERM') or 'not set'}")
    if environ.get("STY"):
        return Choice("half", "GNU screen passes no pictures")
    if environ.get("TMUX"):
        return _through_tmux(behind)
    return _direct(environ, answers)


def name_of(environ: Mapping[str, str], answers: Answers) -> str:
    """What the terminal is called: by itself, else by what the environment says of it; perhaps with a version."""
    if answers.name:
        return answers.name
    for variable in ("TERM_PROGRAM", "LC_TERMINAL"):
        if environ.get(variable) in PROGRAMS:
            version = environ.get(f"{variable}_VERSION", "")
            return f"{PROGRAMS[environ[variable]]} {version}".strip()
    return TERMS.get(environ.get("TERM", ""), "konsole" if environ.get("KONSOLE_VERSION") else "")


def _direct(environ: Mapping[str, str], answers: Answers) -> Choice:
    name = name_of(environ, answers)
    if answers.graphics and _since(PLACEHOLDERS, name):
        return Choice("kitty", f"{name} has Kitty graphics with placeholders")
    if answers.graphics and name.lower().startswith("kitty"):
        return Choice("kitty", f"{name} has Kitty graphics, from before placeholders", placeholders=False)
    if name.lower().startswith(INLINE):
        return Choice("iterm2", f"{name} shows inline images", whole=_is_whole("iterm2", name))
    if answers.sixel:
        return Choice("sixel", f"{name or 'the terminal'} says that it has Sixel", whole=True)
    if not answers.complete:
        return Choice("half", "the terminal has not answered yet")
    return Choice("half", f"{name or 'the terminal'} says nothing of pictures")


def _through_tmux(behind: str) -> Choice:
    if not behind:
        return Choice("half", "tmux passes no pictures: set -g allow-passthrough on lets them through")
    if _since(PLACEHOLDERS, behind):
        return Choice("kitty", f"{behind} behind tmux has Kitty graphics with placeholders", passthrough=True)
    return Choice("half", f"{behind} behind tmux has no pictures that tmux can keep in place")


def _is_whole(protocol: Protocol, name: str) -> bool:
    return protocol == "sixel" or (protocol == "iterm2" and not _since(PARTS, name))


def _since(versions: Mapping[str, tuple[int, int]], name: str) -> bool:
    """Whether a terminal is one of these, and not too old."""
    brand = next((brand for brand in versions if name.lower().startswith(brand)), None)
    if brand is None:
        return False
    found = VERSION.search(name)
    return found is None or (int(found[1]), int(found[2])) >= versions[brand]
