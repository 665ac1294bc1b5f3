"""TIFF, read by Pillow but for 16 bits and floats; written here, as Pillow holds Python's lock while it compresses."""

from __future__ import annotations

import math
import struct
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from engine.files.format import Empty, Facts, Format, Raster, UnsupportedError
from engine.files.tiff_tags import SEPARATE, Photometric, Tag
from engine.files.turn import upright_size

if TYPE_CHECKING:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    from engine.image import Metadata, Pixels

MODE_CHANNELS = {
    **dict.fromkeys(("1", "L", "I;16", "I;16B", "F"), 1),
    **dict.fromkeys(("LA", "La"), 2),
    **dict.fromkeys(("P", "RGB", "CMYK", "YCbCr", "LAB"), 3),
    **dict.fromkeys(("PA", "RGBA"), 4),
}
MAX_BYTES = 4_000_000_000
MAX_PAGES = 10_000


def recognises(head: bytes) -> bool:
    """Either byte order, classic or big."""
    return head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def examine(file: BinaryIO) -> Facts:
    """Size and metadata from the first directory. Where Pillow decodes, it turns the picture too: orientation is 1."""
    from PIL.Image import Exif

    from engine.files.share import shareable_block
    from engine.files.tiff_strips import find_strips

    tags = _directory(file)
    exif = Exif()
    file.seek(0)
    exif.load_from_fp(file)
    strips = find_strips(tags)
    if strips is not None:
        width, height, channels, depth = strips.width, strips.height, strips.channels, strips.kind.itemsize * 8
    else:
        width, height, channels, depth = _as_pillow_sees_it(file, tags)
    if min(width, height) < 1:
        raise ValueError("it has no size")
    turned = tags.get(Tag.ORIENTATION, 1) if strips is not None else 1
    orientation = turned if turned in range(1, 9) else 1
    profile, packet = tags.get(Tag.PROFILE, b""), tags.get(Tag.XMP, b"")
    return Facts(
        width=width,
        height=height,
        channels=channels,
        depth=depth,
        orientation=orientation,
        frames=_pages(file),
        exif=shareable_block(exif, *upright_size(width, height, orientation)),
        icc=profile if isinstance(profile, bytes) else b"",
        xmp=packet if isinstance(packet, bytes) else b"",
        work=strips.work if strips is not None else width * height * _work(channels, depth),
    )


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """The first page, at its own depth."""
    from engine.files import pillow
    from engine.files.tiff_strips import find_strips, read_strips

    tags = _directory(BytesIO(data))
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
    from PIL.Image import Exif
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    from engine.files.tiff_strips import write_strips

    directory = ImageFileDirectory_v2(prefix=b"II")
    exif = Exif()
    exif.load(metadata.exif)
    for tag in exif:
        directory[tag] = exif.get_ifd(tag) if tag == Tag.CAMERA else exif[tag]
    if metadata.icc:
        directory[Tag.PROFILE] = metadata.icc
    strips = write_strips(pixels, directory)
    if sum(map(len, strips)) > MAX_BYTES:
        raise ValueError("a TIFF holds 4 GB at most")
    file = BytesIO()
    # Pillow adds to the offsets of strips where the directory ends.
    directory.save(file)
    return b"".join([file.getvalue(), *strips])


def encoding_work(shape: tuple[int, ...], itemsize: int, quality: int) -> int:  # noqa: ARG001 - nothing is lost
    """The file and its strips."""
    return 2 * math.prod(shape) * itemsize * 101 // 100


def _work(channels: int, depth: int) -> int:
    """Bytes a pixel that Pillow takes beside the result: its picture, and another where it converts that."""
    return 8 if channels > 1 else {8: 2, 16: 4, 32: 4}[depth]


def _directory(file: BinaryIO) -> ImageFileDirectory_v2:
    """The tags of the first page."""
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    file.seek(0)
    head = file.read(8)
    tags = ImageFileDirectory_v2(head + file.read(8) if head[2:3] == b"+" or head[3:4] == b"+" else head)
    file.seek(tags.next)
    tags.load(file)
    return tags


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
)
