"""The setting `theme`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.settings import Setting
from tui.theme import PALETTES, ground

if TYPE_CHECKING:
    from tui.app import Safelight


class Theme(Setting):
    """The colours that the app is drawn in: safelight is dark, daylight is light, contrast is for eyes that need it."""

    words = tuple(PALETTES)

    def apply(self, app: Safelight) -> None:
        """At once, the ground around pictures too."""
        app.theme = app.settings.word("theme")
        app.sight.stand_on(ground(app.theme))
        app.survey()
