"""Ratings in XMP: read as others write them, written where they stand, every other byte as it was."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.errors import ImageError
from engine.files.header import examine_file
from engine.files.limits import Limits
from engine.sidecars.packet import rating_in, with_rating
from engine.sidecars.rating import read_rating, write_rating

DARKTABLE = """<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:darktable="http://darktable.sf.net/"
   exif:DateTimeOriginal="2024:05:05 10:11:12.000"
   xmp:Rating="1"
   darktable:history_end="2">
   <darktable:history>
    <rdf:Seq>
     <rdf:li
      darktable:operation="exposure"
      darktable:params="00 > ff"/>
    </rdf:Seq>
   </darktable:history>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""
LIGHTROOM = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:x1='http://ns.adobe.com/xap/1.0/' xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
 crs:Exposure2012="+0.35" x1:Rating = '4' /></rdf:RDF></x:xmpmeta>"""
AS_ELEMENT = LIGHTROOM.replace(" x1:Rating = '4' />", "><x1:Rating>4</x1:Rating></rdf:Description>")
WITHOUT = LIGHTROOM.replace(" x1:Rating = '4'", "")
PLAIN = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""/></rdf:RDF>'


@pytest.fixture
def picture(tmp_path: Path) -> str:
    Image.new("RGB", (6, 4)).save(tmp_path / "a.jpg")
    return str(tmp_path / "a.jpg")


@pytest.mark.parametrize(
    ("packet", "old", "new"),
    [
        (DARKTABLE, 'xmp:Rating="1"', 'xmp:Rating="-1"'),
        (LIGHTROOM, "x1:Rating = '4'", "x1:Rating = '-1'"),
        (AS_ELEMENT, "<x1:Rating>4<", "<x1:Rating>-1<"),
        (WITHOUT, '"+0.35" />', '"+0.35"  x1:Rating="-1"/>'),
        (PLAIN, 'rdf:about=""/>', 'rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="-1"/>'),
    ],
)
def test_only_the_rating_changes(packet: str, old: str, new: str) -> None:
    assert with_rating(packet.encode(), -1).decode() == packet.replace(old, new)


@pytest.mark.parametrize(("packet", "rating"), [(DARKTABLE, 1), (LIGHTROOM, 4), (AS_ELEMENT, 4), (WITHOUT, None)])
def test_it_is_read(packet: str, rating: int | None) -> None:
    assert rating_in(packet.encode()) == rating


@given(
    st.sampled_from([DARKTABLE, LIGHTROOM, AS_ELEMENT, WITHOUT, PLAIN, ""]), st.lists(st.integers(-1, 5), min_size=1)
)
def test_what_was_written_last_is_read(packet: str, ratings: list[int]) -> None:
    data = packet.encode()
    for rating in ratings:
        data = with_rating(data, rating)
        assert rating_in(data) == rating


@pytest.mark.parametrize(
    "packet",
    [
        b"no packet",
        b"<a>",
        DARKTABLE[:-20].encode(),
        DARKTABLE.encode("utf-16"),
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        b" " * (1 << 21),
    ],
)
def test_what_is_damaged_is_left_alone(picture: str, packet: bytes) -> None:
    sidecar = Path(f"{picture}.xmp")
    sidecar.write_bytes(packet)
    with pytest.raises(ImageError, match=r"a\.jpg\.xmp cannot be changed"):
        write_rating(picture, 3)
    assert sidecar.read_bytes() == packet


@given(st.binary(max_size=300))
def test_whatever_it_holds_it_is_a_packet_or_refused(data: bytes) -> None:
    try:
        changed = with_rating(data, 2)
    except ValueError:
        return
    assert rating_in(changed) == 2


def test_a_picture_is_rated_beside_it(picture: str) -> None:
    before = Path(picture).read_bytes()
    assert read_rating(picture) is None
    for rating in (3, -1, 0):
        write_rating(picture, rating)
        assert read_rating(picture) == rating
    assert Path(picture).read_bytes() == before
    assert sorted(path.name for path in Path(picture).parent.iterdir()) == ["a.jpg", "a.jpg.xmp"]


def test_camera_raw_has_the_name_that_lightroom_reads(tmp_path: Path) -> None:
    (tmp_path / "a.nef").write_bytes(b"raw")
    write_rating(str(tmp_path / "a.nef"), 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.nef", "a.xmp"]
    assert read_rating(str(tmp_path / "a.nef")) == 2


def test_a_sidecar_that_is_there_is_used_whatever_its_name(picture: str) -> None:
    other = Path(picture).with_suffix(".xmp")
    other.write_text(LIGHTROOM, encoding="utf-8")
    assert read_rating(picture) == 4
    write_rating(picture, 5)
    assert other.read_text(encoding="utf-8") == LIGHTROOM.replace("'4'", "'5'")
    assert not Path(f"{picture}.xmp").exists()


def test_without_a_sidecar_the_picture_itself_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x4746] = 4
    Image.new("RGB", (6, 4)).save(path, exif=exif)
    _, facts, _ = examine_file(path, Limits())
    assert read_rating(str(path), facts) == 4
    Image.new("RGB", (6, 4)).save(path, exif=exif, xmp=LIGHTROOM.replace("'4'", "'2'").encode())
    _, facts, _ = examine_file(path, Limits())
    assert read_rating(str(path), facts) == 2
    write_rating(str(path), 1)
    assert read_rating(str(path), facts) == 1


def test_a_picture_that_is_gone_is_not_rated(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match="is not there any more"):
        write_rating(str(tmp_path / "gone" / "a.jpg"), 2)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("rating", [-2, 6])
def test_there_is_no_other_rating(picture: str, rating: int) -> None:
    with pytest.raises(ImageError, match="A rating is 0 to 5"):
        write_rating(picture, rating)


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="ExifTool is not installed")
@pytest.mark.parametrize("packet", ["", DARKTABLE, LIGHTROOM, AS_ELEMENT, WITHOUT, PLAIN])
def test_others_read_what_we_write(tmp_path: Path, packet: str) -> None:
    path = tmp_path / "a.xmp"
    path.write_bytes(with_rating(packet.encode(), 3))
    done = subprocess.run(["exiftool", "-s3", "-XMP-xmp:Rating", str(path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "3"
