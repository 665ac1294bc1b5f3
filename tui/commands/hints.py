"""The keys to offer in the lowest line, from the commands themselves. Draws nothing."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from engine.confinement import read_only
from tui.commands import commands
from tui.commands.keys import first_key
from tui.widgets.key_bar import Hint

if TYPE_CHECKING:
    from tui.app import Safelight


ALWAYS = 80
"""Commands of this rank and above have their hints where there is room for few."""


def hints(app: Safelight) -> tuple[Hint, ...]:
    """What can be done here and now, the commands with the smallest rank first."""
    pane = app.main.pane
    kept_from = read_only()
    offered = [
        each for each in commands().values() if each.hint and not (kept_from and each.writes) and each.offered(app)
    ]
    return tuple(
        Hint(first_key(each, pane), each.hint, each.name, always=each.rank >= ALWAYS)
        for each in sorted(offered, key=attrgetter("rank"))
    )
