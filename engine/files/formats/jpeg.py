"""JPEG: by libjpeg-turbo without Python's lock, and by Pillow where that cannot (CMYK, small faults in the data)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from engine.files import jpeg_segments
from engine.files.exif import orientation
from engine.files.format import Facts, Format, Raster, UnsupportedError

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

CHANNELS = {1: 1, 3: 3, 4: 3}
FULL_COLOUR_QUALITY = 90
"""From this quality on colour is kept at full resolution; below, at half each way, as cameras do."""
EIGHTH = 8
"""The first passes of a progressive file hold one value for each block of this many pixels a side."""


def recognises(head: bytes) -> bool:
    """Start of image, then any marker."""
    return head.startswith(b"\xff\xd8\xff")


def examine(file: BinaryIO) -> Facts:
    """Size, orientation and metadata from the segments before the pixels."""
    found = jpeg_segments.read_segments(file)
    if found.bits != 8 or found.components not in CHANNELS:
        raise UnsupportedError(
            f"has {found.components} channels of {found.bits} bits, which is not read as JPEG: convert it to 8 bits."
        )
    return Facts(
        width=found.width,
        height=found.height,
        channels=CHANNELS[found.components],
        depth=8,
        orientation=orientation(found.exif),
        exif=found.exif,
        icc=found.icc,
        xmp=found.xmp,
    )


def decode(data: bytes, facts: Facts) -> Raster:
    """The whole picture at full size."""
    return _decoded(data, facts, facts.width, facts.height)


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:
    """Scaled while decoding; coarsely, from the first passes of a progressive file."""
    if coarse and (quick := _first_passes(data, facts, width, height)) is not None:
        return Raster(quick, facts.icc, coarse=True)
    return _decoded(data, facts, width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
    """A baseline file with its EXIF block and colour profile."""
    import simplejpeg

    if pixels.shape[2] == 1:
        data = simplejpeg.encode_jpeg(pixels, quality, "GRAY", "Gray")
    else:
        data = simplejpeg.encode_jpeg(pixels, quality, "RGB", "444" if quality >= FULL_COLOUR_QUALITY else "420")
    return jpeg_segments.insert(data, metadata.exif, metadata.icc)


def _decoded(data: bytes, facts: Facts, width: int, height: int) -> Raster:
    segments = jpeg_segments.read_segments(BytesIO(data))
    if segments.progressive and jpeg_segments.too_many_passes(data):
        raise UnsupportedError("has hundreds of passes, made to keep programs busy: leave it out, or save it anew.")
    if segments.components in (1, 3):
        try:
            return Raster(_pixels(data, facts.channels, width, height), facts.icc)
        except ValueError:
            # Pillow reads on over faults inside the data, yet not over a missing end.
            faults: tuple[str, ...] = ("Its data has faults: part of the picture may be wrong.",)
    else:
        faults = ()
    return _by_pillow(data, facts, width, height, faults)


def _by_pillow(data: bytes, facts: Facts, width: int, height: int, notes: tuple[str, ...]) -> Raster:
    from engine.files.pillow import decode_picture, open_picture

    picture = open_picture(data, "JPEG", facts)
    picture.draft(None, (width, height))
    raster = decode_picture(picture, facts)
    return Raster(raster.pixels, raster.icc, notes + raster.notes)


def _pixels(data: bytes, channels: int, width: int, height: int) -> Pixels:
    import simplejpeg

    pixels: Pixels = simplejpeg.decode_jpeg(
        data, "GRAY" if channels == 1 else "RGB", min_height=height, min_width=width
    )
    return pixels


def _first_passes(data: bytes, facts: Facts, width: int, height: int) -> Pixels | None:
    """The beginning of a progressive file, if it gives at least this size, or None."""
    segments = jpeg_segments.read_segments(BytesIO(data))
    if not segments.progressive or segments.components not in (1, 3):
        return None
    if width * EIGHTH > facts.width or height * EIGHTH > facts.height:
        return None
    beginning = jpeg_segments.first_passes(data, segments.end)
    try:
        return _pixels(beginning, facts.channels, width, height) if beginning else None
    except ValueError:
        return None


FORMAT = Format(
    name="jpeg",
    title="a JPEG",
    suffixes=(".jpg", ".jpeg", ".jpe", ".jfif"),
    depths={1: (8,), 3: (8,)},
    longest_side=65_500,
    recognises=recognises,
    examine=examine,
    decode=decode,
    reduce=reduce,
    encode=encode,
)
