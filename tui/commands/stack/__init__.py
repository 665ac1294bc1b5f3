"""Commands on the stack of filters, and what several of them share."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import Safelight

PLACE = 3
"""Of the group among the others."""


def nudge(app: Safelight, steps: int) -> None:
    """Move the parameter under the cursor by so many steps, inside its range."""
    place, held = app.main.stack.place, app.main.stack.setting
    if place is not None and held is not None:
        parameter, value = held
        app.bridge.set_value(place.step, parameter.name, parameter.nudge(value, steps))


def move_filter(app: Safelight, by: int) -> None:
    """Move the filter under the cursor within the stack, the cursor with it."""
    place, stack = app.main.stack.place, app.bridge.stack
    if place is None or stack is None:
        return
    target = min(max(place.step + by, 0), len(stack.steps) - 1)
    app.bridge.change(stack.move(place.step, by), target)


def on_a_filter(app: Safelight) -> bool:
    """Whether the keys act on a filter of the stack."""
    return app.main.pane == "stack" and app.main.stack.count > 0


def on_a_parameter(app: Safelight) -> bool:
    """Whether the keys act on a parameter."""
    return app.main.pane == "stack" and app.main.stack.setting is not None
