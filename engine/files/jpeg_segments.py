"""The segments of a JPEG file: reading its headers, cutting it after its first passes, inserting metadata."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from engine.image import Metadata

SOI, EOI, SOS = b"\xff\xd8", b"\xff\xd9", 0xDA
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length."""
EXIF, ICC, XMP = b"Exif\0\0", b"ICC_PROFILE\0", b"http://ns.adobe.com/xap/1.0/\0"
EXTENSION = b"http://ns.adobe.com/xmp/extension/\0"
"""Of a part of the descriptions that one segment did not hold: a name, the whole length and the place follow."""
PHOTOSHOP = b"Photoshop 3.0\0"
APP1, APP2, APP13 = 0xE1, 0xE2, 0xED
PAYLOAD = 65533
"""Bytes that one segment can hold beside its length."""
LONGEST_XMP = PAYLOAD - len(XMP)
GUID = 32
"""Letters by which a packet names its extension."""
MAX_SEGMENTS = 4096
MAX_PASSES = 500
"""Honest progressive files have about ten; each pass costs the decoder a walk over the whole picture."""
NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


@dataclass(slots=True)
class Segments:
    """What stands before the first pass of a JPEG file."""

    width: int = 0
    height: int = 0
    components: int = 0
    bits: int = 8
    progressive: bool = False
    exif: bytes = b""
    icc: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""
    end: int = 0
    """Where the first pass begins."""


def read_segments(file: BinaryIO) -> Segments:
    """The headers of a JPEG file that stands at its beginning; ValueError when they make no sense."""
    from engine.files.iptc import from_photoshop
    from engine.files.xmp import joined

    found = Segments()
    payloads: list[tuple[int, bytes]] = []
    for marker, length in _markers(file, found):
        if marker in FRAMES:
            found.bits, found.height, found.width, found.components = struct.unpack(">BHHB", _take(file, 6))
            found.progressive = marker in PROGRESSIVE
        elif marker in (APP1, APP2, APP13):
            payloads.append((marker, _take(file, length)))
    if not found.width or not found.height:
        raise ValueError("it has no size")
    found.exif = next(_starting(payloads, APP1, EXIF), b"")
    found.xmp = next(_starting(payloads, APP1, XMP), b"")
    found.icc = _profile(list(_starting(payloads, APP2, ICC)))
    found.iptc = from_photoshop(b"".join(_starting(payloads, APP13, PHOTOSHOP)))
    parts = [part for part in _starting(payloads, APP1, EXTENSION) if part[:GUID] in found.xmp]
    if parts:
        parts.sort(key=lambda part: part[GUID + 4 : GUID + 8])
        found.xmp = joined(found.xmp, b"".join(part[GUID + 8 :] for part in parts))
    return found


def _starting(payloads: list[tuple[int, bytes]], marker: int, name: bytes) -> Iterator[bytes]:
    """What follows the name in each segment that has it."""
    return (payload[len(name) :] for own, payload in payloads if own == marker and payload.startswith(name))


def _profile(parts: list[bytes]) -> bytes:
    """The parts of a profile put in order, by a number and their count before each; none when one is missing."""
    numbered = {part[0]: part[2:] for part in parts if len(part) > 2}
    return (
        b"".join(numbered[number] for number in sorted(numbered))
        if sorted(numbered) == list(range(1, len(numbered) + 1))
        else b""
    )


def first_passes(data: bytes, start: int) -> bytes:
    """The file up to the end of its leading passes of coarsest detail, an eighth of the size each way; else empty.

    `start` is where the first pass of a progressive file begins. Decoding what is left out takes most of the time.
    """
    position = start
    while data[position : position + 2] == b"\xff\xda":
        components = int.from_bytes(data[position + 4 : position + 5])
        first_coefficient = int.from_bytes(data[position + 5 + 2 * components : position + 6 + 2 * components])
        if first_coefficient > 0:
            return data[:position] + EOI if position > start else b""
        following = NEXT_MARKER.search(data, position + 2 + _length(data, position))
        if following is None:
            return b""
        position = following.start()
        while data[position : position + 2] in (b"\xff\xc4", b"\xff\xdd"):
            position += 2 + _length(data, position)
    return b""


def too_many_passes(data: bytes) -> bool:
    """Whether a progressive file was made to keep the decoder busy."""
    return data.count(b"\xff\xda") > MAX_PASSES


def insert(data: bytes, metadata: Metadata) -> bytes:
    """The file with its metadata added behind its first segment. ValueError when they are larger than it can hold."""
    from engine.files.iptc import to_photoshop

    segments = []
    if metadata.exif:
        segments.append((APP1, EXIF + metadata.exif))
    if metadata.xmp:
        segments.append((APP1, XMP + metadata.xmp))
    if metadata.iptc:
        segments.append((APP13, PHOTOSHOP + to_photoshop(metadata.iptc)))
    room = PAYLOAD - len(ICC) - 2
    parts = [metadata.icc[at : at + room] for at in range(0, len(metadata.icc), room)]
    segments += [(APP2, ICC + bytes([number, len(parts)]) + part) for number, part in enumerate(parts, 1)]
    if not segments:
        return data
    if any(len(payload) > PAYLOAD for _, payload in segments):
        raise ValueError("its metadata is too large")
    added = [struct.pack(">BBH", 0xFF, marker, len(payload) + 2) + payload for marker, payload in segments]
    # A JFIF segment, when there is one, has to come first.
    start = 4 + _length(data, 2) if data[2:4] == b"\xff\xe0" else 2
    return b"".join([data[:start], *added, memoryview(data)[start:]])


def _markers(file: BinaryIO, found: Segments) -> Iterator[tuple[int, int]]:
    """Each segment's marker and the bytes that follow its length, up to the first pass."""
    file.seek(len(SOI))
    for _ in range(MAX_SEGMENTS):
        byte = _take(file, 1)
        if byte != b"\xff":
            raise ValueError("its segments do not follow each other")
        while byte == b"\xff":
            byte = _take(file, 1)
        marker = byte[0]
        if marker in ALONE:
            continue
        if marker == SOS:
            found.end = file.tell() - 2
            return
        (length,) = struct.unpack(">H", _take(file, 2))
        if length < 2 or marker == EOI[1] or (marker in FRAMES and length < 8):
            raise ValueError("a segment has no sense")
        after = file.tell() + length - 2
        yield marker, length - 2
        file.seek(after)
    raise ValueError("it has too many segments")


def _length(data: bytes, marker: int) -> int:
    """Of the segment whose marker stands there, without the marker."""
    return int.from_bytes(data[marker + 2 : marker + 4])


def _take(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) < count:
        raise ValueError("it ends too soon")
    return data
