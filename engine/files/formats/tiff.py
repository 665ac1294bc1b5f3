"""TIFF, read by Pillow but for 16 bits and floats; written here, as Pillow holds Python's lock while it compresses."""

from __future__ import annotations

import math
import struct
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from engine.files.directories import (
    BYTE,
    LONG,
    SHORT,
    UNDEFINED,
    Block,
    Entry,
    in_order,
    moved,
    numbers,
    read_block,
    write_block,
)
from engine.files.format import Empty, Facts, Format, Raster, UnsupportedError
from engine.files.share import STORAGE, described
from engine.files.tiff_tags import SEPARATE, Photometric, Tag

if TYPE_CHECKING:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    from engine.image import Metadata, Pixels

MODE_CHANNELS = {
    **dict.fromkeys(("1", "L", "I;16", "I;16B", "F"), 1),
    **dict.fromkeys(("LA", "La"), 2),
    **dict.fromkeys(("P", "RGB", "CMYK", "YCbCr", "LAB"), 3),
    **dict.fromkeys(("PA", "RGBA"), 4),
}
RESOLUTION = {
    0x011A: Entry(5, 1, struct.pack("<II", 72, 1)),
    0x011B: Entry(5, 1, struct.pack("<II", 72, 1)),
    0x0128: numbers(SHORT, 2),
}
"""72 pixels an inch, where nothing else is said: TIFF 6.0 demands an answer."""
MAX_BYTES = 4_000_000_000
MAX_PAGES = 10_000


def recognises(head: bytes) -> bool:
    """Either byte order, classic or big."""
    return head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def examine(file: BinaryIO) -> Facts:
    """Size and metadata from the first directory. Where Pillow decodes, it turns the picture too: orientation is 1."""
    from engine.files.iptc import from_photoshop
    from engine.files.pillow import read_tags
    from engine.files.tiff_strips import find_strips

    tags = read_tags(file)
    block = read_block(file)
    strips = find_strips(tags)
    if strips is not None:
        width, height, channels, depth = strips.width, strips.height, strips.channels, strips.kind.itemsize * 8
    else:
        width, height, channels, depth = _as_pillow_sees_it(file, tags)
    if min(width, height) < 1:
        raise ValueError("it has no size")
    turned = tags.get(Tag.ORIENTATION, 1) if strips is not None else 1
    orientation = turned if turned in range(1, 9) else 1
    profile, packet, iptc, resources = (
        block.first[tag].data if tag in block.first else b"" for tag in (Tag.PROFILE, Tag.XMP, Tag.IPTC, Tag.PHOTOSHOP)
    )
    return Facts(
        width=width,
        height=height,
        channels=channels,
        depth=depth,
        orientation=orientation,
        frames=_pages(file),
        exif=described(block),
        icc=profile,
        xmp=packet,
        iptc=iptc.rstrip(b"\0") or from_photoshop(resources),
        work=strips.work if strips is not None else width * height * _work(channels, depth),
    )


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """The first page, at its own depth."""
    from engine.files import pillow
    from engine.files.tiff_strips import find_strips, read_strips

    tags = pillow.read_tags(BytesIO(data))
    strips = find_strips(tags)
    if strips is not None:
        return Raster(read_strips(data, strips, empty), facts.icc)
    if facts.depth == 16 and facts.channels >= 3:
        return pillow.decode_sixteen(data, "TIFF", facts, empty)
    picture = pillow.open_picture(data, "TIFF", facts)
    swapped = any(tile.codec_name == "libtiff" and "BF" in str(tile.args) for tile in picture.tile)
    raster = pillow.decode_picture(picture, facts, empty)
    pixels = raster.pixels
    if swapped:
        # libtiff has put packed floats into this machine's byte order already, and Pillow does so once more.
        pixels.byteswap(inplace=True)
    if pixels.itemsize != 2:
        return raster
    if tags[Tag.BITS] == (12,):
        low = pixels >> 8
        pixels <<= 4
        pixels |= low
    if tags.get(Tag.PHOTOMETRIC) == Photometric.WHITE_IS_ZERO:
        pixels ^= 0xFFFF
    return raster


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """Decoded whole, then reduced."""
    import numpy as np

    from engine.files import pillow

    if facts.depth > 8:
        return pillow.reduce_raster(decode(data, facts, np.empty), width, height)
    return pillow.reduce_picture(pillow.open_picture(data, "TIFF", facts), facts, width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:  # noqa: ARG001 - nothing is lost
    """A file without loss at any depth; ValueError beyond what a classic TIFF can hold."""
    from engine.files.tiff_strips import write_strips

    exif = read_block(metadata.exif) if metadata.exif else Block()
    first = {tag: each for tag, each in in_order(exif.first, exif.order, "<").items() if tag not in STORAGE}
    if metadata.icc:
        first[Tag.PROFILE] = Entry(UNDEFINED, len(metadata.icc), metadata.icc)
    if metadata.xmp:
        first[Tag.XMP] = Entry(BYTE, len(metadata.xmp), metadata.xmp)
    if metadata.iptc:
        words = -(-len(metadata.iptc) // 4)
        first[Tag.IPTC] = Entry(LONG, words, metadata.iptc.ljust(4 * words, b"\0"))
    fields, strips = write_strips(pixels)
    if sum(map(len, strips)) > MAX_BYTES:
        raise ValueError("a TIFF holds 4 GB at most")
    below = (in_order(each, exif.order, "<") for each in (exif.camera, exif.place))
    block = Block("<", RESOLUTION | first | fields, *below)
    start = len(write_block(block))
    block.first[Tag.STRIP_OFFSETS] = moved(block.first[Tag.STRIP_OFFSETS], start)
    return b"".join([write_block(block), *strips])


def encoding_work(shape: tuple[int, ...], itemsize: int, quality: int) -> int:  # noqa: ARG001 - nothing is lost
    """The file and its strips."""
    return 2 * math.prod(shape) * itemsize * 101 // 100


def _work(channels: int, depth: int) -> int:
    """Bytes a pixel that Pillow takes beside the result: its picture, and another where it converts that."""
    return 8 if channels > 1 else {8: 2, 16: 4, 32: 4}[depth]


def _as_pillow_sees_it(file: BinaryIO, tags: ImageFileDirectory_v2) -> tuple[int, int, int, int]:
    """Width and height, upright, channels and depth."""
    from engine.files.pillow import open_tiff

    file.seek(0)
    bits = max(tags.get(Tag.BITS, (1,)))
    try:
        picture = open_tiff(file)
    except OSError:
        raise UnsupportedError(
            f"holds pixels of {bits} bits in a layout that is not read: save it as a plain TIFF."
        ) from None
    if picture.mode not in MODE_CHANNELS:
        raise UnsupportedError("has 32-bit whole numbers, which are not read: convert it to 16 bits or to floats.")
    channels = MODE_CHANNELS[picture.mode]
    if bits == 16 and channels > 1 and tags.get(Tag.PLANES) == SEPARATE:
        raise UnsupportedError("stores its 16-bit colours plane by plane, which is not read: save it interleaved.")
    return *picture.size, channels, 8 if bits <= 8 else 16 if bits <= 16 else 32


def _pages(file: BinaryIO) -> int:
    """How many directories follow each other, up to a limit that also ends a ring."""
    file.seek(0)
    head = file.read(16)
    order = "<" if head[:2] == b"II" else ">"
    big = b"+" in head[2:4]
    where, entries, entry_bytes = ("Q", "Q", 20) if big else ("I", "H", 12)
    (at,) = struct.unpack_from(order + where, head, 8 if big else 4)
    pages = 0
    while at and pages < MAX_PAGES:
        pages += 1
        file.seek(at)
        count = file.read(struct.calcsize(entries))
        if len(count) < struct.calcsize(entries):
            break
        file.seek(at + len(count) + entry_bytes * struct.unpack(order + entries, count)[0])
        following = file.read(struct.calcsize(where))
        if len(following) < struct.calcsize(where):
            break
        (at,) = struct.unpack(order + where, following)
    return max(1, pages)


FORMAT = Format(
    name="tiff",
    title="a TIFF",
    suffixes=(".tif", ".tiff"),
    depths={1: (8, 16, 32), 2: (8, 16, 32), 3: (8, 16, 32), 4: (8, 16, 32)},
    longest_side=2**31 - 1,
    recognises=recognises,
    examine=examine,
    decode=decode,
    reduce=reduce,
    encode=encode,
    work=encoding_work,
    holds=frozenset({"exif", "icc", "xmp", "iptc"}),
)
