"""A picture in Kitty's graphics protocol: uploaded in chunks, shown by placeholders or placed over cells."""

# https://sw.kovidgoyal.net/kitty/graphics-protocol/: transmission in chunks, placements (virtual ones too), deletion.

from base64 import b64encode
from functools import partial

from engine.files.screen import png
from tui.graphics.diacritics import diacritics
from tui.graphics.palette import Pixels
from tui.graphics.passage import wrapped
from tui.graphics.transfer import Transfer, drawn_cells, fitting, key_of, padded, size_in_cells
from tui.graphics.way import Way
from tui.output.credit import PIECE
from tui.output.pen import Pen
from tui.output.strip import CellStrip

PLACEHOLDER = "\U0010eeee"
CHUNK = (PIECE - 200) // 4 * 4
"""Characters of base64 in a piece; of all but the last a multiple of four, as the protocol asks."""
COLOURS = 256
"""Of the picture's palette: three times fewer bytes than all of them, and hardly to be told from them."""
FEWEST = 64
"""Colours on a thin line."""
WHOLE = 5
"""Bytes of a pixel with all its colours, on the line and at most."""


def make(pixels: Pixels, way: Way) -> Transfer | None:
    """The picture for the cells that it fills; None where it has more of them than placeholders can count."""
    columns, rows = size_in_cells(pixels, way)
    if max(columns, rows) > len(diacritics()):
        return None
    key = key_of(pixels, way)
    begin = f"a=T,U=1,c={columns},r={rows}" if way.placeholders else "a=t"
    free = _order(f"a=d,d=I,i={key},q=2")

    def passed(sequence: str) -> str:
        return wrapped(sequence) if way.passthrough else sequence

    return Transfer(
        "kitty",
        key,
        columns,
        rows,
        tuple(map(passed, _upload(f"{begin},q=2,f=100,i={key}", _file(padded(pixels, way), way)))),
        "" if way.placeholders else passed(_order(f"a=p,i={key},p=1,c={columns},r={rows},C=1,q=2")),
        # What was begun has to be ended, or the terminal would take the next picture for the rest of this one.
        passed(_order("q=2,m=0") + free),
        passed(free),
        _cells(key, columns, rows, way) if way.placeholders else drawn_cells(key, columns, rows),
        "" if way.placeholders else passed(_order(f"a=d,d=i,i={key},q=2")),
    )


def _file(pixels: Pixels, way: Way) -> bytes:
    """A PNG with all colours where there is room for them whatever they are, else with as many as the line is for."""
    many = way.depth == "truecolor"
    if many and pixels.shape[0] * pixels.shape[1] * WHOLE <= way.sharp:
        return png(pixels, None)
    return fitting(pixels, way.sharp, [partial(png, colours=COLOURS if many else FEWEST)])


def _upload(begin: str, file: bytes) -> list[str]:
    data = b64encode(file).decode()
    chunks = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)]
    return [
        _order(f"{begin if index == 0 else 'q=2'},m={int(index < len(chunks) - 1)}", chunk)
        for index, chunk in enumerate(chunks)
    ]


def _order(keys: str, data: str = "") -> str:
    return f"\x1b_G{keys}{';' * bool(data)}{data}\x1b\\"


def _cells(key: int, columns: int, rows: int, way: Way) -> tuple[CellStrip, ...]:
    """Placeholders: the first of each row is numbered, those behind it count on."""
    marks = diacritics()
    number = f"38;2;{key >> 16};{key >> 8 & 255};{key & 255}" if way.depth == "truecolor" else f"38;5;{key}"
    pen: Pen = (number, "49", 0, "")
    strips = []
    for y in range(rows):
        leads = [f"{PLACEHOLDER}{marks[y]}{marks[x]}" for x in range(columns)]
        strips.append(CellStrip([leads[0], *[PLACEHOLDER] * (columns - 1)], [pen] * columns, leads=leads))
    return tuple(strips)
