"""The command `put_preset`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class PutPreset(Command):
    """Choose a preset and put its filters at the end of the stack."""

    title = "Put a preset on the stack"
    keys = ("P",)
    rank = 31
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask which one."""
        from tui.screens.choose_preset import ChoosePresetScreen

        if app.bridge.stack is not None:
            app.push_screen(ChoosePresetScreen(find=app.bridge.presets.list), lambda name: self._put(app, name))

    def _put(self, app: Safelight, name: str | None) -> None:
        if name is not None:
            app.main.enter("stack")
            app.bridge.presets.put(name)
