"""What a file tells a person of its picture: camera, lens, exposure, place, rights. It decodes no pixel."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

from PIL import ExifTags, Image

from engine.files.format import Facts
from engine.files.header import examine_file
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.remote.url import above, absolute
from engine.files.turn import upright_size
from engine.files.xmp import read_properties

LONGEST = 200
"""Letters of one value."""
Said = Callable[[Any], str]
CAMERA, PLACE = ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo


def describe(path: str, limits: Limits | None = None) -> tuple[tuple[str, str], ...]:
    """Names and values, harmless for a terminal; ImageError as for `read_header`."""
    form, facts, edition = examine_file(path, limits or Limits())
    width, height = upright_size(facts.width, facts.height, facts.orientation)
    found = [
        ("file", os.path.basename(path)),
        ("folder", above(absolute(path))),
        ("format", f"{form.label}, {facts.depth} bits, {facts.channels} channel{'s' if facts.channels > 1 else ''}"),
        ("pixels", f"{width} × {height}, {width * height / 1e6:.1f} MP"),
        ("size", f"{edition.size / 1e6:.2f} MB"),
        ("colours", "with a profile" if facts.icc else "sRGB, as there is no profile"),
        *_photographed(facts),
        *_described(facts),
    ]
    return tuple((name, show(value, LONGEST)) for name, value in found if value)


def _photographed(facts: Facts) -> Iterator[tuple[str, str]]:
    """What the camera wrote (EXIF 3.0, CIPA DC-008), taken apart by Pillow."""
    exif = Image.Exif()
    try:
        exif.load(facts.exif)
        directories = {0: dict(exif), CAMERA: exif.get_ifd(CAMERA), PLACE: exif.get_ifd(PLACE)}
    except Exception:  # noqa: BLE001 - whatever a damaged block does to it, there is nothing to tell then
        return
    for name, directory, tag, say in FIELDS:
        value = directories[directory].get(tag)
        if value is not None:
            try:
                yield name, say(value)
            except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError):
                continue
    yield "place", _place(directories[PLACE])


def _described(facts: Facts) -> Iterator[tuple[str, str]]:
    """What people wrote: title, caption, keywords, rights."""
    try:
        properties = read_properties(facts.xmp) if facts.xmp else {}
    except ValueError:
        return
    for name in ("title", "description", "subject", "creator", "rights"):
        value = properties.get(("dc", name))
        if value is not None:
            yield {"subject": "keywords"}.get(name, name), ", ".join(text for _, text in value.items)


def _text(value: Any) -> str:
    return " ".join(str(value).replace("\0", " ").split())


def _time(value: Any) -> str:
    date, _, clock = _text(value).partition(" ")
    return f"{date.replace(':', '-')} {clock}"


def _shutter(value: Any) -> str:
    seconds = float(value)
    return f"{seconds:g} s" if seconds >= 0.4 else f"1/{round(1 / seconds)} s"


def _sensitivity(value: Any) -> str:
    return f"ISO {value[0] if isinstance(value, tuple) else value}"


FIELDS: tuple[tuple[str, int, int, Said], ...] = (
    ("taken", CAMERA, ExifTags.Base.DateTimeOriginal, _time),
    ("camera", 0, ExifTags.Base.Model, _text),
    ("maker", 0, ExifTags.Base.Make, _text),
    ("lens", CAMERA, ExifTags.Base.LensModel, _text),
    ("exposure", CAMERA, ExifTags.Base.ExposureTime, _shutter),
    ("aperture", CAMERA, ExifTags.Base.FNumber, lambda value: f"f/{float(value):g}"),
    ("sensitivity", CAMERA, ExifTags.Base.ISOSpeedRatings, _sensitivity),
    ("focal length", CAMERA, ExifTags.Base.FocalLength, lambda value: f"{float(value):g} mm"),
    ("compensation", CAMERA, ExifTags.Base.ExposureBiasValue, lambda value: f"{float(value):+g} stops"),
    ("artist", 0, ExifTags.Base.Artist, _text),
    ("copyright", 0, ExifTags.Base.Copyright, _text),
    ("software", 0, ExifTags.Base.Software, _text),
)
"""Name, directory, tag, and how its value is said."""


def _place(directory: dict[int, Any]) -> str:
    """Latitude and longitude in degrees (WGS 84, as EXIF has it)."""
    try:
        sides = []
        for tag, other in ((ExifTags.GPS.GPSLatitude, "S"), (ExifTags.GPS.GPSLongitude, "W")):
            degrees, minutes, seconds = (float(part) for part in directory[tag])
            sign = -1 if str(directory[tag - 1]).startswith(other) else 1
            sides.append(sign * (degrees + minutes / 60 + seconds / 3600))
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return ""
    return f"{sides[0]:.5f}, {sides[1]:.5f}"
