"""A picture of pixels as what the terminal is to be sent, in which order, and the cells that it fills."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

import numpy as np

from engine.files.screen import smaller
from tui.graphics.ours import OURS, OURS_IN_FEW_COLOURS
from tui.graphics.palette import Pixels
from tui.graphics.way import Way
from tui.output.difference import DRAWN
from tui.output.pen import UNSEEN
from tui.output.strip import CellStrip

ANY = range(1, 1 << 24)
"""Numbers of pictures that the terminal does not keep by number."""
ENVELOPE = 1.42
"""Bytes on the line for one of a file: base64, and the sequences around its pieces."""
SLACK = 0.95
"""Of the pixels that should fit: small pictures take more bytes a pixel."""


@dataclass(frozen=True, slots=True, eq=False)
class Transfer:
    """One picture in one protocol, every sequence already wrapped for tmux where it has to pass through one."""

    protocol: Literal["kitty", "iterm2", "sixel"]
    key: int
    """Number of the picture, 1 to 2^24 - 1."""
    columns: int
    rows: int
    """Size in cells."""
    pieces: tuple[str, ...]
    """Sent first, in this order, with anything in between; they draw nothing and leave the cursor where it is."""
    show: str
    """Sent with the cursor in the first cell, draws the picture and leaves the cursor anywhere; empty for Kitty."""
    abort: str
    """Sent instead of the other pieces when the picture is given up."""
    free: str
    """Sent when the terminal need not keep the picture any longer."""
    strips: tuple[CellStrip, ...]
    """The cells: Kitty's placeholders; of the others, cells that are never written (`tui.output.difference.DRAWN`)."""
    hide: str = ""
    """Sent before anything else is written on one of its cells, if the picture would lie above it."""


def key_of(pixels: Pixels, way: Way) -> int:
    """A number for these pixels, drawn in this way; from the numbers that are ours where the terminal keeps them."""
    digest = blake2b(repr((way, pixels.shape)).encode() + np.ascontiguousarray(pixels).tobytes(), digest_size=8)
    number = int.from_bytes(digest.digest(), "big")
    ours = OURS if way.depth == "truecolor" else OURS_IN_FEW_COLOURS
    if way.protocol != "kitty":
        ours = ANY
    return ours[number % len(ours)]


def drawn_cells(key: int, columns: int, rows: int) -> tuple[CellStrip, ...]:
    """Cells that are never written, since a picture is drawn over them; each knows its picture and its place there."""
    return tuple(
        CellStrip([DRAWN] * columns, [("", "", UNSEEN, f"{key};{x};{y}") for x in range(columns)]) for y in range(rows)
    )


def size_in_cells(pixels: Pixels, way: Way) -> tuple[int, int]:
    """Columns and rows that a picture of H x W pixels fills, the last of them perhaps in part."""
    across, down = way.cell
    return -(-pixels.shape[1] // across), -(-pixels.shape[0] // down)


def padded(pixels: Pixels, way: Way) -> Pixels:
    """The picture in the middle of whole cells."""
    columns, rows = size_in_cells(pixels, way)
    height, width = rows * way.cell[1], columns * way.cell[0]
    whole = np.empty((height, width, 3), np.uint8)
    whole[:] = way.ground
    top, left = (height - pixels.shape[0]) // 2, (width - pixels.shape[1]) // 2
    whole[top : top + pixels.shape[0], left : left + pixels.shape[1]] = pixels
    return whole


def fitting(pixels: Pixels, room: int, encodings: Sequence[Callable[[Pixels], bytes]]) -> bytes:
    """The picture as a file that takes at most so many bytes on the line, by the first encoding that does.

    Where none does, the last one of fewer pixels, which the terminal stretches over the same cells.
    """
    data = b""
    for encode in encodings:
        data = encode(pixels)
        if len(data) * ENVELOPE <= room:
            return data
    while len(data) * ENVELOPE > room and pixels.shape[0] * pixels.shape[1] > 1:
        pixels = smaller(pixels, SLACK * room / (len(data) * ENVELOPE))
        data = encodings[-1](pixels)
    return data
