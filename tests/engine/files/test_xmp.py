"""XMP and IPTC: what may be shared is kept whatever way it is written, harm is refused, nothing is lost on the way."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from engine.files import iptc, xmp
from engine.files.decode import decode_bytes
from engine.files.encode import FORMATS, encode, losses
from engine.files.formats import formats
from engine.files.limits import Limits
from engine.image import Image, Metadata

SPACES = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in xmp.NAMESPACES.items())
PIXELS = np.zeros((8, 8, 3), np.uint8)
DAMAGED = "Its XMP data is damaged or too large and was left out."


def packet(attributes: str = "", body: str = "") -> bytes:
    """A packet as programs write it."""
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{xmp.RDF}">'
        f'<rdf:Description rdf:about="" {SPACES} {attributes}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def dataset(record: int, number: int, content: bytes) -> bytes:
    """One IPTC record."""
    return struct.pack(">BBBH", 0x1C, record, number, len(content)) + content


def written(metadata: Metadata, name: str, choice: Literal["safe", "all", "none"] = "safe") -> Metadata:
    """What of it is in a file."""
    data = encode(Image(PIXELS, metadata), name, 90, metadata=choice)
    return decode_bytes(f"a{FORMATS[name]}", data, Limits()).image.metadata


def test_properties_are_kept_as_attributes_texts_and_lists() -> None:
    kept = xmp.read_properties(
        packet(
            'xmp:Rating="5" photoshop:City="Nowhere" exif:GPSLatitude="1,2N" photoshop:Headline="A &lt;line&gt;"',
            '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">One</rdf:li><rdf:li xml:lang="da">Én</rdf:li></rdf:Alt>'
            "</dc:title><xmp:Label>Red</xmp:Label><dc:creator><rdf:Seq><rdf:li>A</rdf:li></rdf:Seq></dc:creator>"
            "<dc:subject><rdf:Bag><rdf:li>a &amp; b</rdf:li></rdf:Bag></dc:subject>",
        )
    )
    assert kept == {
        ("xmp", "Rating"): xmp.Value("", (("", "5"),)),
        ("photoshop", "Headline"): xmp.Value("", (("", "A <line>"),)),
        ("dc", "title"): xmp.Value("Alt", (("x-default", "One"), ("da", "Én"))),
        ("xmp", "Label"): xmp.Value("", (("", "Red"),)),
        ("dc", "creator"): xmp.Value("Seq", (("", "A"),)),
        ("dc", "subject"): xmp.Value("Bag", (("", "a & b"),)),
    }
    assert xmp.read_properties(xmp.write_packet(kept)) == kept


@pytest.mark.parametrize(
    "harmful",
    [
        b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'">]>' + packet(body="<xmp:Label>&a;</xmp:Label>"),
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + packet(body="<xmp:Label>&a;</xmp:Label>"),
        packet(body="<a>" * 100 + "</a>" * 100),
        packet(body="<xmp:Label>" + "a" * xmp.MAX_BYTES + "</xmp:Label>"),
        packet()[:-5],
        "<!DOCTYPE x>".encode("utf-16") + packet(),
        b"nonsense",
    ],
)
def test_harmful_and_damaged_packets_are_left_out_and_said(harmful: bytes) -> None:
    image = Image(PIXELS, Metadata(xmp=harmful))
    assert losses(image, "png") == (DAMAGED,)
    assert written(image.metadata, "png").xmp == b""


@given(st.binary(max_size=200))
def test_any_bytes_are_no_error(junk: bytes) -> None:
    metadata = Metadata(exif=junk, xmp=packet(body=junk.decode("latin-1")), iptc=b"\x1c\2" + junk)
    for name in ("png", "jpeg"):
        for choice in ("safe", "all"):
            encode(Image(PIXELS, metadata), name, 90, metadata=choice)  # type: ignore[arg-type]
    iptc.from_photoshop(b"8BIM" + junk)


@pytest.mark.parametrize("form", ['tiff:Orientation="6"', "tiff:Orientation = '8'"])
def test_the_orientation_is_never_left_at_another_value(form: str) -> None:
    element = packet(body="<tiff:Orientation>3</tiff:Orientation>")
    for source in (packet(form), element):
        assert b"Orientation" not in written(Metadata(xmp=source), "jpeg").xmp
        mended = written(Metadata(xmp=source), "jpeg", "all").xmp
        assert len(mended) == len(source)
        assert not set(mended.partition(b"Orientation")[2][:8]) & set(b"2345678")


@pytest.mark.parametrize("name", [name for name in FORMATS if "xmp" in formats()[name].holds])
@pytest.mark.parametrize("choice", ["safe", "all"])
def test_what_only_iptc_says_reaches_every_format(name: str, choice: Literal["safe", "all"]) -> None:
    block = dataset(1, 90, b"\x1b%G") + dataset(2, 120, "Ærø\0".encode()) + dataset(2, 90, b"Marstal")
    block += dataset(2, 25, b"one") + dataset(2, 25, b"two") + dataset(2, 80, b"Not this one")
    own = packet(body="<dc:creator><rdf:Seq><rdf:li>Own</rdf:li></rdf:Seq></dc:creator>")
    found = written(Metadata(xmp=own, iptc=block), name, choice)
    if "iptc" in formats()[name].holds:
        assert found.iptc == (block if choice == "all" else block.replace(dataset(2, 90, b"Marstal"), b""))
        return
    texts = xmp.read_properties(found.xmp)
    assert texts["dc", "description"].items == (("x-default", "Ærø"),)
    assert texts["dc", "subject"].items == (("", "one"), ("", "two"))
    assert texts["dc", "creator"].items == (("", "Own"),)
    assert (b"Marstal" in found.xmp) == (choice == "all")


def test_latin_1_is_understood_without_a_character_set() -> None:
    assert iptc.as_xmp(dataset(2, 105, b"\xc6r\xf8"), places=False)["photoshop", "Headline"].items == (("", "Ærø"),)


def jpeg(*segments: bytes) -> bytes:
    """A JPEG with application segments."""
    file = BytesIO()
    Pillow.new("RGB", (8, 8)).save(file, "JPEG")
    added = [struct.pack(">BBH", 0xFF, each[0], len(each) + 1) + each[1:] for each in segments]
    return file.getvalue()[:2] + b"".join(added) + file.getvalue()[2:]


def test_extended_xmp_of_a_jpeg_is_read_in_any_order() -> None:
    guid = b"0123456789ABCDEF0123456789ABCDEF"
    main = packet(f'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="{guid.decode()}"')
    extension = packet('xmp:Label="Blue"') + b" " * 20
    head = b"\xe1http://ns.adobe.com/xmp/extension/\0" + guid + struct.pack(">I", len(extension))
    parts = [head + struct.pack(">I", at) + extension[at : at + 300] for at in range(0, len(extension), 300)]
    data = jpeg(*reversed(parts), b"\xe1http://ns.adobe.com/xap/1.0/\0" + main)
    found = decode_bytes("a.jpg", data, Limits()).image.metadata.xmp
    assert xmp.read_properties(found)["xmp", "Label"].items == (("", "Blue"),)
    assert b"HasExtendedXMP" not in found


def test_a_packet_too_large_for_a_jpeg_is_reduced_and_said() -> None:
    large = packet('xmp:Label="Blue"', "<crs:x xmlns:crs='urn:x'>" + "a" * 70_000 + "</crs:x>")
    image = Image(PIXELS, Metadata(xmp=large))
    said = "Its XMP data is too large to be kept whole: only what is safe to share was."
    assert losses(image, "jpeg", metadata="all") == (said,)
    assert b"Blue" in written(image.metadata, "jpeg", "all").xmp
    assert written(image.metadata, "png", "all").xmp == large


def test_compressed_text_of_a_png_is_read() -> None:
    file = BytesIO()
    Pillow.new("RGB", (8, 8)).save(file, "PNG")
    text = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(packet('xmp:Label="Blue"'))
    chunk = struct.pack(">I", len(text)) + b"iTXt" + text + struct.pack(">I", zlib.crc32(text, zlib.crc32(b"iTXt")))
    data = file.getvalue()[:33] + chunk + file.getvalue()[33:]
    assert b"Blue" in decode_bytes("a.png", data, Limits()).image.metadata.xmp
