"""Where a camera's raw file keeps its embedded pictures and how it is turned. It decodes nothing, and trusts no offset.

TIFF/EP (ISO 12234-2) and DNG 1.7 for NEF, ARW, DNG and CR2; for CR3 the description by Laurent Clévy
(github.com/lclevy/canon_cr3), for RW2 and RAF those of ExifTool. No camera's file was at hand: tests build theirs.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from engine.files.boxes import Box, boxes, brands, find
from engine.files.exif import orientation

TIFF_HEADS = {b"II*\0": "<", b"MM\0*": ">", b"IIU\0": "<", b"IIRO": "<", b"IIRS": "<", b"MMOR": ">"}
PLAIN_TIFF = (b"II*\0", b"MM\0*")
FUJI = b"FUJIFILMCCD-RAW"
COMPRESSION, PHOTOMETRIC, STRIPS, STRIP_LENGTHS, DIRECTORIES = 259, 262, 273, 279, 330
JPEG_START, JPEG_LENGTH = 513, 514
PANASONIC_JPEG = 0x2E
DNG_VERSION = 50706
MOSAIC, LINEAR = 32803, 34892
JPEG_COMPRESSIONS = (6, 7)
SHORT, LONG, UNDEFINED = 3, 4, 7
ORIENTATION = 274
MAX_DIRECTORIES, MAX_ENTRIES, MAX_CHILDREN = 64, 1000, 16
PREVIEW_BOX = bytes.fromhex("eaf42b5e1c984b88b9fbb7dc406e4d16")
CAMERA_BOX = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
TABLES = (b"mdia", b"minf", b"stbl")
EXIF_BYTES = 1 << 20


class Span(NamedTuple):
    """A piece of the file."""

    start: int
    length: int


class Entry(NamedTuple):
    """A field of a directory: its type, how many values, and the first of them if it is a whole number."""

    kind: int
    values: int
    value: int


@dataclass(slots=True)
class Survey:
    """What was found."""

    raw: bool = False
    """Whether it holds the numbers of a sensor, and not a picture as any TIFF does."""
    orientation: int = 1
    exif: bytes = b""
    """A block that stands on its own; empty where the file itself is one."""
    pictures: list[Span] = field(default_factory=list)
    """What may be JPEGs, in no order."""
    end: int = 0
    """Where the last strip ends that a directory names; the file is cut short if that is beyond it."""


def survey(file: BinaryIO) -> Survey:
    """Of a whole file; what makes no sense is left out."""
    file.seek(0)
    head = file.read(128)
    if b"crx " in brands(head):
        return _canon(file)
    if head.startswith(FUJI):
        return Survey(raw=True, pictures=[Span(*struct.unpack_from(">II", head.ljust(128, b"\0"), 84))])
    order = TIFF_HEADS.get(head[:4])
    if order is None or len(head) < 8:
        return Survey()
    found = Survey(raw=head[:4] not in PLAIN_TIFF or head[8:10] == b"CR")
    for number, directory in enumerate(_directories(file, order, struct.unpack_from(order + "I", head, 4)[0])):
        _note(found, directory, first=number == 0)
    return found


def _directories(file: BinaryIO, order: str, first: int) -> Iterator[dict[int, Entry]]:
    """The directories of a TIFF, each once: the first, those it names as its own, those that follow."""
    waiting, seen = [first], {0}
    while waiting and len(seen) <= MAX_DIRECTORIES:
        at = waiting.pop(0)
        if at in seen:
            continue
        seen.add(at)
        directory, following = _directory(file, order, at)
        yield directory
        waiting += [*_children(file, order, directory), following]


def _directory(file: BinaryIO, order: str, at: int) -> tuple[dict[int, Entry], int]:
    """Its fields by tag, and where the next one begins (0: nowhere)."""
    file.seek(at)
    count = int.from_bytes(file.read(2), "little" if order == "<" else "big")
    content = file.read(12 * count + 4) if count <= MAX_ENTRIES else b""
    directory = {}
    for start in range(0, min(12 * count, len(content) - 11), 12):
        tag, kind, length = struct.unpack_from(order + "HHI", content, start)
        (value,) = struct.unpack_from(order + ("H2x" if kind == SHORT else "I"), content, start + 8)
        directory[tag] = Entry(kind, length, value)
    following = content[12 * count :]
    return directory, struct.unpack(order + "I", following)[0] if len(following) == 4 else 0


def _children(file: BinaryIO, order: str, directory: dict[int, Entry]) -> list[int]:
    entry = directory.get(DIRECTORIES)
    if entry is None:
        return []
    if entry.values == 1:
        return [entry.value]
    file.seek(entry.value)
    content = file.read(4 * min(entry.values, MAX_CHILDREN))
    return [offset for (offset,) in struct.iter_unpack(order + "I", content[: len(content) // 4 * 4])]


def _note(found: Survey, directory: dict[int, Entry], first: bool) -> None:
    """Take down what one directory says."""

    def number(tag: int) -> int:
        return directory[tag].value if tag in directory else 0

    sensor = number(PHOTOMETRIC) in (MOSAIC, LINEAR)
    found.raw |= sensor or (first and DNG_VERSION in directory)
    if first and number(ORIENTATION) in range(1, 9):
        found.orientation = number(ORIENTATION)
    if JPEG_START in directory and JPEG_LENGTH in directory:
        found.pictures.append(Span(number(JPEG_START), number(JPEG_LENGTH)))
    if first and PANASONIC_JPEG in directory and directory[PANASONIC_JPEG].kind == UNDEFINED:
        found.pictures.append(Span(number(PANASONIC_JPEG), directory[PANASONIC_JPEG].values))
    if STRIPS in directory and STRIP_LENGTHS in directory and directory[STRIPS].values == 1:
        strip = Span(number(STRIPS), number(STRIP_LENGTHS))
        found.end = max(found.end, strip.start + strip.length)
        if not sensor and number(COMPRESSION) in JPEG_COMPRESSIONS:
            found.pictures.append(strip)


def _canon(file: BinaryIO) -> Survey:
    """A CR3: a JPEG in a box of its own, another as the first track, and EXIF in a box beside them."""
    end = file.seek(0, 2)
    found = Survey(raw=True)
    for box in boxes(file, 0, end):
        if box.kind == b"uuid" and _take(file, box.start, 16) == PREVIEW_BOX:
            # 8 bytes stand between the name of this box and those inside it.
            found.pictures += [_preview(file, each) for each in boxes(file, box.start + 24, box.end)]
        elif box.kind == b"moov":
            _movie(file, box, found)
    return found


def _movie(file: BinaryIO, movie: Box, found: Survey) -> None:
    for box in boxes(file, movie.start, movie.end):
        if box.kind == b"uuid" and _take(file, box.start, 16) == CAMERA_BOX:
            block = next((each for each in boxes(file, box.start + 16, box.end) if each.kind == b"CMT1"), None)
            if block is not None:
                found.exif = _take(file, block.start, min(block.end - block.start, EXIF_BYTES))
                found.orientation = orientation(found.exif)
        elif box.kind == b"trak" and (table := find(file, box, *TABLES)) is not None:
            parts = {each.kind: each for each in boxes(file, table.start, table.end)}
            if b"stsz" in parts and b"co64" in parts:
                found.pictures.append(_sample(file, parts[b"stsz"], parts[b"co64"]))


def _preview(file: BinaryIO, box: Box) -> Span:
    """The JPEG of a `PRVW`: 16 bytes into the box lies its length, then the picture."""
    length = _take(file, box.start + 12, 4)
    return Span(box.start + 16, int.from_bytes(length, "big") if box.kind == b"PRVW" else 0)


def _sample(file: BinaryIO, sizes: Box, places: Box) -> Span:
    """The first sample of a track: either all have one length, or a list begins behind their number."""
    common, _, first = struct.unpack(">III", _take(file, sizes.start + 4, 12).ljust(12, b"\0"))
    return Span(int.from_bytes(_take(file, places.start + 8, 8), "big"), common or first)


def _take(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)
