"""PNG, by Pillow; 16-bit colour, which Pillow cannot write, is written here."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from engine.files.exif import PREFIX, orientation
from engine.files.format import Empty, Facts, Format, Raster
from engine.files.remote.ranged import Ranged
from engine.unlocked import unlocked

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

    from engine.image import Metadata, Pixels

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}
COLOUR_TYPES = {1: 0, 2: 4, 3: 2, 4: 6}
XMP_KEYWORD = b"XML:com.adobe.xmp\0"
XMP_TEXT = XMP_KEYWORD + bytes(4)
"""Before a text that is not compressed, of no language and without another keyword."""
METADATA_BYTES = 16 << 20
"""The most that one piece of metadata may hold, compressed or not."""
MAX_CHUNKS = 1 << 18
BAND_BYTES = 1 << 18
"""Of pixels that are compressed together."""
LEVEL = 4
"""Of compression: level 6 takes two to three times as long for 1 to 6 % less."""
SUB = 1
"""The filter that stores each byte's difference from the pixel before."""


def recognises(head: bytes) -> bool:
    """The signature."""
    return head.startswith(SIGNATURE)


def examine(file: BinaryIO) -> Facts:
    """Size and metadata from the chunks; the pixels are stepped over, as EXIF may follow them.

    Of a file on another machine of which only the beginning may come, what follows the pixels is left out.
    """
    found: dict[bytes, bytes] = {}
    for kind, length in _chunks(file):
        if kind == b"IDAT" and isinstance(file, Ranged):
            if file.short:
                break
            # Stepping over the pixels takes a request for every few of them, and what they hold comes anyway.
            file.whole()
        if kind in (b"IHDR", b"tRNS", b"acTL", b"iCCP", b"eXIf", b"iTXt") and length <= METADATA_BYTES:
            content = file.read(length)
            if kind != b"iTXt":
                found.setdefault(kind, content)
            elif content.startswith(XMP_KEYWORD):
                found[kind] = content
    if b"IHDR" not in found:
        raise ValueError("it has no header")
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
        work=width * height * _work(bits, colour_type, b"tRNS" in found),
    )


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """The first picture, at its own depth."""
    import numpy as np

    from engine.files import pillow

    picture = pillow.open_picture(data, "PNG", facts)
    key = picture.info.get("transparency")
    if facts.depth == 8:
        return pillow.decode_picture(picture, facts, empty)
    if key is not None:
        return Raster(_keyed(_sixteen(picture, data, facts, np.empty).pixels, key, empty), facts.icc)
    return _sixteen(picture, data, facts, empty)


def _sixteen(picture: ImageFile, data: bytes, facts: Facts, empty: Empty) -> Raster:
    from engine.files import pillow

    if picture.mode == "I;16":
        return pillow.decode_picture(picture, facts, empty)
    if facts.channels == 2:
        return pillow.decode_grey_alpha_sixteen(data, facts, empty)
    return pillow.decode_sixteen(data, "PNG", facts, empty)


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """Decoded whole, then reduced: a PNG has no short way."""
    from engine.files import pillow

    return pillow.reduce_picture(pillow.open_picture(data, "PNG", facts), facts, width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:  # noqa: ARG001 - nothing is lost
    """A file without loss, at 8 or 16 bits."""
    if pixels.itemsize == 2 and pixels.shape[2] > 1:
        return _encode_sixteen(pixels, metadata)
    from PIL.PngImagePlugin import PngInfo

    from engine.files import pillow

    file = BytesIO()
    texts = PngInfo()
    if metadata.xmp:
        texts.add(b"iTXt", XMP_TEXT + metadata.xmp)
    unlocked(
        pillow.from_pixels(pixels).save,
        file,
        "PNG",
        compress_level=LEVEL,
        icc_profile=metadata.icc or None,
        exif=metadata.exif or None,
        pnginfo=texts,
    )
    return file.getvalue()


def encoding_work(shape: tuple[int, ...], itemsize: int, quality: int) -> int:  # noqa: ARG001 - nothing is lost
    """Pillow's copy, which has four channels, and the file; at 16 bits the file and its parts."""
    height, width, channels = shape
    raw = height * (1 + width * channels * itemsize) * 101 // 100
    if itemsize == 2 and channels > 1:
        return 2 * raw
    return raw + (height * width * 4 if channels == 3 else 0)


def _encode_sixteen(pixels: Pixels, metadata: Metadata) -> bytes:
    height, width, channels = pixels.shape
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, COLOUR_TYPES[channels], 0, 0, 0))]
    chunks += _metadata(metadata)
    chunks += [(b"IDAT", part) for part in _compressed(pixels)]
    return b"".join([SIGNATURE, *map(_chunk, (*chunks, (b"IEND", b"")))])


def _metadata(metadata: Metadata) -> Iterator[tuple[bytes, bytes]]:
    """The chunks that stand before the pixels."""
    if metadata.icc:
        yield b"iCCP", b"ICC profile\0\0" + zlib.compress(metadata.icc)
    if metadata.exif:
        yield b"eXIf", metadata.exif
    if metadata.xmp:
        yield b"iTXt", XMP_TEXT + metadata.xmp


def _chunk(named: tuple[bytes, bytes]) -> bytes:
    kind, content = named
    return b"".join(
        [struct.pack(">I", len(content)), kind, content, struct.pack(">I", zlib.crc32(content, zlib.crc32(kind)))]
    )


def _compressed(pixels: Pixels) -> Iterator[bytes]:
    """16-bit pixels as differences, some rows at a time."""
    import numpy as np

    _, width, channels = pixels.shape
    deflater = zlib.compressobj(LEVEL)
    rows = max(1, BAND_BYTES // pixels[0].nbytes)
    for top in range(0, len(pixels), rows):
        band = pixels[top : top + rows]
        samples = band.astype(">u2").view(np.uint8).reshape(len(band), width, 2 * channels)
        lines = np.empty((len(band), 1 + width * 2 * channels), np.uint8)
        lines[:, 0] = SUB
        differences = lines[:, 1:].reshape(samples.shape)
        differences[:, 0] = samples[:, 0]
        np.subtract(samples[:, 1:], samples[:, :-1], out=differences[:, 1:])
        yield unlocked(deflater.compress, lines.data)
    yield deflater.flush()


def _work(bits: int, colour_type: int, keyed: bool) -> int:
    """Bytes a pixel that decoding takes beside its result: Pillow's picture, and another where it converts that."""
    stored = 1 if colour_type in (0, 3) else 4
    if bits == 16:
        return 10 if keyed else max(2, stored)
    converted = 4 if keyed or colour_type == 3 else 1 if bits == 1 else 0
    return stored + converted


def _keyed(pixels: Pixels, key: int | tuple[int, ...], empty: Empty) -> Pixels:
    """16-bit pixels with an alpha channel that is 0 where they have the one colour named transparent."""
    import numpy as np

    height, width, channels = pixels.shape
    keyed = empty((height, width, channels + 1), np.uint16)
    keyed[..., :-1] = pixels
    keyed[..., -1] = ~np.uint16(0)
    keyed[(pixels == np.array(key, np.uint16)).all(axis=2), -1] = 0
    return keyed


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
    work=encoding_work,
)
