"""The command `open_viewer`. It holds no state."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from tui.commands import Command
from tui.commands.images import is_here
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class OpenViewer(Command):
    """Open the image in the program that the desktop has for it, where there is a desktop."""

    title = "Open in a viewer"
    keys = ("X",)
    rank = 73

    def run(self, app: Safelight) -> None:
        """Begin it and forget it."""
        current = app.main.images.current
        opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        has_desktop = sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
        if current is None:
            app.tell(NoticeGiven("There is no image to open."))
        elif not is_here(app, "open"):
            return
        elif not has_desktop:
            app.tell(
                NoticeGiven(
                    "There is no desktop here: {key} brings the image to your own machine.", command="bring_home"
                )
            )
        elif opener is None:
            app.tell(NoticeGiven("xdg-open is not installed, which opens files on a desktop."))
        else:
            subprocess.Popen(
                [opener, current.path],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
