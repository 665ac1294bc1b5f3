"""Camera raw, only read: its embedded JPEG is shown without any extra, its sensor's numbers are developed by rawpy."""

from __future__ import annotations

import struct
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from engine.files import camera_raw, jpeg_segments
from engine.files.boxes import brands
from engine.files.format import Empty, Extra, Facts, Format, Raster, UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Iterator

TITLE = "a camera raw"
EXTRA = Extra("raw", "rawpy")
HEADS = (*camera_raw.TIFF_HEADS, camera_raw.FUJI)
ORIENTATIONS = {0: 1, 3: 3, 5: 8, 6: 6}
"""EXIF's orientation for LibRaw's."""
SRGB_GAMMA = (2.4, 12.92)
"""As LibRaw writes the curve of sRGB (IEC 61966-2-1): its exponent, and the slope near black."""
DECODING = 32
"""Bytes a pixel that LibRaw takes at most (measured)."""
ALWAYS = 8 << 20
SAME_SHAPE = 0.04
"""How far the proportions of an embedded picture may differ from the sensor's; some have black bars."""
DEVELOPED = "It was developed by LibRaw: the camera's white balance, colours in sRGB."
EMBEDDED = "This is the preview that the camera embedded; the result is developed from the raw data."
FAULTS = (ValueError, struct.error, OverflowError, OSError)


def recognises(head: bytes) -> bool:
    """What begins as raw files do; most begin as any TIFF does."""
    return head.startswith(HEADS) or b"crx " in brands(head)


def confirms(file: BinaryIO) -> bool:
    """Whether a directory tells of a sensor's numbers."""
    try:
        return camera_raw.survey(file).raw
    except FAULTS:
        return False


def examine(file: BinaryIO) -> Facts:
    """Size and turn as LibRaw will make it; without the extra, those of the embedded picture."""
    found = camera_raw.survey(file)
    exif = _exif(file, found)
    if EXTRA.installed:
        file.seek(0)
        with _libraw_errors(), _opened(file) as developing:
            sizes = developing.sizes
        if sizes.pixel_aspect != 1:
            raise UnsupportedError("has pixels that are not square, which is not read: convert it first.")
        width, height, orientation = sizes.width, sizes.height, ORIENTATIONS.get(sizes.flip, 1)
        return Facts(width, height, 3, 16, orientation, exif=exif, work=width * height * DECODING + ALWAYS)
    sides = max(((area, each) for area, each, _ in _jpegs(file, found)), default=None, key=lambda each: each[0])
    if sides is None:
        EXTRA.demand(TITLE)
        raise ValueError("it embeds no picture")
    width, height = sides[1]
    return Facts(width, height, 3, 8, found.orientation, exif=exif)


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """Developed to 16 bits in sRGB by the camera's white balance, neither brightened nor turned."""
    EXTRA.demand(TITLE)
    import numpy as np
    import rawpy

    if camera_raw.survey(BytesIO(data)).end > len(data):
        raise ValueError("the sensor's numbers end early")
    with _libraw_errors(), _opened(BytesIO(data)) as developing:
        developing.unpack()
        developed = developing.postprocess(
            use_camera_wb=True,
            no_auto_bright=True,
            output_color=rawpy.ColorSpace.sRGB,
            gamma=SRGB_GAMMA,
            output_bps=16,
            user_flip=0,
        )
    if developed.shape[:2] != (facts.height, facts.width):
        raise UnsupportedError("has a sensor whose layout is not read: convert it first.")
    pixels = empty((facts.height, facts.width, 3), np.uint16)
    pixels[...] = developed.reshape(facts.height, facts.width, -1)
    return Raster(pixels, b"", (DEVELOPED,))


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:
    """The largest embedded JPEG that can be decoded; where there is none of use, developed and reduced."""
    import numpy as np
    import simplejpeg

    from engine.files.pillow import reduce_raster

    file = BytesIO(data)
    for _, sides, content in sorted(_jpegs(file, camera_raw.survey(file)), reverse=True):
        if EXTRA.installed and not (_shaped(facts, *sides) and (coarse or 2 * sides[0] >= width)):
            continue
        try:
            pixels = simplejpeg.decode_jpeg(content, "RGB", min_width=width, min_height=height)
        except ValueError:
            continue
        return Raster(pixels, jpeg_segments.read_segments(BytesIO(content)).icc, (EMBEDDED,))
    return reduce_raster(decode(data, facts, np.empty), width, height)


def _shaped(facts: Facts, width: int, height: int) -> bool:
    return abs(width * facts.height / (height * facts.width) - 1) <= SAME_SHAPE


def _jpegs(file: BinaryIO, found: camera_raw.Survey) -> Iterator[tuple[int, tuple[int, int], bytes]]:
    """Number of pixels, width and height, and content of each embedded JPEG of 8 bits in colour."""
    end = file.seek(0, 2)
    for start, length in found.pictures:
        if start + length > end or length < 4:
            continue
        file.seek(start)
        content = file.read(length)
        try:
            segments = jpeg_segments.read_segments(BytesIO(content)) if content.startswith(b"\xff\xd8\xff") else None
        except FAULTS:
            continue
        if segments is not None and segments.bits == 8 and segments.components == 3:
            yield segments.width * segments.height, (segments.width, segments.height), content


@contextmanager
def _libraw_errors() -> Iterator[None]:
    """LibRaw's errors in its own words, which rawpy has as bytes."""
    import rawpy

    try:
        yield
    except rawpy.LibRawError as error:
        words = error.args[0] if error.args else b""
        raise ValueError(words.decode(errors="replace") if isinstance(words, bytes) else str(words)) from None


def _opened(file: BinaryIO) -> Any:
    import rawpy

    developing = rawpy.RawPy()
    developing.open_buffer(file)
    return developing


def _exif(file: BinaryIO, found: camera_raw.Survey) -> bytes:
    """What the camera says of the picture, from a block in the file or from its own directories."""
    from engine.files.directories import read_block
    from engine.files.share import described

    if found.exif:
        return found.exif
    try:
        return described(read_block(file))
    except ValueError:
        return b""


FORMAT = Format(
    name="raw",
    title=TITLE,
    suffixes=(".dng", ".nef", ".arw", ".cr3", ".cr2", ".orf", ".rw2", ".raf", ".pef", ".nrw", ".srw"),
    recognises=recognises,
    examine=examine,
    decode=decode,
    reduce=reduce,
    native=True,
    extra=EXTRA,
    confirms=confirms,
)
