"""What a file tells a person, against what was written into it; and files that mean harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image

from engine.errors import ImageError
from engine.files.described import describe

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag><rdf:li>sea</rdf:li>
<rdf:li>fog\x7f</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"""


def exif_block() -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Pinhole\x1b[31m 1"
    exif[ExifTags.Base.Orientation] = 6
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    camera[ExifTags.Base.ExposureTime] = 0.004
    camera[ExifTags.Base.FNumber] = 5.6
    camera[ExifTags.Base.ISOSpeedRatings] = 200
    camera[ExifTags.Base.DateTimeOriginal] = "2024:05:06 07:08:09"
    camera[ExifTags.Base.ExposureBiasValue] = -0.5
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "S"
    place[ExifTags.GPS.GPSLatitude] = (33.0, 30.0, 0.0)
    place[ExifTags.GPS.GPSLongitudeRef] = "E"
    place[ExifTags.GPS.GPSLongitude] = (151.0, 0.0, 36.0)
    return exif


def test_what_was_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (60, 40)).save(path, exif=exif_block(), xmp=XMP.encode())
    found = dict(describe(str(path)))
    wanted = {
        "file": "a.jpg",
        "pixels": "40 × 60, 0.0 MP",
        "format": "JPEG, 8 bits, 3 channels",
        "taken": "2024-05-06 07:08:09",
        "camera": "Pinhole\\x1b[31m 1",
        "exposure": "1/250 s",
        "aperture": "f/5.6",
        "sensitivity": "ISO 200",
        "compensation": "-0.5 stops",
        "place": "-33.50000, 151.01000",
        "keywords": "sea, fog\\x7f",
    }
    assert {name: found.get(name) for name in wanted} == wanted


def test_a_plain_file_tells_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("L", (60, 40)).save(path)
    assert [name for name, _ in describe(str(path))] == ["file", "folder", "format", "pixels", "size", "colours"]


def test_what_is_no_picture_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"nonsense")
    with pytest.raises(ImageError, match=r"a\.jpg is no"):
        describe(str(tmp_path / "a.jpg"))


@given(st.binary(max_size=120), st.integers(0, 60))
def test_a_damaged_block_tells_less_and_never_fails(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    block = bytearray(exif_block().tobytes())
    block[at + 6 : at + 6 + len(noise)] = noise
    path = tmp_path_factory.getbasetemp() / "damaged.jpg"
    Image.new("RGB", (6, 4)).save(path, exif=bytes(block))
    try:
        found = describe(str(path))
    except ImageError:
        return
    assert all(value.isprintable() for _, value in found)
