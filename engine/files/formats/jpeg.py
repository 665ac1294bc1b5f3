"""JPEG: by libjpeg-turbo without Python's lock, and by Pillow where that cannot (CMYK, small faults in the data)."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from engine.files import jpeg_segments
from engine.files.exif import orientation
from engine.files.format import Empty, Facts, Format, Raster, Trusted, UnsupportedError
from engine.unlocked import unlocked

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

CHANNELS = {1: 1, 3: 3, 4: 3}
FULL_COLOUR_QUALITY = 90
"""From this quality on colour is kept at full resolution; below, at half each way, as cameras do."""
NOISE_BYTES = ((90, 2.5), (95, 3.1), (100, 5.0))
"""Bytes a pixel of a file of black and white noise in full colour, up to each quality (measured: 2.3, 2.9 and 4.7)."""
BLOCK = 16
"""Pixels a side that are encoded together, at most."""
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
        iptc=found.iptc,
        work=_work(found),
    )


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """What libjpeg-turbo refuses: CMYK, and files with small faults, which Pillow reads on over."""
    return _by_pillow(
        data, facts, (facts.width, facts.height), empty((facts.height, facts.width, facts.channels), "u1")
    )


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """The same, scaled while decoding."""
    return _by_pillow(data, facts, (width, height), None)


def decode_here(data: bytes, facts: Facts, empty: Empty) -> Raster | None:
    """The whole picture at full size."""
    return _by_turbo(data, facts, facts.width, facts.height, empty)


def reduce_here(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster | None:
    """Scaled while decoding; coarsely, from the first passes of a progressive file."""
    if coarse and (quick := _first_passes(data, facts, width, height)) is not None:
        return Raster(quick, facts.icc, coarse=True)
    return _by_turbo(data, facts, width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
    """A baseline file with its metadata."""
    import simplejpeg

    if pixels.shape[2] == 1:
        data = unlocked(simplejpeg.encode_jpeg, pixels, quality, "GRAY", "Gray")
    else:
        sampling = "444" if quality >= FULL_COLOUR_QUALITY else "420"
        data = unlocked(simplejpeg.encode_jpeg, pixels, quality, "RGB", sampling)
    return jpeg_segments.insert(data, metadata)


def encoding_work(shape: tuple[int, ...], itemsize: int, quality: int) -> int:  # noqa: ARG001 - always one byte
    """The file twice, as it is copied once: what noise takes, which takes the most."""
    height, width, channels = shape
    most = next(size for limit, size in NOISE_BYTES if quality <= limit)
    if channels == 1:
        most /= 2
    elif quality < FULL_COLOUR_QUALITY:
        most *= 0.6
    return int(2 * most * _padded(height) * _padded(width))


def _work(found: jpeg_segments.Segments) -> int:
    """Of Pillow, which may have to take over; until its end a progressive file is held as numbers of 16 bits, too."""
    pixels = found.width * found.height
    blocks = _padded(found.width) * _padded(found.height) * found.components * 2 if found.progressive else 0
    if found.components == 1:
        return pixels + blocks
    return 4 * pixels + (max(blocks, 4 * pixels) if found.components == 4 else blocks)


def _padded(side: int) -> int:
    return -(-side // BLOCK) * BLOCK


def _by_turbo(data: bytes, facts: Facts, width: int, height: int, empty: Empty | None = None) -> Raster | None:
    """Scaled to this size at least, or with `empty` at its full size in memory from there."""
    import numpy as np

    segments = jpeg_segments.read_segments(BytesIO(data))
    if segments.progressive and jpeg_segments.too_many_passes(data):
        raise UnsupportedError("has hundreds of passes, made to keep programs busy: leave it out, or save it anew.")
    if segments.components not in (1, 3):
        return None
    target = None if empty is None else empty((height, width, facts.channels), np.uint8)
    try:
        return Raster(_pixels(data, facts.channels, width, height, target), facts.icc)
    except ValueError:
        return None


def _by_pillow(data: bytes, facts: Facts, size: tuple[int, int], target: Pixels | None) -> Raster:
    """Pillow reads on over faults inside the data, yet not over a missing end."""
    import numpy as np

    from engine.files.pillow import decode_picture, open_picture

    segments = jpeg_segments.read_segments(BytesIO(data))
    faults = ("Its data has faults: part of the picture may be wrong.",) if segments.components in (1, 3) else ()
    picture = open_picture(data, "JPEG", facts)
    picture.draft(None, size)
    raster = decode_picture(picture, facts, np.empty if target is None else lambda *_: target)
    return Raster(raster.pixels, raster.icc, faults + raster.notes)


def _pixels(data: bytes, channels: int, width: int, height: int, target: Pixels | None = None) -> Pixels:
    import simplejpeg

    colours = "GRAY" if channels == 1 else "RGB"
    pixels: Pixels = unlocked(simplejpeg.decode_jpeg, data, colours, min_height=height, min_width=width, buffer=target)
    if target is not None and pixels.shape != target.shape:
        raise ValueError("its headers contradict each other")
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
    trusted=Trusted(decode_here, reduce_here),
    encode=encode,
    work=encoding_work,
    holds=frozenset({"exif", "icc", "xmp", "iptc"}),
    longest_xmp=jpeg_segments.LONGEST_XMP,
)
