"""The command `suspend`. It holds no state."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.commands import Command
from tui.messages import NoticeGiven

if TYPE_CHECKING:
    from tui.app import Safelight


class Suspend(Command):
    """Go back to the shell and wait there; `fg` brings Safelight back."""

    title = "Wait in the shell"
    keys = ("ctrl+z",)
    rank = 95

    def run(self, app: Safelight) -> None:
        """Stop, where there is a shell that can go on with it."""
        if app.can_wait and _has_shell():
            app.action_suspend_process()
        else:
            app.tell(NoticeGiven("There is no shell here that could go on with Safelight: it cannot be left waiting."))


def _has_shell() -> bool:
    """Whether whoever started this process controls its jobs: another group of the same session (POSIX, 11.1.4)."""
    parent = os.getppid()
    try:
        return os.getsid(parent) == os.getsid(0) and os.getpgid(parent) != os.getpgrp()
    except OSError:
        return False
