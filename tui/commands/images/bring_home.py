"""The command `bring_home`. It holds no state."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight
    from tui.bridge.load import Load

LEAD = "Type this on your own machine; if your terminal allows, it is on its clipboard:"


class BringHome(Command):
    """Bring the marked images, this one, or a batch's results to your own machine; again: how far it is."""

    title = "Bring to your own machine"
    keys = ("d",)
    hint = "home"
    rank = 46
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask what, where that is not clear; say how far it is, where it is under way."""
        from tui.screens.question import Answer, QuestionScreen

        if app.bridge.home.busy:
            self._ask_to_stop(app)
            return
        images = tuple(entry.path for entry in app.main.images.chosen_entries())
        batch = app.bridge.batch
        results = () if batch.running else tuple(batch.results)
        if not images and not results:
            app.tell(NoticeGiven("There is no image to bring home."))
            return
        if not results or not images:
            self._bring(app, images or results)
            return
        one = f"the {len(images)} marked images" if app.main.images.marked else "this image"
        answers: tuple[Answer[tuple[str, ...]], ...] = (
            Answer(
                "r", f"The {len(results)} results of the batch" if len(results) > 1 else "The batch's result", results
            ),
            Answer("i", one.capitalize(), images),
        )
        app.push_screen(
            QuestionScreen("Bring what to your own machine?", "A batch has ended.", answers),
            lambda paths: self._bring(app, paths),
        )

    def _bring(self, app: Safelight, paths: tuple[str, ...] | None) -> None:
        from tui.home.carrier import carrier

        if paths:
            app.bridge.home.bring(paths, carrier(app.sight.name, os.environ), lambda load: self._show(app, load))

    def _show(self, app: Safelight, load: Load) -> None:
        """The line to type at home."""
        from tui.home.line import address
        from tui.screens.shell_line import ShellLineScreen

        remark = f"Where you reach this machine by another name than {address(os.environ)[0]}, put that in its place."
        if load.folders:
            remark = f"It brings the whole folders of these {len(load.paths)} files. {remark}"
        app.push_screen(ShellLineScreen("Bring it home", LEAD, load.commands, remark))

    def _ask_to_stop(self, app: Safelight) -> None:
        from tui.screens.question import Answer, QuestionScreen

        answers: tuple[Answer[bool], ...] = (Answer("g", "Go on", None), Answer("s", "Stop it", True))
        question = QuestionScreen("It is on its way to your machine", app.bridge.home.progress, answers)
        app.push_screen(question, lambda yes: app.bridge.home.stop() if yes else None)

    def offered(self, app: Safelight) -> bool:
        """Among the images of another machine."""
        return app.main.pane == "images" and ("SSH_CONNECTION" in os.environ or "SSH_TTY" in os.environ)
