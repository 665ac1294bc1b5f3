"""WebP, by Pillow; its headers are read here, because Pillow reads the whole file and makes its canvas to open one."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from engine.files.exif import PREFIX, orientation
from engine.files.format import Empty, Facts, Format, Raster
from engine.unlocked import unlocked

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

METADATA_BYTES = 16 << 20
MAX_CHUNKS = 1 << 16
ALPHA_FLAG = 0x10
LOSSLESS_QUALITY = 100
DECODING = 16
ENCODING, ENCODING_EXACTLY = 16, 48
"""Bytes a pixel that libwebp and Pillow take at most (measured), the latter without loss or with alpha."""
METHOD = 2
"""Of encoding: the usual 4 takes twice as long for files 1 % smaller."""


def recognises(head: bytes) -> bool:
    """A RIFF file of the WebP kind."""
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def examine(file: BinaryIO) -> Facts:
    """Size and metadata from the chunks."""
    width, height, alpha = 0, 0, False
    frames = 0
    kept: dict[bytes, bytes] = {}
    for kind, length in _chunks(file):
        if kind == b"ANMF":
            frames += 1
        elif kind in (b"ICCP", b"EXIF", b"XMP ") and length <= METADATA_BYTES:
            kept.setdefault(kind, file.read(length))
        elif kind in SIZES and not width:
            width, height, alpha = SIZES[kind](file.read(10))
    if not width or not height:
        raise ValueError("it has no size")
    exif = kept.get(b"EXIF", b"").removeprefix(PREFIX)
    return Facts(
        width=width,
        height=height,
        channels=4 if alpha else 3,
        depth=8,
        orientation=orientation(exif),
        frames=max(1, frames),
        exif=exif,
        icc=kept.get(b"ICCP", b""),
        xmp=kept.get(b"XMP ", b""),
        work=width * height * DECODING,
    )


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """The first picture."""
    from engine.files import pillow

    return pillow.decode_picture(pillow.open_picture(data, "WEBP", facts), facts, empty)


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """Decoded whole, then reduced: Pillow has no short way."""
    from engine.files import pillow

    return pillow.reduce_picture(pillow.open_picture(data, "WEBP", facts), facts, width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
    """A file with loss, or without any at quality 100; grey is stored as colour."""
    from engine.files import pillow

    file = BytesIO()
    unlocked(
        pillow.from_pixels(pixels).save,
        file,
        "WEBP",
        quality=quality,
        method=METHOD,
        lossless=quality >= LOSSLESS_QUALITY,
        exact=quality >= LOSSLESS_QUALITY,
        icc_profile=metadata.icc,
        exif=metadata.exif,
        xmp=metadata.xmp,
    )
    return file.getvalue()


def encoding_work(shape: tuple[int, ...], itemsize: int, quality: int) -> int:  # noqa: ARG001 - always one byte
    """libwebp's own pictures and tables, and the file."""
    height, width, channels = shape
    return height * width * (ENCODING_EXACTLY if channels in (2, 4) or quality >= LOSSLESS_QUALITY else ENCODING)


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Each chunk's name and length, the file standing at its content."""
    file.seek(12)
    for _ in range(MAX_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return
        kind, length = struct.unpack("<4sI", head)
        content = file.tell()
        yield kind, length
        file.seek(content + length + length % 2)


def _canvas(content: bytes) -> tuple[int, int, bool]:
    return (
        int.from_bytes(content[4:7], "little") + 1,
        int.from_bytes(content[7:10], "little") + 1,
        bool(content[0] & ALPHA_FLAG),
    )


def _lossy(content: bytes) -> tuple[int, int, bool]:
    if content[3:6] != b"\x9d\x01\x2a":
        raise ValueError("its first frame has no beginning")
    width, height = struct.unpack_from("<HH", content, 6)
    return width & 0x3FFF, height & 0x3FFF, False


def _lossless(content: bytes) -> tuple[int, int, bool]:
    if content[:1] != b"\x2f":
        raise ValueError("its first frame has no beginning")
    (bits,) = struct.unpack_from("<I", content, 1)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, bool(bits >> 28 & 1)


SIZES = {b"VP8X": _canvas, b"VP8 ": _lossy, b"VP8L": _lossless}
"""Which chunk tells width, height and whether there is alpha, and how."""

FORMAT = Format(
    name="webp",
    title="a WebP",
    suffixes=(".webp",),
    depths={1: (8,), 2: (8,), 3: (8,), 4: (8,)},
    longest_side=16_383,
    recognises=recognises,
    examine=examine,
    decode=decode,
    reduce=reduce,
    encode=encode,
    work=encoding_work,
)
