"""The setting `edits`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.settings import Switch

if TYPE_CHECKING:
    from tui.app import Safelight


class Edits(Switch):
    """Every image has edits of its own, kept in a small file beside it; off, one stack is for all, and none is kept."""

    def apply(self, app: Safelight) -> None:
        """At once."""
        if app.bridge.shared is app.settings.is_on("edits"):
            app.bridge.share(not app.settings.is_on("edits"))
