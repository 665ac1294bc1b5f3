"""Whether this terminal can hold the app; it asks the system and sends the terminal nothing."""

import os

LEAST_COLUMNS = 40
LEAST_ROWS = 12
STREAMS = ("standard input", "standard output")


def obstacle() -> str:
    """One sentence on why the app cannot open here, or nothing."""
    for descriptor, name in enumerate(STREAMS):
        if not os.isatty(descriptor):
            return f"Safelight opens only in a terminal, and {name} is not one; `safelight apply` works without."
    kind = os.environ.get("TERM", "")
    if kind in ("", "dumb", "unknown"):
        return f"This terminal cannot place a cursor (TERM is {kind or 'not set'}); `safelight apply` works without."
    columns, rows = os.get_terminal_size(1)
    if 0 < columns < LEAST_COLUMNS or 0 < rows < LEAST_ROWS:
        return (
            f"The terminal has {columns} columns and {rows} rows; "
            f"Safelight needs at least {LEAST_COLUMNS} and {LEAST_ROWS}: make the window larger or its letters smaller."
        )
    return ""
