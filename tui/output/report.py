"""What a crash leaves behind for whoever mends it: one file, and one sentence that says where it is."""

import os
import platform
import sys
import time
import traceback
from pathlib import Path

from engine.files.name import show
from tui import __version__

ENVIRONMENT = ("TERM", "COLORTERM", "TERM_PROGRAM", "TMUX", "STY", "SSH_TTY", "LANG", "LC_ALL", "NO_COLOR")
"""What of the environment may matter; the rest is nobody's business."""


def write_report(error: BaseException, folder: Path) -> str:
    """Write the error with its traceback to a new file in folder, which is made if need be; the sentence to show.

    Never raises: where nothing can be written, the sentence says that instead.
    """
    what = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]
    path = folder / f"crash-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", errors="backslashreplace") as file:
            file.write("\n".join(_facts()) + "\n\n" + "".join(traceback.format_exception(error)))
    except OSError as refusal:
        where = f"its report could not be written to {show(folder)} ({refusal.strerror})"
    else:
        where = f"the report is in {show(path)}"
    return f"Safelight stopped because of an error of its own ({show(what)}); {where}."


def _facts() -> list[str]:
    facts = [f"safelight {__version__}, Python {platform.python_version()}, {platform.platform()}", " ".join(sys.argv)]
    return facts + [f"{name}={os.environ[name]}" for name in ENVIRONMENT if name in os.environ]
