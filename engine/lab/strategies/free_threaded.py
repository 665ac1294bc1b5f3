"""Threads in pure Python where the interpreter has no GIL."""

import sys

from engine.lab.strategies.threads_python import open_team
from engine.lab.strategy import Strategy


def missing() -> str:
    """A sentence unless this Python runs without the GIL."""
    if not getattr(sys, "_is_gil_enabled", lambda: True)():
        return ""
    version = ".".join(map(str, sys.version_info[:2]))
    return f"This Python {version} has a GIL: run Safelight with a free-threaded one, of 3.13 or later (python3.14t)."


STRATEGY = Strategy(
    name="free-threaded",
    title="threads, free-threaded Python",
    summary="The same threads in pure Python, under an interpreter without the GIL.",
    story="""\
Since 3.13 Python can be built without the GIL. The code is that of the threads in pure Python, to the letter; but now
they run side by side.

The interpreter pays for it with finer locks and with counts of references that more than one thread may change, so
that one thread alone is slower than with the GIL, by 5 to 40 % depending on version and work. Extensions must be
built for it; one that is not switches the GIL on again for the whole process.""",
    code=("engine.lab.code.plain:tone", "engine.lab.code.plain:blur", "engine.lab.code.plain:fibonacci"),
    open=open_team,
    missing=missing,
    shared_lock=False,
    order=95,
)
