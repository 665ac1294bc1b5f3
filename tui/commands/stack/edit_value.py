"""The command `edit_value`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import SafelightError
from tui.commands import Command
from tui.messages import NoticeGiven
from tui.values import Spot

if TYPE_CHECKING:
    from engine.parameters import Value
    from tui.app import Safelight
    from tui.editing.subject import Subject

CHANGED = "The stack has changed meanwhile; what was edited is not kept."


class EditValue(Command):
    """Edit a curve, colours, a gradient, a mask or a place of the picture on the screen; type any other value."""

    title = "Edit the parameter"
    keys = ("stack:enter",)
    hint = "edit"
    rank = 22

    def run(self, app: Safelight) -> None:
        """Open the editor for what is under the cursor."""
        from tui.editing.room import Room
        from tui.screens.editors import editor

        edited = subject(app)
        try:
            screen = None if edited is None else editor(edited, Room(app))
        except (SafelightError, LookupError, ValueError):
            # A filter of a person's own may call a text a curve that is none.
            screen = None
        if screen is None or edited is None:
            app.run_command("type_value")
            return
        if app.bridge.preview.before:
            app.bridge.preview.compare(False)
        app.push_screen(screen, lambda values: self._keep(app, edited, values))

    def _keep(self, app: Safelight, edited: Subject, values: dict[str, Value] | None) -> None:
        """All that was edited is one change of the stack."""
        stack = app.bridge.stack
        if stack is not None and values is not None and edited.stack != stack:
            app.tell(NoticeGiven(CHANGED, alarm=True))
        elif values is not None:
            app.bridge.change(edited.stack.put(edited.step, edited.edited.with_values(values)), edited.step)
        app.bridge.try_stack(None)

    def offered(self, app: Safelight) -> bool:
        """Only on what has an editor."""
        return app.has_started and subject(app) is not None


def subject(app: Safelight) -> Subject | None:
    """What is under the cursor of the stack, where there is an editor for it; of a filter, the first that has one."""
    place, held, stack = app.main.stack.place, app.main.stack.setting, app.bridge.stack
    if app.main.pane != "stack" or place is None or stack is None:
        return None
    # Not before: the first hints are shown while nothing of this is loaded.
    from engine.planner import size_after
    from tui.editing.subject import Subject, form_of
    from tui.screens.editors import forms

    step = stack.steps[place.step]
    wanted = [each.name for each in step.declaration.parameters] if held is None else [held[0].name]
    found = [each for each in (form_of(step, name) for name in wanted) if each[0] in forms()]
    if not found:
        return None
    form, names = found[0]
    height, width = app.bridge.preview.pointed(Spot()).source
    size = size_after(type(stack)(stack.steps[: place.step]), (height, width)) if height * width else (2, 3)
    return Subject(stack, place.step, form, names, size)
