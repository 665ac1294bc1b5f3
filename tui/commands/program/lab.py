"""The command `lab`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app import Safelight
    from tui.bridge.laboratory import Plate


class Lab(Command):
    """Develop the image by every way that Python can run code, see how long each takes, and watch its threads."""

    title = "Laboratory"
    keys = ("A",)
    rank = 66
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Its workers are let go when it is left."""
        from engine.lab.strategies import strategies
        from tui.bridge.laboratory import Recipe
        from tui.screens.lab import LabScreen

        current = app.main.images.current
        if current is None:
            app.tell(NoticeGiven("There is no image to develop."))
            return

        def develop(
            name: str, stops: float, gamma: float, blur: bool, size: tuple[int, int], then: Callable[[Plate], None]
        ) -> None:
            recipe = Recipe(name, stops, gamma, blur)
            app.bridge.laboratory.develop(current.path, recipe, size, app.sight.way(), then)

        offered = tuple((each.name, each.title, each.summary) for each in strategies().values())
        track = app.bridge.racing.on(current.path, app.sight.link.profile())
        app.push_screen(LabScreen(offered, develop, track), lambda _: app.bridge.laboratory.leave())
