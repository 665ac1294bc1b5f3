"""The questions that a terminal is asked once, in one piece, after the first frame. Waits for nobody."""

from collections.abc import Mapping

KEY = 31
"""Of the picture in the question about Kitty's graphics, which is never shown."""
GRAPHICS = f"\x1b_Gi={KEY},s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
"""One pixel, to be checked and not kept (Kitty graphics protocol, querying support)."""
VERSION = "\x1b[>q"
CELL_SIZE = "\x1b[16t"
ATTRIBUTES = "\x1b[c"
"""Every terminal answers this one, so it comes last: what is not answered by then never will be."""
SILENT = ("", "dumb", "unknown", "linux", "vt100", "vt220")
"""Values of TERM for terminals that show a question instead of answering it, or have no pictures anyway."""


def questions(environ: Mapping[str, str]) -> str:
    """What to send; nothing where pictures of pixels could not pass, or where the questions would be seen.

    GNU screen and mosh pass no pictures, and tmux is asked what it is, but answers for itself alone: what lies
    behind it is told by `tui.terminal.tmux`.
    """
    if environ.get("TERM", "").lower() in SILENT or environ.get("NO_COLOR") or environ.get("STY"):
        return ""
    if environ.get("TMUX"):
        return CELL_SIZE + ATTRIBUTES
    return GRAPHICS + VERSION + CELL_SIZE + ATTRIBUTES
