"""HEIC, by pillow-heif, an extra: read at up to 16 bits a channel, written at 8. It registers no plugin with Pillow."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from engine.files.boxes import brands
from engine.files.exif import PREFIX, upright
from engine.files.format import Empty, Extra, Facts, Format, Raster, UnsupportedError
from engine.unlocked import unlocked

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

TITLE = "a HEIC"
EXTRA = Extra("heic", "pillow_heif")
BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis"})
CHANNELS = {"L": 1, "LA": 2, "RGB": 3, "RGBA": 4, "L;16": 1, "I;16": 1, "LA;16": 2, "RGB;16": 3, "RGBA;16": 4}
MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}
FULL_COLOUR_QUALITY = 90
"""From this quality on colour is kept at full resolution, as for JPEG."""
DECODING, ENCODING = 24, 96
"""Bytes a pixel that libheif and its codecs take at most (measured)."""
ALWAYS = 32 << 20
"""Bytes that the codecs take for the smallest picture."""


def recognises(head: bytes) -> bool:
    """A still picture coded in HEVC."""
    return not brands(head).isdisjoint(BRANDS)


def examine(file: BinaryIO) -> Facts:
    """Size and metadata as libheif reads them; nothing is decoded.

    libheif turns the picture as the file's own properties say, and what EXIF says of its turn does not count
    (ISO/IEC 23008-12, A.2.1): it stands upright already.
    """
    EXTRA.demand(TITLE)
    pictures = _opened(file.read())
    first = pictures[pictures.primary_index]
    if first.mode not in CHANNELS:
        raise UnsupportedError("has premultiplied alpha, which is not read: convert it first.")
    width, height = first.size
    return Facts(
        width=width,
        height=height,
        channels=CHANNELS[first.mode],
        depth=8 if first.info["bit_depth"] == 8 else 16,
        frames=len(pictures),
        exif=upright((first.info.get("exif") or b"").removeprefix(PREFIX)),
        icc=first.info.get("icc_profile") or b"",
        xmp=first.info.get("xmp") or b"",
        work=width * height * DECODING + ALWAYS,
    )


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """The main picture; 10 and 12 bits a channel are stretched to 16."""
    import numpy as np

    pictures = _opened(data)
    first = pictures[pictures.primary_index]
    shape = facts.height, facts.width, facts.channels
    found: Pixels = np.asarray(first)
    if found.size != np.prod(shape) or found.itemsize != facts.itemsize:
        raise ValueError("its headers contradict each other")
    pixels = empty(shape, np.dtype(f"u{facts.itemsize}"))
    pixels[...] = found.reshape(shape)
    if facts.depth == 16:
        pixels |= pixels >> first.info["bit_depth"]
    return Raster(pixels, facts.icc)


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """Decoded whole, then reduced."""
    import numpy as np

    from engine.files.pillow import reduce_raster

    return reduce_raster(decode(data, facts, np.empty), width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
    """One picture with its metadata; grey with alpha is stored as colour."""
    EXTRA.demand(TITLE)
    import pillow_heif

    height, width, channels = pixels.shape
    file = BytesIO()
    unlocked(
        pillow_heif.encode,
        MODES[channels],
        (width, height),
        pixels.tobytes(),
        file,
        quality=quality,
        chroma=444 if quality >= FULL_COLOUR_QUALITY else 420,
        exif=metadata.exif or None,
        xmp=metadata.xmp or None,
        **({"icc_profile": metadata.icc} if metadata.icc else {}),
    )
    return file.getvalue()


def encoding_work(shape: tuple[int, ...], itemsize: int, quality: int) -> int:  # noqa: ARG001 - always one byte
    """What the codec takes, and the file."""
    height, width, _ = shape
    return height * width * ENCODING + ALWAYS


def _opened(data: bytes) -> Any:
    import pillow_heif

    return pillow_heif.open_heif(data, convert_hdr_to_8bit=False)


FORMAT = Format(
    name="heic",
    title=TITLE,
    suffixes=(".heic", ".heif", ".hif"),
    recognises=recognises,
    examine=examine,
    decode=decode,
    reduce=reduce,
    native=True,
    depths={1: (8,), 2: (8,), 3: (8,), 4: (8,)},
    longest_side=16_384,
    encode=encode,
    work=encoding_work,
    extra=EXTRA,
)
