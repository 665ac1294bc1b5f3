"""The command `put_preset`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from engine.stack import Stack
    from tui.app import Safelight


class PutPreset(Command):
    """Choose a preset, seeing what each would do, and put its filters at the end of the stack."""

    title = "Put a preset on the stack"
    keys = ("P",)
    rank = 31
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask which one."""
        from engine.presets.preset import check_name
        from tui.screens.choose_preset import ChoosePresetScreen

        def consider(name: str) -> None:
            app.bridge.presets.read(name, lambda stack: self._try(app, stack))

        if app.bridge.stack is not None:
            presets = app.bridge.presets
            screen = ChoosePresetScreen(presets.list, consider, check_name, presets.rename, presets.remove)
            app.push_screen(screen, lambda name: self._put(app, name))

    def _try(self, app: Safelight, stack: Stack) -> None:
        """It may have been read only after the choice."""
        from tui.screens.choose_preset import ChoosePresetScreen

        if isinstance(app.screen, ChoosePresetScreen):
            app.bridge.try_out(stack.steps)

    def _put(self, app: Safelight, name: str | None) -> None:
        app.bridge.try_out(None)
        if name is not None:
            app.main.enter("stack")
            app.bridge.presets.put(name)
