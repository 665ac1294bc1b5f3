"""The command `reject_others`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven
from tui.widgets.figures import count

if TYPE_CHECKING:
    from tui.app import Safelight


class RejectOthers(Command):
    """Reject all but the best of each group, once images are culled; what is rated already stays as it is."""

    title = "Reject all but the best"
    keys = ("images:D",)
    hint = "reject others"
    rank = 42
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask first."""
        from tui.screens.question import Answer, QuestionScreen

        cull = app.main.images.cull
        if cull is None or not cull.groups:
            app.tell(NoticeGiven("There are no groups of images: {key} looks for them.", command="cull"))
            return

        def do(yes: bool | None) -> None:
            if yes:
                app.bridge.culling.reject_others()

        answers: tuple[Answer[bool], ...] = (Answer("n", "No", None), Answer("y", "Yes, reject them", True))
        question = f"Reject all but the best of {count(len(cull.groups), 'group')}?"
        remark = "What is rated already stays as it is. A rating is in a sidecar, and can be changed."
        app.push_screen(QuestionScreen(question, remark, answers), do)

    def offered(self, app: Safelight) -> bool:
        """Only beside groups."""
        return app.main.pane == "images" and app.main.images.cull is not None
