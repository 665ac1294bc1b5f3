"""Has the kernels that are still missing compiled ahead, in a process of its own that gives way to everybody."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path

from engine.child import environment, python_command
from engine.errors import SafelightError
from engine.files.places import cache_folder

STAMP = "complete"
"""An empty file in the folder of the compiled code: all kernels of that version are there."""


def warm_ahead(folder: Path) -> subprocess.Popen[bytes] | None:
    """Start `python -m engine.warm`, which outlives this process, unless the folder is complete or a temporary one."""
    try:
        if (folder / STAMP).exists() or not folder.is_relative_to(cache_folder()):
            return None
    except SafelightError:
        return None
    child = subprocess.Popen(
        python_command("engine.warm"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env=environment(),
    )
    # Somebody has to hear of its end, or it stays in the system's table for as long as this process lives.
    threading.Thread(target=child.wait, name="warming", daemon=True).start()
    return child
