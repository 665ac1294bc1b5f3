"""The command `quit`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.job import Verb
from tui.commands import Command

if TYPE_CHECKING:
    from tui.app import Safelight


class Quit(Command):
    """Leave Safelight; when a batch runs, choose what becomes of it."""

    title = "Quit"
    keys = ("q", "ctrl+c")
    hint = "quit"
    rank = 99

    def run(self, app: Safelight) -> None:
        """Leave, after asking when a batch runs."""
        from tui.screens.question import Answer, QuestionScreen

        if not app.bridge.batch.running:
            self._leave(app)
            return

        def take(choice: str | None) -> None:
            if choice == "cancel":
                app.bridge.batch.ask(Verb.CANCEL)
            if choice is not None:
                self._leave(app)

        answers: tuple[Answer[str], ...] = (
            Answer("l", "Leave it running; the next start shows it", "leave"),
            Answer("c", "Cancel it and quit", "cancel"),
            Answer("s", "Stay", None),
        )
        app.push_screen(QuestionScreen("A batch is running.", "It does not need this window.", answers), take)

    def _leave(self, app: Safelight) -> None:
        app.bridge.keeping.forget()
        app.exit(0)
