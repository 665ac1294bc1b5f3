"""Which batch an app has shown and not yet seen the end of, kept for the next start: a cut line hides no end."""

from engine.confinement import read_only
from engine.errors import SafelightError
from engine.files.places import state_folder

FILE = "watched"
LONGEST = 200
"""Characters of a batch's id, at most."""


def watch(batch: str) -> bool:
    """Keep its id in place of another, or none; whether that could be done. Else `B` still finds every batch."""
    if read_only():
        return False
    try:
        path = state_folder() / FILE
        if batch:
            path.write_text(batch, encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
    except (OSError, SafelightError):
        return False
    return True


def watched() -> str:
    """The id that was kept; empty when there is none."""
    try:
        return (state_folder() / FILE).read_text(encoding="utf-8", errors="replace")[:LONGEST]
    except (OSError, SafelightError):
        return ""
