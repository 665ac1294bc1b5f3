"""PNG, by Pillow; 16-bit colour, which Pillow cannot write, is written here."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from engine.files.exif import PREFIX, orientation
from engine.files.format import Facts, Format, Raster

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}
COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
XMP_KEYWORD = b"XML:com.adobe.xmp\0"
METADATA_BYTES = 16 << 20
"""The most that one piece of metadata may hold, compressed or not."""
MAX_CHUNKS = 1 << 18
LEVEL = 4
"""Of compression: level 6 takes two to three times as long for 1 to 6 % less."""
SUB = 1
"""The filter that stores each byte's difference from the pixel before."""


def recognises(head: bytes) -> bool:
    """The signature."""
    return head.startswith(SIGNATURE)


def examine(file: BinaryIO) -> Facts:
    """Size and metadata from the chunks; the pixels are stepped over, as EXIF may follow them."""
    found: dict[bytes, bytes] = {}
    for kind, length in _chunks(file):
        if kind in (b"IHDR", b"tRNS", b"acTL", b"iCCP", b"eXIf", b"iTXt") and length <= METADATA_BYTES:
            content = file.read(length)
            if kind != b"iTXt":
                found.setdefault(kind, content)
            elif content.startswith(XMP_KEYWORD):
                found[kind] = content
    width, height, bits, colour_type = struct.unpack_from(">IIBB", found[b"IHDR"])
    if not width or not height or colour_type not in CHANNELS:
        raise ValueError("its header makes no sense")
    exif = found.get(b"eXIf", b"").removeprefix(PREFIX)
    return Facts(
        width=width,
        height=height,
        channels=CHANNELS[colour_type] + (b"tRNS" in found and colour_type in (0, 2, 3)),
        depth=16 if bits == 16 else 8,
        orientation=orientation(exif),
        frames=max(1, struct.unpack_from(">I", found[b"acTL"])[0]) if b"acTL" in found else 1,
        exif=exif,
        icc=_profile(found.get(b"iCCP", b"")),
        xmp=_packet(found.get(b"iTXt", b"")),
    )


def decode(data: bytes, facts: Facts) -> Raster:
    """The first picture, at its own depth."""
    from engine.files import pillow

    picture = pillow.open_picture(data, "PNG", facts)
    key = picture.info.get("transparency")
    if facts.depth == 8:
        return pillow.decode_picture(picture, facts)
    if picture.mode == "I;16":
        raster = pillow.decode_picture(picture, facts)
    elif facts.channels == 2:
        raster = pillow.decode_grey_alpha_sixteen(data, facts)
    else:
        raster = pillow.decode_sixteen(data, "PNG", facts)
    return raster if key is None else Raster(_keyed(raster.pixels, key), raster.icc, raster.notes)


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """Decoded whole, then reduced: a PNG has no short way."""
    from engine.files import pillow

    return pillow.reduce_picture(pillow.open_picture(data, "PNG", facts), facts, width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:  # noqa: ARG001 - nothing is lost
    """A file without loss, at 8 or 16 bits."""
    if pixels.itemsize == 2 and pixels.shape[2] > 1:
        return _encode_sixteen(pixels, metadata)
    from engine.files import pillow

    file = BytesIO()
    picture = pillow.from_pixels(pixels)
    picture.save(file, "PNG", compress_level=LEVEL, icc_profile=metadata.icc or None, exif=metadata.exif or None)
    return file.getvalue()


def _encode_sixteen(pixels: Pixels, metadata: Metadata) -> bytes:
    import numpy as np

    height, width, channels = pixels.shape
    samples = pixels.astype(">u2").view(np.uint8).reshape(height, width, 2 * channels)
    lines = np.empty((height, 1 + width * 2 * channels), np.uint8)
    lines[:, 0] = SUB
    differences = lines[:, 1:].reshape(height, width, 2 * channels)
    differences[:, 0] = samples[:, 0]
    np.subtract(samples[:, 1:], samples[:, :-1], out=differences[:, 1:])
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, COLOUR_TYPES[channels], 0, 0, 0))]
    if metadata.icc:
        chunks.append((b"iCCP", b"ICC profile\0\0" + zlib.compress(metadata.icc)))
    if metadata.exif:
        chunks.append((b"eXIf", metadata.exif))
    chunks += [(b"IDAT", zlib.compress(lines.data, LEVEL)), (b"IEND", b"")]
    parts = [SIGNATURE]
    for kind, content in chunks:
        checksum = zlib.crc32(content, zlib.crc32(kind))
        parts += [struct.pack(">I", len(content)), kind, content, struct.pack(">I", checksum)]
    return b"".join(parts)


def _keyed(pixels: Pixels, key: int | tuple[int, ...]) -> Pixels:
    """16-bit pixels with an alpha channel that is 0 where they have the one colour named transparent."""
    import numpy as np

    clear = (pixels == np.array(key, np.uint16)).all(axis=2, keepdims=True)
    return np.concatenate([pixels, np.where(clear, np.uint16(0), np.uint16(65535))], axis=2)


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Each chunk's name and length, the file standing at its content."""
    file.seek(len(SIGNATURE))
    for _ in range(MAX_CHUNKS):
        head = file.read(8)
        if len(head) < 8:
            return
        length, kind = struct.unpack(">I4s", head)
        content = file.tell()
        yield kind, length
        if kind == b"IEND":
            return
        file.seek(content + length + 4)


def _profile(content: bytes) -> bytes:
    """A name, a zero, a method and the compressed profile."""
    return _inflated(content.partition(b"\0")[2][1:])


def _packet(content: bytes) -> bytes:
    """After the keyword: whether it is compressed, how, then two texts, each ended by a zero."""
    body = content.removeprefix(XMP_KEYWORD)
    text = body[2:].partition(b"\0")[2].partition(b"\0")[2]
    return _inflated(text) if body[:1] == b"\1" else text


def _inflated(data: bytes) -> bytes:
    """Empty when the data is damaged or holds more than metadata may."""
    inflater = zlib.decompressobj()
    try:
        content = inflater.decompress(data, METADATA_BYTES)
    except zlib.error:
        return b""
    return content if inflater.eof else b""


FORMAT = Format(
    name="png",
    title="a PNG",
    suffixes=(".png", ".apng"),
    depths={1: (8, 16), 2: (8, 16), 3: (8, 16), 4: (8, 16)},
    longest_side=2**31 - 1,
    recognises=recognises,
    examine=examine,
    decode=decode,
    reduce=reduce,
    encode=encode,
)
