"""Text as cells: what each cell of the terminal is sent, with nothing in it that a terminal could take for an order."""

import unicodedata
from functools import lru_cache

from rich.cells import cell_len

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
JOINER = "\N{ZERO WIDTH JOINER}"
MARKS = 4
"""Combining marks kept on one character: more of them only climb over the lines above."""
SURE_WIDE = (
    (0x1100, 0x115F),
    (0x2E80, 0xA4CF),
    (0xAC00, 0xD7A3),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFF60),
    (0x20000, 0x3FFFD),
)
"""Characters of two cells on which all terminals agree; of emoji they do not."""


@lru_cache(maxsize=8192)
def cells(text: str) -> tuple[str, ...]:
    """One string for each cell that Textual gave the text; the second cell of a wide character is empty.

    Controls are dropped, since Textual gives them no cell either; so are joiners and selectors, over whose width
    terminals disagree; half a surrogate becomes the replacement character.
    """
    result: list[str] = []
    for cluster in _clusters(text):
        width = cell_len(cluster)
        shown = cluster[0] + "".join(filter(_is_mark, cluster[1:]))[:MARKS]
        if width:
            own = min(cell_len(cluster[0]), 2)
            result += [shown, ""][:own] if own else [" "]
            result += [" "] * (width - max(own, 1))
    # Of joiners with nothing to join, Rich counts the cells in ways of its own: the count is what has to agree.
    missing = cell_len("".join(filter(lambda each: not _is_control(each), text))) - len(result)
    return tuple(result + [" "] * missing) if missing >= 0 else (" ",) * (len(result) + missing)


def is_sure(cell: str) -> bool:
    """Whether all terminals move the cursor by as many cells as Textual thinks when they are sent this cell."""
    if len(cell) > 1:
        return False
    return cell_len(cell) == 1 or any(first <= ord(cell) <= last for first, last in SURE_WIDE)


def _clusters(text: str) -> list[str]:
    """Characters, each with what has no width of its own and follows it, and with what a joiner joins to it."""
    clusters: list[str] = []
    joined = False
    for character in text:
        if _is_control(character):
            continue
        shown = REPLACEMENT if "\ud800" <= character <= "\udfff" else character
        if not joined and cell_len(shown):
            clusters.append(shown)
        elif clusters:
            clusters[-1] += shown
        joined = character == JOINER
    return clusters


def _is_control(character: str) -> bool:
    return character < " " or "\x7f" <= character < "\xa0"


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc", "Me") and not "\ufe00" <= character <= "\ufe0f"
