"""TIFF: read by Pillow; written here, as Pillow holds Python's lock while it compresses and has no 16-bit colour."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO

from engine.files.format import Facts, Format, Raster, UnsupportedError

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

MODE_CHANNELS = {
    **dict.fromkeys(("1", "L", "I;16", "I;16B", "F"), 1),
    **dict.fromkeys(("LA", "La"), 2),
    **dict.fromkeys(("P", "RGB", "CMYK", "YCbCr", "LAB"), 3),
    **dict.fromkeys(("PA", "RGBA"), 4),
}
WIDTH, HEIGHT, BITS, COMPRESSION, PHOTOMETRIC = 256, 257, 258, 259, 262
STRIP_OFFSETS, SAMPLES, ROWS_PER_STRIP, STRIP_LENGTHS = 273, 277, 278, 279
PLANES, PREDICTOR, EXTRA_SAMPLES, SAMPLE_FORMAT, PROFILE, CAMERA = 284, 317, 338, 339, 34675, 34665
DEFLATE, HORIZONTAL, WHITE_IS_ZERO, SEPARATE = 8, 2, 0, 2
STRIP_BYTES = 1 << 18
LEVEL = 1
"""Of compression: with differences along the rows, higher levels take up to three times as long for 1 to 10 %."""
MAX_BYTES = 4_000_000_000
MAX_PAGES = 10_000


def recognises(head: bytes) -> bool:
    """Either byte order, classic or big."""
    return head[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")


def examine(file: BinaryIO) -> Facts:
    """Size and metadata from the first directory. The size is the upright one: Pillow turns TIFFs itself."""
    from engine.files.pillow import open_tiff
    from engine.files.share import shareable_block

    picture = open_tiff(file)
    tags = picture.tag_v2
    if picture.mode not in MODE_CHANNELS:
        raise UnsupportedError("has 32-bit whole numbers, which are not read: convert it to 16 bits or to floats.")
    bits = max(tags.get(BITS, (1,)))
    width, height = picture.size
    channels = MODE_CHANNELS[picture.mode]
    if bits == 16 and channels > 1 and tags.get(PLANES) == SEPARATE:
        raise UnsupportedError("stores its 16-bit colours plane by plane, which is not read: save it interleaved.")
    profile, packet = tags.get(PROFILE, b""), picture.info.get("xmp", b"")
    return Facts(
        width=width,
        height=height,
        channels=channels,
        depth=8 if bits <= 8 else 16 if bits <= 16 else 32,
        frames=_pages(file),
        exif=shareable_block(picture.getexif(), width, height),
        icc=profile if isinstance(profile, bytes) else b"",
        xmp=packet if isinstance(packet, bytes) else b"",
    )


def decode(data: bytes, facts: Facts) -> Raster:
    """The first page, at its own depth."""
    from engine.files import pillow

    picture = pillow.open_tiff(BytesIO(data))
    if facts.depth == 16 and picture.mode in ("RGB", "RGBA"):
        return pillow.decode_sixteen(data, "TIFF", facts)
    raster = pillow.decode_picture(picture, facts)
    if facts.depth != 16 or facts.channels != 1:
        return raster
    pixels = raster.pixels
    if picture.tag_v2[BITS] == (12,):
        pixels = pixels << 4 | pixels >> 8
    return Raster(~pixels if picture.tag_v2.get(PHOTOMETRIC) == WHITE_IS_ZERO else pixels, raster.icc, raster.notes)


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """Decoded whole, then reduced."""
    from engine.files import pillow

    if facts.depth == 16 and facts.channels == 1:
        return pillow.reduce_raster(decode(data, facts), width, height)
    return pillow.reduce_picture(pillow.open_picture(data, "TIFF", facts), facts, width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:  # noqa: ARG001 - nothing is lost
    """A file without loss at any depth: strips of rows, compressed; ValueError beyond what a classic TIFF can hold."""
    from PIL import Image as Pillow
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    height, width, channels = pixels.shape
    rows = max(1, STRIP_BYTES // pixels[0].nbytes)
    strips = [zlib.compress(_differences(pixels[top : top + rows]).data, LEVEL) for top in range(0, height, rows)]
    lengths = [len(strip) for strip in strips]
    if sum(lengths) > MAX_BYTES:
        raise ValueError("a TIFF holds 4 GB at most")
    directory = ImageFileDirectory_v2(prefix=b"II")
    exif = Pillow.Exif()
    exif.load(metadata.exif)
    for tag in exif:
        directory[tag] = exif.get_ifd(tag) if tag == CAMERA else exif[tag]
    directory[WIDTH], directory[HEIGHT], directory[ROWS_PER_STRIP] = width, height, rows
    directory[BITS] = (pixels.itemsize * 8,) * channels
    directory[SAMPLES], directory[PLANES], directory[COMPRESSION] = channels, 1, DEFLATE
    directory[PHOTOMETRIC] = 1 if channels <= 2 else 2
    directory[SAMPLE_FORMAT] = (3 if pixels.dtype.kind == "f" else 1,) * channels
    if pixels.dtype.kind != "f":
        directory[PREDICTOR] = HORIZONTAL
    if channels in (2, 4):
        directory[EXTRA_SAMPLES] = 2
    if metadata.icc:
        directory[PROFILE] = metadata.icc
    directory[STRIP_LENGTHS] = tuple(lengths)
    # Counted from the end of the directory: Pillow adds where that is.
    directory[STRIP_OFFSETS] = tuple(accumulate(lengths[:-1], initial=0))
    file = BytesIO()
    directory.save(file)
    return b"".join([file.getvalue(), *strips])


def _differences(rows: Pixels) -> Pixels:
    """Each number's difference from the pixel before; floats as they are."""
    rows = rows.astype(rows.dtype.newbyteorder("<"))
    if rows.dtype.kind != "f":
        rows[:, 1:] -= rows[:, :-1].copy()
    return rows


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
)
