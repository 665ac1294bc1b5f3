"""The command `compare_presets`. It holds no state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven
from tui.values import OfferRow

if TYPE_CHECKING:
    from tui.app import Safelight
    from tui.bridge.presets import Offered
    from tui.screens.compare_presets import Fill

AS_IT_IS = OfferRow("as it is", "", "The picture with the stack that it has.")


class ComparePresets(Command):
    """Look at the picture by every preset side by side, and put one on the stack."""

    title = "Compare presets"
    keys = ("semicolon",)
    rank = 31
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Read them, and have pictures made of those in view."""
        from tui.screens.compare_presets import ComparePresetsScreen

        stack, path = app.bridge.stack, app.bridge.preview.path
        if stack is None or not path:
            app.tell(NoticeGiven("There is no picture to compare presets on."))
            return
        stacks = {0: stack}

        def want(numbers: Sequence[int], size: tuple[int, int], fill: Fill) -> None:
            wanted = {number: stacks[number] for number in numbers if number in stacks}
            app.bridge.comparing.draw(path, wanted, size, app.sight.way(), fill)

        def show(offered: tuple[Offered, ...]) -> None:
            sound = {number: each.stack for number, each in enumerate(offered, 1) if each.stack is not None}
            stacks.update({number: type(stack)((*stack.steps, *each.steps)) for number, each in sound.items()})
            screen.show((AS_IT_IS, *(each.row for each in offered)))

        screen = ComparePresetsScreen(want)
        app.push_screen(screen, lambda name: self._put(app, name))
        app.bridge.presets.stacks(show)

    def _put(self, app: Safelight, name: str | None) -> None:
        app.bridge.comparing.leave()
        if name is not None:
            app.main.enter("stack")
            app.bridge.presets.put(name)
