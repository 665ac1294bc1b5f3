"""How a name, or any other text from outside, is shown on a terminal; it never changes what a file is called."""

import os
import unicodedata
from collections.abc import Iterator, Sequence

ESCAPED = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Unicode categories that a terminal obeys, hides, reorders by, or whose width nobody knows."""
BLANKS = ((0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2800, 0x2800), (0x3164, 0x3164),
          (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0), (0xE0100, 0xE01EF))  # fmt: skip
"""Letters and marks that draw nothing, or change what stands before them."""
MARKS = frozenset({"Mc", "Me", "Mn"})
MARKS_PER_LETTER = 3
"""No language needs more on one letter; more would run over the lines above and below."""
ELLIPSIS = "…"
NAMED = 3
"""How many of the files at fault a sentence names."""


def show(name: str | bytes | os.PathLike[str], width: int | None = None) -> str:
    """The name as plain text that is harmless on any terminal, in at most `width` cells, shortened in its middle.

    Control characters, marks that reorder or hide text and bytes that are no UTF-8 appear as escapes such as `\\x1b`.
    It never raises for text or bytes. The text may still hold `[`: never hand it to anything that reads markup.
    """
    raw = os.fspath(name)
    text = raw.decode("utf-8", "surrogateescape") if isinstance(raw, bytes) else raw
    if text.isascii() and text.isprintable() and (width is None or len(text) <= width):
        return text
    # Composed letters have one width on every terminal; macOS stores names decomposed.
    pieces = list(_pieces(unicodedata.normalize("NFC", text)))
    if width is not None and sum(cells for _, cells in pieces) > width:
        pieces = _shorten(pieces, width)
    return "".join(piece for piece, _ in pieces)


def listed(paths: Sequence[str]) -> str:
    """The first few names, and how many more, as part of a sentence."""
    names, more = [show(path) for path in paths[:NAMED]], len(paths) - NAMED
    if more > 0:
        return f"{', '.join(names)} and {more} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """What must not be cut apart, a letter with its marks or one escape, each with its cells."""
    letter, cells, marks = "", 0, 0
    for character in text:
        category = unicodedata.category(character)
        mark = category in MARKS
        if category in ESCAPED or _blank(character) or (mark and (not letter or marks == MARKS_PER_LETTER)):
            if letter:
                yield letter, cells
            escape = _escape(character)
            yield escape, len(escape)
            letter, cells, marks = "", 0, 0
        elif mark:
            letter, cells, marks = letter + character, cells + (category == "Mc"), marks + 1
        else:
            if letter:
                yield letter, cells
            letter, cells, marks = character, _cells(character, category), 0
    if letter:
        yield letter, cells


def _cells(character: str, category: str) -> int:
    """Cells of one letter: the most that any terminal gives it, so that a line never runs over."""
    if unicodedata.east_asian_width(character) in "WF":
        return 2
    return 2 if category in ("So", "No") and character >= "\u2600" else 1


def _blank(character: str) -> bool:
    point = ord(character)
    return point >= BLANKS[0][0] and any(first <= point <= last for first, last in BLANKS)


def _escape(character: str) -> str:
    point = ord(character)
    if 0xDC80 <= point <= 0xDCFF:
        return f"\\x{point - 0xDC00:02x}"
    if point < 0x100:
        return f"\\x{point:02x}"
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"


def _shorten(pieces: list[tuple[str, int]], width: int) -> list[tuple[str, int]]:
    """The beginning and the end, which holds the suffix, around an ellipsis."""
    if width < 1:
        return []
    head, tail, room = [], [], width - 1
    start, end = 0, len(pieces)
    while start < end and pieces[start][1] <= room - (width - 1) // 2:
        room -= pieces[start][1]
        head.append(pieces[start])
        start += 1
    while end > start and pieces[end - 1][1] <= room:
        end -= 1
        room -= pieces[end][1]
        tail.append(pieces[end])
    return [*head, (ELLIPSIS, 1), *reversed(tail)]
