"""The command `add_filter`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven
from tui.values import OfferRow

if TYPE_CHECKING:
    from tui.app import Safelight


class AddFilter(Command):
    """Choose a filter, seeing what each would do, and put it at the end of the stack."""

    title = "Add a filter"
    keys = ("f",)
    hint = "filter"
    rank = 30
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask which one."""
        from tui.screens.add_filter import AddFilterScreen

        if not app.bridge.filters:
            app.tell(NoticeGiven("The filters are still loading; try again in a moment."))
            return
        offers = tuple(OfferRow(each.name, each.group, each.help) for each in app.bridge.filters.values())

        def consider(name: str) -> None:
            from engine.stack import Step

            app.bridge.try_out((Step.of(name),))

        app.push_screen(AddFilterScreen(offers, consider=consider), lambda name: self._add(app, name))

    def _add(self, app: Safelight, name: str | None) -> None:
        from engine.stack import Step

        app.bridge.try_out(None)
        stack = app.bridge.stack
        if name is None or stack is None:
            return
        app.main.enter("stack")
        app.bridge.change(stack.add(Step.of(name)), len(stack.steps))
