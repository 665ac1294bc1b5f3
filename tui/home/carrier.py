"""Which terminals take files, told from their own words. Asks nothing."""

import re
from collections.abc import Mapping

from tui.home.pieces import Carrier

KITTY, ITERM2 = (0, 30), (3, 5)
"""The first versions with the protocols used here (kitty's change log; iTerm2's documentation of images)."""
PAGE = (1, 0)
"""Our own page in a browser takes what iTerm2 takes."""
NAMED = re.compile(r"(kitty|iTerm2|Safelight)[ (](\d{1,4})\.(\d{1,4})")


def carrier(version: str, environ: Mapping[str, str]) -> Carrier | None:
    """How files go to the terminal that calls itself `version` (XTVERSION); None when they do not.

    Under a multiplexer they do not: it would swallow what is sent, or the answers.
    """
    found = NAMED.match(version)
    if found is None or "TMUX" in environ or "STY" in environ:
        return None
    number = (int(found[2]), int(found[3]))
    if found[1] == "kitty":
        return "kitty" if number >= KITTY else None
    return "iterm2" if number >= (PAGE if found[1] == "Safelight" else ITERM2) else None
