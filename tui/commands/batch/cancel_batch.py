"""The command `cancel_batch`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.job import Verb
from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class CancelBatch(Command):
    """Cancel the batch, after asking; files that are done stay."""

    title = "Cancel the batch"
    keys = ("c",)
    hint = "cancel"
    rank = 8
    writes = True

    def run(self, app: Safelight) -> None:
        """Ask how."""
        from tui.screens.question import Answer, QuestionScreen

        if not app.bridge.batch.running:
            app.tell(NoticeGiven("No batch is running."))
            return

        def take(verb: Verb | None) -> None:
            if verb is not None:
                app.bridge.batch.ask(verb)

        answers: tuple[Answer[Verb], ...] = (
            Answer("n", "No, let it go on", None),
            Answer("f", "Finish the files under way, begin no other", Verb.DRAIN),
            Answer("c", "Cancel at once; files under way are not written", Verb.CANCEL),
        )
        app.push_screen(QuestionScreen("Cancel the batch?", "Files that are done stay.", answers), take)

    def offered(self, app: Safelight) -> bool:
        """Only while a batch runs."""
        return app.bridge.batch.running
