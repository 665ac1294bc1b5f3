"""The setting `graphics`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.settings import Setting
from tui.terminal.protocol import NAMES

if TYPE_CHECKING:
    from tui.app import Safelight


class Graphics(Setting):
    """How pictures are drawn: auto goes by what the terminal answers; the others are pixels by three protocols, then
    characters.
    """

    words = ("auto", *NAMES)
    flag = "--graphics"

    def apply(self, app: Safelight) -> None:
        """From the next picture on, which comes now."""
        app.sight.want(app.settings.word("graphics"))
        app.survey()
