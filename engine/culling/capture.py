"""When and by which camera a picture was taken, from its EXIF block. It knows nothing else of it."""

from __future__ import annotations

import calendar
import re
from typing import NamedTuple

from engine.files.directories import Directory, read_block

MAKE, MODEL = 0x010F, 0x0110
TAKEN, FRACTION, SERIAL = 0x9003, 0x9291, 0xA431
"""DateTimeOriginal, SubSecTimeOriginal and BodySerialNumber (CIPA DC-008, 4.6.5 and annex)."""
STAMP = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)")


class Capture(NamedTuple):
    """What tells a burst."""

    seconds: float | None
    """On the camera's own clock, since 1970; None where it is not told."""
    camera: str
    """Maker, model and number, as far as they are told."""


def captured(exif: bytes) -> Capture:
    """What the block says; nothing when it is damaged."""
    try:
        block = read_block(exif)
    except ValueError:
        return Capture(None, "")
    camera = " ".join(filter(None, (_text(block.first, MAKE), _text(block.first, MODEL), _text(block.camera, SERIAL))))
    return Capture(_seconds(_text(block.camera, TAKEN), _text(block.camera, FRACTION)), camera)


def _seconds(stamp: str, fraction: str) -> float | None:
    found = STAMP.fullmatch(stamp)
    if found is None:
        return None
    year, month, day, hour, minute, second = map(int, found.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second <= 60):
        return None
    whole = calendar.timegm((max(year, 1), month, day, hour, minute, second))
    return whole + (float(f"0.{fraction}") if fraction.isascii() and fraction.isdecimal() else 0.0)


def _text(directory: Directory, tag: int) -> str:
    """Without the zeros and blanks that fill it."""
    entry = directory.get(tag)
    return " ".join(entry.data.decode("utf-8", "replace").replace("\0", " ").split()) if entry else ""
