"""The command `show_layers`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import on_a_filter

if TYPE_CHECKING:
    from tui.app import Safelight


class ShowLayers(Command):
    """Show the opacity, blend mode and mask of each filter, or only those that are set."""

    title = "Opacity, blend and mask"
    keys = ("stack:o",)
    hint = "layers"
    rank = 25

    def run(self, app: Safelight) -> None:
        """Show them, or hide them again."""
        place = app.main.stack.place
        app.bridge.show_layers(None if place is None else place.step)

    def offered(self, app: Safelight) -> bool:
        """Only with a filter to show them of."""
        return on_a_filter(app)
