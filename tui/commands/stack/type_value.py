"""The command `type_value`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.stack import on_a_parameter
from tui.commands.stack.edit_value import subject

if TYPE_CHECKING:
    from engine.parameters import Value
    from tui.app import Safelight


class TypeValue(Command):
    """Type the value of the parameter: a number up to its limits, or the beginning of a word."""

    title = "Type a value"
    keys = ("equals_sign",)
    hint = "type"
    rank = 22

    def run(self, app: Safelight) -> None:
        """Ask for the value."""
        from tui.screens.type_value import TypeValueScreen

        place, held = app.main.stack.place, app.main.stack.setting
        if place is None or held is None:
            return
        parameter, value = held

        def take(typed: Value | None) -> None:
            if typed is not None:
                app.bridge.set_value(place.step, parameter.name, typed)

        app.push_screen(TypeValueScreen(parameter, value), take)

    def offered(self, app: Safelight) -> bool:
        """Only on a parameter that has no editor of its own."""
        return on_a_parameter(app) and subject(app) is None
