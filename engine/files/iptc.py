"""IPTC-IIM records (IPTC-NAA Information Interchange Model 4.2): what of them may be shared, and the same as XMP."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from engine.files.xmp import Properties, Value

TEXTS = {
    (2, 5): ("dc", "title", "Alt"),
    (2, 25): ("dc", "subject", "Bag"),
    (2, 80): ("dc", "creator", "Seq"),
    (2, 85): ("photoshop", "AuthorsPosition", ""),
    (2, 105): ("photoshop", "Headline", ""),
    (2, 110): ("photoshop", "Credit", ""),
    (2, 115): ("photoshop", "Source", ""),
    (2, 116): ("dc", "rights", "Alt"),
    (2, 120): ("dc", "description", "Alt"),
}
"""Name, keywords, by-line and its title, headline, credit, source, copyright and caption, and where XMP has them."""
PLACES = {
    (2, 90): ("photoshop", "City", ""),
    (2, 95): ("photoshop", "State", ""),
    (2, 101): ("photoshop", "Country", ""),
}
CHARACTER_SET = (1, 90)
KEPT = frozenset({(1, 0), CHARACTER_SET, (2, 0), (2, 55), (2, 60), (2, 62), (2, 63), *TEXTS})
"""Versions, character set, dates and times of creation, and the texts."""
UTF_8 = b"\x1b%G"
MARK = 0x1C
MAX_RECORDS = 5000
MAX_BYTES = 65_000
"""A JPEG segment holds no more."""
PHOTOSHOP = b"Photoshop 3.0\0"
RESOURCE, IPTC_RESOURCE = b"8BIM", 0x0404


class Record(NamedTuple):
    """One data set."""

    name: tuple[int, int]
    content: bytes


def records(block: bytes) -> tuple[Record, ...]:
    """The data sets, up to the first that makes no sense."""
    return tuple(_records(block))


def shareable(block: bytes) -> bytes:
    """The data sets that may be shared: no place, no contact, no instructions."""
    kept = [record for record in _records(block) if record.name in KEPT]
    if all(name not in TEXTS for name, _ in kept):
        return b""
    return b"".join(struct.pack(">BBBH", MARK, *name, len(content)) + content for name, content in kept)


def as_xmp(block: bytes, *, places: bool) -> Properties:
    """The texts of a block as XMP has them, for formats without IPTC."""
    wanted = TEXTS | PLACES if places else TEXTS
    found: Properties = {}
    utf8 = any(record == (CHARACTER_SET, UTF_8) for record in _records(block))
    for name, content in _records(block):
        text = _text(content, utf8)
        if name not in wanted or not text:
            continue
        prefix, local, container = wanted[name]
        language = "x-default" if container == "Alt" else ""
        before = found.get((prefix, local))
        if before is None:
            found[prefix, local] = Value(container, ((language, text),))
        elif container in ("Bag", "Seq"):
            found[prefix, local] = Value(container, (*before.items, (language, text)))
    return found


def from_photoshop(resources: bytes) -> bytes:
    """The IPTC block among Photoshop's image resources, as a JPEG's APP13 or a TIFF holds them; or none."""
    at = 0
    while resources[at : at + 4] == RESOURCE and at + 12 <= len(resources):
        (kind,) = struct.unpack_from(">H", resources, at + 4)
        at += 6 + (resources[at + 6] + 2) // 2 * 2
        if at + 4 > len(resources):
            break
        (size,) = struct.unpack_from(">I", resources, at)
        if kind == IPTC_RESOURCE:
            return resources[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
    return b""


def to_photoshop(block: bytes) -> bytes:
    """Image resources that hold nothing but the block, padded to an even length."""
    return RESOURCE + struct.pack(">HHI", IPTC_RESOURCE, 0, len(block)) + block + bytes(len(block) % 2)


def _records(block: bytes) -> Iterator[Record]:
    at = 0
    for _ in range(MAX_RECORDS):
        if at + 5 > len(block) or block[at] != MARK:
            return
        record, kind, size = struct.unpack_from(">BBH", block, at + 1)
        at += 5
        if size >= 1 << 15 or at + size > len(block):
            return
        yield Record((record, kind), block[at : at + size])
        at += size


def _text(content: bytes, utf8: bool) -> str:
    """As the block says, or as UTF-8 if it can be, else as Latin 1; without control codes, which XMP cannot hold."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace") if utf8 else content.decode("latin-1")
    return re.sub(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text).strip()
