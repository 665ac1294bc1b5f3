"""A picture as an inline image of iTerm2, in parts or as one sequence. Sends nothing."""

# https://iterm2.com/documentation-images.html: File, or MultipartFile, FilePart and FileEnd; sizes in cells.

from base64 import b64encode
from functools import partial

from engine.files.screen import jpeg, smaller
from tui.graphics.palette import Pixels
from tui.graphics.passage import wrapped
from tui.graphics.transfer import ENVELOPE, Transfer, drawn_cells, fitting, key_of, padded, size_in_cells
from tui.graphics.way import Way
from tui.output.credit import PIECE

CHUNK = PIECE - 100
"""Characters of base64 in a piece."""
FEWEST = 0.25
"""Of a picture's pixels that are still finer than cells by far."""
QUALITIES = (95, 85, 75, 60)
"""Of JPEG; the best that the line allows."""


def make(pixels: Pixels, way: Way) -> Transfer | None:
    """The picture for the cells that it fills; None where all that may be sent at once would be worse than cells."""
    columns, rows = size_in_cells(pixels, way)
    whole, room = padded(pixels, way), way.sharp if way.parts else min(way.sharp, way.most)
    encodings = [partial(jpeg, quality=quality) for quality in QUALITIES]
    if not way.parts and len(encodings[-1](smaller(whole, FEWEST))) * ENVELOPE > room:
        return None
    data = fitting(whole, room, encodings)
    text = b64encode(data).decode()
    # Only WezTerm knows doNotMoveCursor, without which it scrolls; the others ignore it.
    place = f"width={columns};height={rows};preserveAspectRatio=0;doNotMoveCursor=1"
    told = f"inline=1;size={len(data)};{place}"
    if way.parts:
        chunks = (text[start : start + CHUNK] for start in range(0, len(text), CHUNK))
        pieces, show = [f"MultipartFile={told}", *(f"FilePart={chunk}" for chunk in chunks)], "FileEnd"
    else:
        pieces, show = [], f"File={told}:{text}"
    key = key_of(pixels, way)

    def passed(command: str) -> str:
        sequence = f"\x1b]1337;{command}\x07"
        return wrapped(sequence) if way.passthrough else sequence

    # A new MultipartFile ends one that was begun, and what is drawn goes when it is written over.
    return Transfer(
        "iterm2",
        key,
        columns,
        rows,
        tuple(map(passed, pieces)),
        passed(show),
        "",
        "",
        drawn_cells(key, columns, rows),
    )
