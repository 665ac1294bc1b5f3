"""JPEG XL, by pillow-jxl-plugin, an extra: colour at 8 bits, grey at any. It reads no compressed metadata, no CMYK."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from engine.files import jxl_header
from engine.files.boxes import boxes
from engine.files.exif import orientation, upright
from engine.files.format import Empty, Extra, Facts, Format, Raster, UnsupportedError
from engine.unlocked import unlocked

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

TITLE = "a JPEG XL"
EXTRA = Extra("jxl", "pillow_jxl")
CONTAINER = b"\0\0\0\x0cJXL \r\n\x87\n"
HEADER_BYTES = 1 << 14
"""Of a codestream in which its headers are looked for."""
METADATA_BYTES = 16 << 20
BLOCKS = (b"II*\0", b"MM\0*")
MODES = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "I;16": 1, "F": 1, "F;16": 1}
TYPES = {8: "u1", 16: "u2", 32: "f4"}
FLOAT_DEPTHS = (16, 32)
NAMES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
LOSSLESS_QUALITY = 100
EFFORT = 4
"""Of encoding, 1 to 9; the usual 7 takes three times as long for files some percent smaller."""
DECODING, DEEP_DECODING, CHANNEL_DECODING = 24, 40, 8
"""Bytes a pixel that libjxl and its copies take at most: up to 8 bits, beyond, and for each channel beside colour
(measured: 16, 30, and 40 of 16 bits with alpha)."""
ENCODING = {1: 48, 2: 64, 3: 64, 4: 84}
"""The same for encoding, by channels (measured: 41, 57, 57 and 75)."""
ALWAYS = 32 << 20


def recognises(head: bytes) -> bool:
    """A bare codestream, or one in boxes."""
    return head.startswith((jxl_header.SIGNATURE, CONTAINER))


def examine(file: BinaryIO) -> Facts:
    """Size and metadata from headers and boxes.

    libjxl turns the picture as the codestream says, whose word counts, and not that of EXIF; but for a picture that
    was a JPEG, whose own bytes come back.
    """
    parts = _parts(file)
    header = jxl_header.read(parts.get(b"jxlc", b""))
    _demand(header)
    turned = header.orientation if b"jbrd" in parts else 1
    sideways = header.orientation >= 5 and turned == 1
    width, height = (header.height, header.width) if sideways else (header.width, header.height)
    channels = (1 if header.grey else 3) + header.alpha
    exif = _exif(parts.get(b"Exif", b""))
    return Facts(
        width=width,
        height=height,
        channels=channels,
        depth=_depth(header),
        orientation=turned,
        exif=exif if turned == orientation(exif) else upright(exif),
        xmp=parts.get(b"xml ", b""),
        work=width * height * _work(header) + ALWAYS,
    )


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """The first picture."""
    EXTRA.demand(TITLE)
    import numpy as np

    from engine.files.srgb import is_srgb

    mode, found, icc = _decoded(data)
    kind = np.dtype(TYPES[facts.depth])
    shape = facts.height, facts.width, facts.channels
    if MODES.get(mode) != facts.channels or len(found) != np.prod(shape) * kind.itemsize:
        raise ValueError("its headers contradict each other")
    pixels = empty(shape, kind)
    pixels[...] = np.frombuffer(found, kind).reshape(shape)
    parts = _parts(BytesIO(data))
    header = jxl_header.read(parts[b"jxlc"])
    # A picture without a profile comes back with one that says sRGB.
    return Raster(pixels, b"" if not header.profile and is_srgb(icc) else icc, _notes(header, parts, facts))


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """Decoded whole, then reduced."""
    import numpy as np

    from engine.files.pillow import reduce_raster

    return reduce_raster(decode(data, facts, np.empty), width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
    """One picture in sRGB with its metadata; without loss at quality 100."""
    EXTRA.demand(TITLE)
    import pillow_jxl

    # Its own types are those of an older version.
    make: Any = pillow_jxl.Encoder
    height, width, channels = pixels.shape
    lossless = quality >= LOSSLESS_QUALITY
    encoder = make(
        mode=NAMES[channels], lossless=lossless, quality=quality, decoding_speed=0, effort=EFFORT, use_container=True,
        use_original_profile=lossless, num_threads=0,
    )  # fmt: skip
    # An offset comes before the block (ISO/IEC 18181-2, 9.5), which the library leaves to its callers.
    exif = bytes(4) + metadata.exif if metadata.exif else None
    told = {"exif": exif, "jumb": None, "xmp": metadata.xmp or None, "compress": False}
    return bytes(unlocked(encoder, pixels.tobytes(), width, height, jpeg_encode=False, **told))


def encoding_work(shape: tuple[int, ...], itemsize: int, quality: int) -> int:  # noqa: ARG001 - always one byte
    """What the codec takes, and the file."""
    height, width, channels = shape
    return height * width * ENCODING[channels] + ALWAYS


def _demand(header: jxl_header.Header) -> None:
    """UnsupportedError for what libjxl or its plugin cannot give, or gives in wrong colours."""
    if jxl_header.BLACK in header.kinds:
        raise UnsupportedError("is in CMYK, which is not read as JPEG XL: convert it to RGB first.")
    if header.bits not in FLOAT_DEPTHS if header.floats else header.bits > 16:
        kind = "floats" if header.floats else "whole numbers"
        raise UnsupportedError(f"has {header.bits}-bit {kind}, which are not read: convert it to 16 bits first.")


def _depth(header: jxl_header.Header) -> int:
    """Grey keeps what it has, with alpha or without; colours come as bytes."""
    if not header.grey or header.bits <= 8:
        return 8
    return 32 if header.floats else 16


def _work(header: jxl_header.Header) -> int:
    """Bytes a pixel."""
    return (DECODING if header.bits <= 8 else DEEP_DECODING) + CHANNEL_DECODING * len(header.kinds)


def _exif(content: bytes) -> bytes:
    """The block of an Exif box, with the offset before it or, as some programs write it, without."""
    return content if content.startswith(BLOCKS) else content[4 + int.from_bytes(content[:4], "big") :]


def _decoded(data: bytes) -> tuple[str, bytes, bytes]:
    """Mode, pixels and their profile."""
    from pillow_jxl import Decoder

    jpeg, found, pixels, icc, _ = Decoder(num_threads=0)(data)
    if not jpeg:
        return found.mode, pixels, icc or b""
    from PIL import Image

    with Image.open(BytesIO(pixels), formats=["JPEG"]) as picture:
        plain = picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
        return plain.mode, plain.tobytes(), picture.info.get("icc_profile", b"")


def _notes(header: jxl_header.Header, parts: dict[bytes, bytes], facts: Facts) -> tuple[str, ...]:
    linear = header.xyb and header.profile and b"jbrd" not in parts
    said = (
        (header.bits > 8 and facts.depth == 8, f"Its {header.bits} bits a channel were read as 8."),
        (linear, "Its colours were read as linear light: dark tones may show steps."),
        (header.animated, "Only the first of its pictures was read."),
        (b"brob" in parts, "Its metadata is compressed, which is not read, and was left out."),
    )
    return tuple(sentence for true, sentence in said if true)


def _parts(file: BinaryIO) -> dict[bytes, bytes]:
    """What there is of the codestream's beginning, as `jxlc`, and of metadata, by the names of their boxes."""
    file.seek(0)
    head = file.read(len(CONTAINER))
    if head != CONTAINER:
        return {b"jxlc": head + file.read(HEADER_BYTES)}
    file.seek(0, 2)
    found: dict[bytes, bytes] = {}
    stream = b""
    for box in boxes(file, len(CONTAINER), file.tell()):
        if box.kind in (b"jxlc", b"jxlp") and len(stream) < HEADER_BYTES:
            skipped = 4 if box.kind == b"jxlp" else 0
            file.seek(box.start + skipped)
            stream += file.read(max(0, min(box.end - box.start - skipped, HEADER_BYTES)))
        elif box.kind in (b"Exif", b"xml ", b"jbrd") and box.end - box.start <= METADATA_BYTES:
            file.seek(box.start)
            found.setdefault(box.kind, b"" if box.kind == b"jbrd" else file.read(box.end - box.start))
        elif box.kind == b"brob":
            file.seek(box.start)
            found |= {box.kind: b""} if file.read(4) in (b"Exif", b"xml ") else {}
    return found | {b"jxlc": stream}


FORMAT = Format(
    name="jxl",
    title=TITLE,
    suffixes=(".jxl",),
    recognises=recognises,
    examine=examine,
    decode=decode,
    reduce=reduce,
    depths={1: (8,), 2: (8,), 3: (8,), 4: (8,)},
    longest_side=1 << 18,
    encode=encode,
    work=encoding_work,
    holds=frozenset({"exif", "xmp"}),
    extra=EXTRA,
)
