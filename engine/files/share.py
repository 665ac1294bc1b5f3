"""EXIF fit to leave a person's hands: what describes the photograph stays; places, maker notes and thumbnails go."""

from typing import Any

from PIL import ExifTags
from PIL import Image as Pillow

from engine.files.exif import PREFIX

KEPT = frozenset(
    {
        ExifTags.Base.ImageDescription,
        ExifTags.Base.Make,
        ExifTags.Base.Model,
        ExifTags.Base.XResolution,
        ExifTags.Base.YResolution,
        ExifTags.Base.ResolutionUnit,
        ExifTags.Base.Software,
        ExifTags.Base.DateTime,
        ExifTags.Base.Artist,
        ExifTags.Base.Copyright,
        ExifTags.Base.Rating,
        ExifTags.Base.RatingPercent,
    }
)
"""Of the first directory; the others there place the picture, point elsewhere or describe how a TIFF is stored."""
PIXEL_WIDTH, PIXEL_HEIGHT, BODY_SERIAL_NUMBER, LENS_SERIAL_NUMBER = 0xA002, 0xA003, 0xA431, 0xA435
DROPPED = frozenset({ExifTags.Base.MakerNote, ExifTags.IFD.Interop, BODY_SERIAL_NUMBER, LENS_SERIAL_NUMBER})
"""Of the camera's directory: the maker's note may hold anything, and serial numbers lead to a person."""
MAX_BYTES = 65_000
"""A JPEG segment holds no more."""


def shareable(exif: bytes, width: int, height: int) -> bytes:
    """The block to write with a picture of this size; empty when there is nothing to write or it cannot be read."""
    if not exif:
        return b""
    source = Pillow.Exif()
    try:
        source.load(exif)
    except Exception:  # noqa: BLE001 - Pillow raises anything on damaged EXIF; the picture matters more
        return b""
    return shareable_block(source, width, height)


def shareable_block(source: Pillow.Exif, width: int, height: int) -> bytes:
    """The same from tags that Pillow has read; the block has no leading `Exif` and two zeros."""
    try:
        block = _kept(source, width, height).tobytes().removeprefix(PREFIX)
    except Exception:  # noqa: BLE001 - what a damaged block gave cannot always be written back
        return b""
    return block if len(block) <= MAX_BYTES else b""


def _kept(source: Pillow.Exif, width: int, height: int) -> Pillow.Exif:
    kept = Pillow.Exif()
    for tag in KEPT & set(source):
        kept[tag] = source[tag]
    kept[ExifTags.Base.Orientation] = 1
    camera: dict[int, Any] = {
        tag: value for tag, value in source.get_ifd(ExifTags.IFD.Exif).items() if tag not in DROPPED
    }
    if camera:
        kept.get_ifd(ExifTags.IFD.Exif).update({**camera, PIXEL_WIDTH: width, PIXEL_HEIGHT: height})
    return kept
