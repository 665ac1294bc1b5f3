"""What is needed of an EXIF block in place: its orientation and its thumbnail. It decodes no other tag."""

import struct
from collections.abc import Mapping
from typing import NamedTuple

ORIENTATION = 0x0112
THUMBNAIL_OFFSET = 0x0201
THUMBNAIL_LENGTH = 0x0202
CAMERA = 0x8769
SHORT, LONG = 3, 4
MAX_TAGS = 1000
PREFIX = b"Exif\0\0"
HEADS = (b"II*\0", b"MM\0*")
"""Of a block in either byte order."""


class Tag(NamedTuple):
    """One whole number in a directory, and where in the block it is stored."""

    value: int
    at: int
    format: str


def orientation(exif: bytes) -> int:
    """1 to 8, as EXIF counts; 1 when the block has none or is damaged."""
    tag = _numbers(exif, _first(exif))[0].get(ORIENTATION)
    return tag.value if tag and 1 <= tag.value <= 8 else 1


def number_of(exif: bytes, tag: int) -> int | None:
    """A whole number of the first directory; None when it has none of that tag."""
    found = _numbers(exif, _first(exif))[0].get(tag)
    return None if found is None else found.value


def upright(exif: bytes) -> bytes:
    """The same block with its orientation, if it has one, set to 1; everything else stays where it is."""
    tag = _numbers(exif, _first(exif))[0].get(ORIENTATION)
    if tag is None or tag.value == 1:
        return exif
    changed = bytearray(exif)
    struct.pack_into(tag.format, changed, tag.at, 1)
    return bytes(changed)


def thumbnail(exif: bytes) -> bytes:
    """The small JPEG that cameras embed, stored turned like the picture itself; empty when there is none."""
    following = _numbers(exif, _first(exif))[1]
    tags = _numbers(exif, following)[0]
    if THUMBNAIL_OFFSET not in tags or THUMBNAIL_LENGTH not in tags:
        return b""
    start = tags[THUMBNAIL_OFFSET].value
    small = exif[start : start + tags[THUMBNAIL_LENGTH].value]
    return small if small.startswith(b"\xff\xd8") else b""


def with_numbers(exif: bytes, values: Mapping[int, int]) -> bytes:
    """The same block with other whole numbers where the first or the camera's directory has such fields."""
    first = _numbers(exif, _first(exif))[0]
    camera = _numbers(exif, first[CAMERA].value)[0] if CAMERA in first else {}
    changed = bytearray(exif)
    for tags in (first, camera):
        for tag in values.keys() & tags.keys():
            if values[tag] < 1 << 8 * struct.calcsize(tags[tag].format):
                struct.pack_into(tags[tag].format, changed, tags[tag].at, values[tag])
    return bytes(changed)


def without_thumbnail(exif: bytes) -> bytes:
    """The same block, the second directory and the picture it names overwritten; all else stays where it is."""
    start = _first(exif)
    second, order = _numbers(exif, start)[1], _order(exif)
    if not second:
        return exif
    changed = bytearray(exif)
    count = int.from_bytes(exif[start : start + 2], "little" if order == "<" else "big")
    struct.pack_into(order + "I", changed, start + 2 + 12 * count, 0)
    entries = int.from_bytes(exif[second : second + 2], "little" if order == "<" else "big")
    tags = _numbers(exif, second)[0]
    places = [(second, 6 + 12 * entries)]
    if THUMBNAIL_OFFSET in tags and THUMBNAIL_LENGTH in tags:
        places.append((tags[THUMBNAIL_OFFSET].value, tags[THUMBNAIL_LENGTH].value))
    for at, length in places:
        size = max(0, min(length, len(changed) - at))
        changed[at : at + size] = bytes(size)
    return bytes(changed)


def _order(exif: bytes) -> str:
    return {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4], "")


def _first(exif: bytes) -> int:
    """Where the first directory begins; 0 when there is none."""
    order = _order(exif)
    return int(struct.unpack_from(order + "I", exif, 4)[0]) if order and len(exif) >= 8 else 0


def _numbers(exif: bytes, start: int) -> tuple[dict[int, Tag], int]:
    """The single whole numbers of one directory by tag, and where the next directory begins (0: nowhere)."""
    tags: dict[int, Tag] = {}
    if not start:
        return tags, 0
    order = _order(exif)
    try:
        (count,) = struct.unpack_from(order + "H", exif, start)
        for index in range(min(count, MAX_TAGS)):
            at = start + 2 + 12 * index
            tag, kind, length = struct.unpack_from(order + "HHI", exif, at)
            if length == 1 and kind in (SHORT, LONG):
                form = order + ("H" if kind == SHORT else "I")
                tags[tag] = Tag(struct.unpack_from(form, exif, at + 8)[0], at + 8, form)
        (following,) = struct.unpack_from(order + "I", exif, start + 2 + 12 * count)
    except struct.error:
        return tags, 0
    return tags, int(following)
