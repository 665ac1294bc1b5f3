"""Mends a terminal that an app which was killed has left behind. Touches no other program's pictures."""

import os
import subprocess
import sys
import termios

from engine.errors import SafelightError
from tui.graphics.ours import forget_all
from tui.output.abilities import asks
from tui.output.restore import leave


def mend() -> str:
    """Give standard output's terminal its screen, keys and modes back; one sentence on that.

    SafelightError where it is no terminal.
    """
    try:
        descriptor = sys.stdout.fileno()
        os.ttyname(descriptor)
    except (OSError, ValueError):
        raise SafelightError("Standard output is no terminal: run this in the terminal that is to be mended.") from None
    leave(descriptor, forget_all(os.environ) if asks(os.environ) else "")
    try:
        subprocess.run(["stty", "sane"], stdin=descriptor, check=True, stderr=subprocess.DEVNULL)
        termios.tcflush(descriptor, termios.TCIFLUSH)
    except (OSError, subprocess.CalledProcessError, termios.error):
        return "The screen is as it was and our pictures are deleted, but stty could not be run: type `reset`."
    return "The terminal has its screen, cursor, keys and mouse back, and no picture of ours is left in it."
