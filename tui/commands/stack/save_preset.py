"""The command `save_preset`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class SavePreset(Command):
    """Keep the stack as a preset, under a name that you type."""

    title = "Save the stack as a preset"
    keys = ("s",)
    rank = 32
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask for the name."""
        from engine.presets.preset import check_name
        from tui.screens.save_preset import SavePresetScreen

        stack = app.bridge.stack
        if stack is None or not stack.steps:
            app.tell(NoticeGiven("The stack is empty: add a filter first."))
            return
        app.push_screen(SavePresetScreen(check_name), lambda name: self._save(app, name))

    def _save(self, app: Safelight, name: str | None, *, replace: bool = False) -> None:
        if name is not None:
            app.bridge.presets.save(name, lambda: self._ask(app, name), replace=replace)

    def _ask(self, app: Safelight, name: str) -> None:
        """One of that name is there: may it go?"""
        from tui.screens.question import Answer, QuestionScreen

        answers: tuple[Answer[bool], ...] = (Answer("r", "replace it", True), Answer("escape", "keep it", None))
        question = QuestionScreen(f"There is a preset {name}", "It is one of yours.", answers)
        app.push_screen(question, lambda yes: self._save(app, name, replace=True) if yes else None)

    def offered(self, app: Safelight) -> bool:
        """Only when there is something to keep."""
        return app.bridge.stack is not None and bool(app.bridge.stack.steps)
