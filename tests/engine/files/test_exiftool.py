"""Metadata as exiftool reads it back: what is private is nowhere in the bytes, what describes the picture is there."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from engine.files.decode import decode
from engine.files.directories import ASCII, LONG, SHORT, UNDEFINED, Block, Entry, numbers, write_block
from engine.files.encode import FORMATS, encode, losses
from engine.files.formats import formats
from engine.files.limits import Limits

pytestmark = pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")

SECRETS = (
    *("SECRETMAKER", "BODY9911", "LENS9922", "INTERNAL9933", "OWNERPERSON", "UNIQUE0123", "SECRETCITY", "SECRETSTATE"),
    *("SECRETLAND", "HISTORY7788", "SECRETHOST", "SECRETDOC", "SECRETCONTACT", "SECRETNOTE", "12.3456", "12,20.736N"),
)
"""Texts that lead to a person or a place."""
SOURCE_TAGS = (
    *("-EXIF:GPSLatitude=12.3456", "-EXIF:GPSLatitudeRef=N", "-EXIF:GPSLongitude=98.7654", "-EXIF:GPSLongitudeRef=E"),
    *("-EXIF:SerialNumber=BODY9911", "-EXIF:LensSerialNumber=LENS9922", "-EXIF:OwnerName=OWNERPERSON"),
    *("-EXIF:ImageUniqueID=UNIQUE0123", "-EXIF:HostComputer=SECRETHOST", "-EXIF:DocumentName=SECRETDOC"),
    *("-EXIF:Make=Maker", "-EXIF:Model=Model 5", "-EXIF:Artist=Åse Artist", "-EXIF:Copyright=© Åse", "-EXIF:ISO=400"),
    *("-EXIF:ImageDescription=A caption", "-EXIF:ExposureTime=1/200", "-EXIF:FNumber=2.8", "-EXIF:FocalLength=35"),
    *("-EXIF:LensModel=Lens 35", "-EXIF:DateTimeOriginal=2024:05:06 07:08:09", "-EXIF:OffsetTimeOriginal=+02:00"),
    *("-EXIF:SubSecTimeOriginal=123", "-IFD0:Rating=4", "-EXIF:XPKeywords=one;two", "-EXIF:Orientation#=6"),
    *("-EXIF:UserComment=A comment", "-EXIF:Software=Program 1", "-EXIF:XPTitle=A title"),
    *("-XMP-exif:GPSLatitude=12.3456", "-XMP-aux:SerialNumber=BODY9911", "-XMP-xmpMM:DocumentID=HISTORY7788"),
    *("-XMP-photoshop:City=SECRETCITY", "-XMP-iptcCore:CreatorWorkEmail=SECRETCONTACT", "-XMP-tiff:Orientation#=6"),
    *("-XMP-photoshop:Instructions=SECRETNOTE", "-XMP-xmpMM:HistoryParameters=HISTORY7788"),
    *("-XMP-iptcExt:LocationShownCity=SECRETCITY", "-XMP-dc:Title=A title", "-XMP-dc:Creator=Åse Artist"),
    *("-XMP-dc:Subject=one", "-XMP-dc:Subject=two", "-XMP-xmp:Rating=4", "-XMP-dc:Rights=© Åse"),
    *("-XMP-xmp:Label=Green", "-XMP-photoshop:Headline=A headline"),
    *("-IPTC:City=SECRETCITY", "-IPTC:Province-State=SECRETSTATE", "-IPTC:Country-PrimaryLocationName=SECRETLAND"),
    *("-IPTC:Caption-Abstract=Only IPTC says so, Åse", "-IPTC:Keywords=one", "-IPTC:Keywords=two"),
    *("-IPTC:By-line=Åse Artist", "-IPTC:SpecialInstructions=SECRETNOTE", "-IPTC:Credit=Only a credit"),
    "-IPTC:CodedCharacterSet=UTF8",
)
DESCRIBING = {
    "Make": "Maker",
    "Model": "Model 5",
    "Artist": "Åse Artist",
    "Copyright": "© Åse",
    "ImageDescription": "A caption",
    "ISO": 400,
    "ExposureTime": "1/200",
    "FNumber": 2.8,
    "FocalLength": "35.0 mm",
    "LensModel": "Lens 35",
    "DateTimeOriginal": "2024:05:06 07:08:09",
    "OffsetTimeOriginal": "+02:00",
    "SubSecTimeOriginal": 123,
    "XPKeywords": "one;two",
    "XPTitle": "A title",
    "UserComment": "A comment",
    "Software": "Program 1",
    "Rating": 4,
}
"""What of the source's EXIF has to be there, as exiftool puts it."""
XMP = {
    "Title": "A title",
    "Creator": "Åse Artist",
    "Subject": ["one", "two"],
    "Rights": "© Åse",
    "Rating": 4,
    "Label": "Green",
    "Headline": "A headline",
}
EXPECTED = (
    *("[minor]", "Missing required TIFF GPS tag", "Missing required JPEG GPS tag"),
    "Invalid value for IFD0 tag 0x0103 Compression",
)
"""What exiftool says of the source as well, and of deflated strips, which are younger than TIFF 6.0."""
HOLDING = [name for name in FORMATS if "exif" in formats()[name].holds]


class Written(NamedTuple):
    """One result."""

    data: bytes
    tags: dict[str, Any]
    notes: tuple[str, ...]

    def of(self, group: str) -> dict[str, Any]:
        """Tags of the groups whose names begin so."""
        return {name.split(":")[-1]: value for name, value in self.tags.items() if name.startswith(group)}


def camera_block() -> bytes:
    """What exiftool cannot write itself: a maker's note of no known make."""
    note = b"SECRETMAKER\0" + b"INTERNAL9933" * 3
    camera = {0x9000: Entry(UNDEFINED, 4, b"0232"), 0x927C: Entry(UNDEFINED, len(note), note)}
    camera |= {0x9101: Entry(UNDEFINED, 4, b"\1\2\3\0"), 0xA000: Entry(UNDEFINED, 4, b"0100")}
    camera |= {0xA001: numbers(SHORT, 1), 0xA002: numbers(LONG, 48), 0xA003: numbers(LONG, 32)}
    resolution = Entry(5, 1, struct.pack("<II", 72, 1))
    first = {0x11A: resolution, 0x11B: resolution, 0x128: numbers(SHORT, 2), 0x213: numbers(SHORT, 1)}
    return write_block(Block("<", first | {0x131: Entry(ASCII, 2, b"x\0")}, camera))


def private(folder: Path, name: str) -> Path:
    """A picture full of private data, made by exiftool."""
    folder.mkdir(exist_ok=True)
    pixels = np.zeros((32, 48, 3), np.uint8)
    pixels[..., 0] = np.arange(48) * 5
    path, thumbnail = folder / name, folder / "thumbnail.jpg"
    if name.endswith("tif"):
        tags = ["-tagsfromfile", private(folder, "source.jpg"), "-all:all"]
    else:
        tags = [*SOURCE_TAGS, f"-ThumbnailImage<={thumbnail}"]
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = {} if name.endswith("tif") else {"exif": b"Exif\0\0" + camera_block()}
    Pillow.fromarray(pixels).save(path, icc_profile=profile, **exif)
    Pillow.fromarray(pixels[::2, ::2]).save(thumbnail, comment=b"SECRETTHUMBNAIL")
    subprocess.run(["exiftool", "-q", "-q", "-overwrite_original", "-m", *tags, path], check=True, timeout=60)
    thumbnail.unlink()
    return path


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str, str], Written]:
    """By the suffix of the source, the format and what was asked for."""
    folder = tmp_path_factory.mktemp("exiftool")
    made = {}
    for suffix in ("jpg", "tif"):
        image = decode(private(folder / suffix, f"source.{suffix}"), Limits()).image
        for name in HOLDING:
            for choice in ("safe", "all", "none"):
                path = folder / f"{suffix}-{choice}{FORMATS[name]}"
                path.write_bytes(encode(image, name, 90, metadata=choice))  # type: ignore[arg-type]
                made[suffix, name, choice] = path, losses(image, name, metadata=choice)  # type: ignore[arg-type]
    command = [
        "exiftool",
        "-j",
        "-G1:4",
        "-a",
        "-u",
        "-validate",
        "-warning",
        "-error",
        "-all",
        *(path for path, _ in made.values()),
    ]
    found = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=False, timeout=120).stdout)
    by_path = {each["SourceFile"]: each for each in found}
    return {key: Written(path.read_bytes(), by_path[str(path)], notes) for key, (path, notes) in made.items()}


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
@pytest.mark.parametrize("name", HOLDING)
@pytest.mark.parametrize("choice", ["safe", "none"])
def test_nothing_private_is_written(
    results: dict[tuple[str, str, str], Written], suffix: str, name: str, choice: str
) -> None:
    written = results[suffix, name, choice]
    assert [secret for secret in SECRETS if secret.encode() in written.data] == []
    assert [secret for secret in SECRETS if secret in json.dumps(written.tags, ensure_ascii=False)] == []
    assert not [tag for tag in written.tags if "GPS" in tag or "Serial" in tag or "Thumbnail" in tag or "Maker" in tag]
    assert b"SECRETTHUMBNAIL" not in written.data


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
@pytest.mark.parametrize("name", HOLDING)
@pytest.mark.parametrize("choice", ["safe", "all"])
def test_what_describes_the_picture_is_kept(
    results: dict[tuple[str, str, str], Written], suffix: str, name: str, choice: str
) -> None:
    written = results[suffix, name, choice]
    exif = written.of("IFD0:") | written.of("ExifIFD:")
    assert {tag: exif.get(tag) for tag in DESCRIBING} == DESCRIBING
    assert exif.get("Orientation", "Horizontal (normal)") == "Horizontal (normal)"
    assert {tag: written.of("XMP-").get(tag) for tag in XMP} == XMP
    texts = written.of("IPTC:")
    if "iptc" in formats()[name].holds:
        assert texts["Caption-Abstract"] == "Only IPTC says so, Åse"
        assert (texts["Keywords"], texts["By-line"], texts["Credit"]) == (["one", "two"], "Åse Artist", "Only a credit")
    else:
        texts = written.of("XMP-")
        assert (texts["Description"], texts["Credit"]) == ("Only IPTC says so, Åse", "Only a credit")
    assert_coloured(written, name)


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
@pytest.mark.parametrize("name", HOLDING)
def test_all_keeps_everything_but_the_thumbnail(
    results: dict[tuple[str, str, str], Written], suffix: str, name: str
) -> None:
    written = results[suffix, name, "all"]
    everything = json.dumps(written.tags, ensure_ascii=False)
    kept = ("BODY9911", "LENS9922", "OWNERPERSON", "HISTORY7788", "SECRETHOST", "SECRETCONTACT", "SECRETCITY")
    assert [secret for secret in kept if secret not in everything] == []
    assert b"SECRETMAKER" in written.data
    assert written.of("GPS")["GPSLatitude"].startswith("12 deg")
    assert written.of("XMP-tiff")["Orientation"] == "Horizontal (normal)"
    assert b"SECRETTHUMBNAIL" not in written.data


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
@pytest.mark.parametrize("name", HOLDING)
def test_none_keeps_the_profile_alone(results: dict[tuple[str, str, str], Written], suffix: str, name: str) -> None:
    written = results[suffix, name, "none"]
    assert_coloured(written, name)
    assert not written.of("XMP")
    assert not written.of("IPTC")
    assert not written.of("ExifIFD")


def assert_coloured(written: Written, name: str) -> None:
    """The profile is there, or the colours were converted as the format holds none, and that was said."""
    if "icc" in formats()[name].holds:
        assert written.of("ICC_Profile:")["ProfileDescription"]
        assert written.notes == ()
    else:
        assert [note for note in written.notes if "sRGB" in note] == list(written.notes) != []


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
@pytest.mark.parametrize("name", HOLDING)
@pytest.mark.parametrize("choice", ["safe", "all", "none"])
def test_exiftool_finds_no_fault(
    results: dict[tuple[str, str, str], Written], suffix: str, name: str, choice: str
) -> None:
    tags = results[suffix, name, choice].tags
    said = [value for tag, value in tags.items() if tag.split(":")[-1] in ("Warning", "Error")]
    assert [each for each in said if not each.startswith(EXPECTED)] == []
