"""The command `log`. It holds no state."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from tui.commands import Command

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app import Safelight
    from tui.notices import Noted


class Log(Command):
    """Read again what was told since the start, with times, and the newest records of the log; copy it."""

    title = "Log"
    keys = ("exclamation_mark",)
    rank = 92

    def run(self, app: Safelight) -> None:
        """Open the screen, which asks for both again and again."""
        from tui.screens.log import LogScreen

        def read(then: Callable[[tuple[Noted, ...]], None]) -> None:
            def both(logged: tuple[Noted, ...]) -> None:
                then(tuple(sorted((*app.main.notices.all(), *logged), key=attrgetter("when"))))

            app.bridge.recalling.read(both)

        app.push_screen(LogScreen(read))
