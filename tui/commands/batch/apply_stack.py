"""The command `apply_stack`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven
from tui.values import ApplyOptions

if TYPE_CHECKING:
    from tui.app import Safelight


class ApplyStack(Command):
    """Apply the stack to the marked images, or to this one where none is marked."""

    title = "Apply the stack"
    keys = ("a",)
    hint = "apply"
    rank = 45
    writes = True
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Ask where to and how, then start a batch."""
        from tui.screens.apply import ApplyScreen

        bridge, entries = app.bridge, app.main.images.chosen_entries()
        if bridge.stack is None:
            app.tell(NoticeGiven("The engine is still loading; try again in a moment."))
            return
        if not entries:
            app.tell(NoticeGiven("There is no image to apply the stack to."))
            return
        paths = tuple(entry.path for entry in entries)
        filters = tuple(step.filter for step in bridge.stack.steps if step.on)

        def start(options: ApplyOptions | None) -> None:
            if options is not None:
                app.last_options = options
                bridge.submit(paths, options)

        screen = ApplyScreen(
            paths,
            filters,
            bridge.formats,
            marked=bool(app.main.images.marked),
            running=bridge.batch.running,
            last=app.last_options,
            plan=lambda options, then: bridge.plan(paths, options, then),
        )
        app.push_screen(screen, start)
