"""The setting `link`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.output.link import NAMES, Name
from tui.settings import Setting

if TYPE_CHECKING:
    from tui.app import Safelight


class Link(Setting):
    """How much is sent over the line to the terminal: auto measures it; a thin line gets coarse pictures first, and
    fewer colours.
    """

    words = ("auto", *NAMES)

    def apply(self, app: Safelight) -> None:
        """At once."""
        app.sight.link.chosen = chosen(app.settings.word("link"))
        app.survey()


def chosen(word: str) -> Name | None:
    """The profile of that name; None where the line is to be measured."""
    return next((name for name in NAMES if name == word), None)
