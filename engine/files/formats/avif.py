"""AVIF, by Pillow's own plugin, at 8 bits a channel; deeper files are read as 8, with a note. It needs no extra."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from engine.files.boxes import Box, brands, find
from engine.files.exif import PREFIX, orientation
from engine.files.format import Empty, Facts, Format, Raster, UnsupportedError
from engine.unlocked import unlocked

if TYPE_CHECKING:
    from engine.image import Metadata, Pixels

FULL_COLOUR_QUALITY = 90
"""From this quality on colour is kept at full resolution, as for JPEG."""
SPEED = 8
"""Of encoding, 0 to 10; the usual 6 takes twice as long for files 5 % smaller."""
HIGH_DEPTH = 0x40
"""In the third byte of `av1C` (AV1 codec ISO media file format binding, 2.3.3)."""
CODEC_PATH = (b"meta", b"iprp", b"ipco", b"av1C")
DECODING, ENCODING = 24, 64
"""Bytes a pixel that libavif, its codecs and Pillow take at most (measured)."""
ALWAYS = 16 << 20
"""Bytes that the codecs take for the smallest picture."""


def recognises(head: bytes) -> bool:
    """A still picture or a sequence."""
    return not brands(head).isdisjoint({b"avif", b"avis"})


def examine(file: BinaryIO) -> Facts:
    """Size and metadata as libavif reads them; nothing is decoded."""
    _demand()
    from engine.files.pillow import open_headers

    picture = open_headers(file, "AVIF")
    width, height = picture.size
    exif = picture.info.get("exif", b"").removeprefix(PREFIX)
    return Facts(
        width=width,
        height=height,
        channels=len(picture.getbands()),
        depth=8,
        orientation=orientation(exif),
        frames=getattr(picture, "n_frames", 1),
        exif=exif,
        icc=picture.info.get("icc_profile", b""),
        xmp=picture.info.get("xmp", b""),
        work=width * height * DECODING + ALWAYS,
    )


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """The first picture, at 8 bits."""
    from engine.files import pillow

    raster = pillow.decode_picture(pillow.open_picture(data, "AVIF", facts), facts, empty)
    return Raster(raster.pixels, raster.icc, raster.notes + _deep(data))


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """Decoded whole, then reduced."""
    from engine.files import pillow

    raster = pillow.reduce_picture(pillow.open_picture(data, "AVIF", facts), facts, width, height)
    return Raster(raster.pixels, raster.icc, raster.notes + _deep(data))


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:
    """A still picture with its metadata; grey stays grey without alpha, and is stored as colour with it."""
    _demand()
    from engine.files import pillow

    file = BytesIO()
    unlocked(
        pillow.from_pixels(pixels).save,
        file,
        "AVIF",
        quality=quality,
        subsampling="4:0:0" if pixels.shape[2] == 1 else "4:4:4" if quality >= FULL_COLOUR_QUALITY else "4:2:0",
        speed=SPEED,
        max_threads=1,
        icc_profile=metadata.icc,
        exif=pillow.Verbatim(metadata.exif),
        xmp=metadata.xmp,
    )
    return file.getvalue()


def encoding_work(shape: tuple[int, ...], itemsize: int, quality: int) -> int:  # noqa: ARG001 - always one byte
    """What the codec takes, and the file."""
    height, width, _ = shape
    return height * width * ENCODING + ALWAYS


def _demand() -> None:
    from PIL import features

    if not features.check("avif"):
        raise UnsupportedError("is an AVIF, which the Pillow installed here was built without: install it from PyPI.")


def _deep(data: bytes) -> tuple[str, ...]:
    """A note when the file has more bits than are read."""
    found = find(BytesIO(data), Box(b"", 0, len(data)), *CODEC_PATH)
    if found is None or not data[found.start + 2 : found.start + 3] or not data[found.start + 2] & HIGH_DEPTH:
        return ()
    return ("Its 10 or 12 bits a channel were read as 8.",)


FORMAT = Format(
    name="avif",
    title="an AVIF",
    suffixes=(".avif",),
    recognises=recognises,
    examine=examine,
    decode=decode,
    reduce=reduce,
    native=True,
    depths={1: (8,), 2: (8,), 3: (8,), 4: (8,)},
    longest_side=65_536,
    encode=encode,
    work=encoding_work,
)
