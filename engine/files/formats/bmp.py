"""BMP: read by Pillow at any of its depths, written here with 8 bits a channel. It holds no metadata and no profile."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO

from engine.files.format import Empty, Facts, Format, Raster

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

HEADER_SIZES = (12, 16, 40, 52, 56, 64, 108, 124)
MODE_CHANNELS = {"1": 1, "L": 1, "P": 3, "RGB": 3, "RGBA": 4}
FILE_HEADER_BYTES, INFO_HEADER_BYTES, V4_HEADER_BYTES = 14, 40, 108
PLAIN, BIT_FIELDS = 0, 3
MASKS = (0xFF0000, 0xFF00, 0xFF, 0xFF000000)
"""Where red, green, blue and alpha lie in a pixel of 32 bits."""
SRGB = int.from_bytes(b"sRGB", "big")
DECODING = 6
"""Bytes a pixel that Pillow takes at most (measured)."""


def recognises(head: bytes) -> bool:
    """The two letters, and a header of a size that there is."""
    return head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in HEADER_SIZES


def examine(file: BinaryIO) -> Facts:
    """Size and kind from the headers."""
    from engine.files.pillow import open_headers

    picture = open_headers(file, "BMP")
    width, height = picture.size
    return Facts(
        width=width, height=height, channels=MODE_CHANNELS[picture.mode], depth=8, work=width * height * DECODING
    )


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """The picture, its top row first."""
    from engine.files import pillow

    return pillow.decode_picture(pillow.open_picture(data, "BMP", facts), facts, empty)


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """Decoded whole, then reduced."""
    from engine.files import pillow

    return pillow.reduce_picture(pillow.open_picture(data, "BMP", facts), facts, width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:  # noqa: ARG001 - nothing is lost
    """An uncompressed file in sRGB: grey by a table, colour in 24 bits, with alpha in 32 and a header of version 4.

    Pillow writes 32 bits without a word on alpha, and reads them back without it.
    """
    import numpy as np

    from engine.files import pillow

    if metadata.icc:
        pixels = pillow.to_pixels(pillow.in_srgb(pixels, metadata.icc))
    height, width, channels = pixels.shape
    grey, alpha = pixels[..., :1], pixels[..., -1:]
    stored = {
        1: lambda: grey,
        2: lambda: np.concatenate([grey, grey, grey, alpha], axis=2),
        3: lambda: pixels[..., ::-1],
        4: lambda: pixels[..., [2, 1, 0, 3]],
    }[channels]()
    row_bytes = -(-stored.shape[2] * width // 4) * 4
    rows = np.zeros((height, row_bytes), np.uint8)
    rows[:, : width * stored.shape[2]] = stored[::-1].reshape(height, -1)
    return _headers(width, height, stored.shape[2], rows.nbytes) + rows.tobytes()


def encoding_work(shape: tuple[int, ...], itemsize: int, quality: int) -> int:  # noqa: ARG001 - always one byte
    """The rows in order and padded, the file, and copies in sRGB."""
    height, width, channels = shape
    return height * (width + 4) * (4 if channels in (2, 4) else channels) * 6


def _headers(width: int, height: int, channels: int, size: int) -> bytes:
    """All that stands before the pixels (Windows: BITMAPFILEHEADER, BITMAPINFOHEADER or BITMAPV4HEADER, a table)."""
    info_bytes = V4_HEADER_BYTES if channels == 4 else INFO_HEADER_BYTES
    table = b"".join(bytes((level, level, level, 0)) for level in range(256)) if channels == 1 else b""
    begin = FILE_HEADER_BYTES + info_bytes + len(table)
    compression = BIT_FIELDS if channels == 4 else PLAIN
    head = struct.pack("<2sIHHI", b"BM", begin + size, 0, 0, begin)
    info = struct.pack(
        "<IiiHHIIiiII", info_bytes, width, height, 1, 8 * channels, compression, size, 0, 0, len(table) // 4, 0
    )
    fields = struct.pack("<5I48x", *MASKS, SRGB) if channels == 4 else b""
    return head + info + fields + table


FORMAT = Format(
    name="bmp",
    title="a BMP",
    suffixes=(".bmp", ".dib"),
    recognises=recognises,
    examine=examine,
    decode=decode,
    reduce=reduce,
    depths={1: (8,), 2: (8,), 3: (8,), 4: (8,)},
    longest_side=65_535,
    encode=encode,
    work=encoding_work,
    holds=frozenset(),
)
