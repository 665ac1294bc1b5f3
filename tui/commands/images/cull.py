"""The command `cull`. It holds no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class Cull(Command):
    """Group the images, or the marked, that are much the same, the best first, and find broken ones; again: all."""

    title = "Cull"
    keys = ("images:K",)
    hint = "cull"
    rank = 47
    needs_engine = True

    def run(self, app: Safelight) -> None:
        """Scored in the background, on all cores."""
        images, culling = app.main.images, app.bridge.culling
        if culling.under_way:
            culling.stop()
        elif images.cull is not None:
            app.main.show_culled(None)
        elif not images.view:
            app.tell(NoticeGiven("There is no image to cull."))
        elif not images.complete:
            app.tell(NoticeGiven("The folder is still being read; try again in a moment."))
        else:
            places = sorted(images.marked) if len(images.marked) > 1 else images.view
            wanted = {place: images.entries[place].path for place in places}
            cull = images.waiting or culling.known(wanted)
            if cull is not None:
                app.main.show_culled(cull)
                return
            culling.begin(wanted)
            app.tell(NoticeGiven("The images are being scored; {key} stops it.", command=self.name))

    def offered(self, app: Safelight) -> bool:
        """Only beside the list."""
        return app.main.pane == "images"
