"""The directories of an EXIF block or a TIFF file, their values as raw bytes. It gives no value a meaning."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO, NamedTuple, TypeAlias

BYTE, ASCII, SHORT, LONG, UNDEFINED, SUBDIRECTORY = 1, 2, 3, 4, 7, 13
UNITS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 4, 6: 1, 7: 1, 8: 2, 9: 4, 10: 4, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
"""Bytes that change places with the byte order, by type (TIFF 6.0, section 2; rationals are two)."""
RATIONALS = (5, 10)
CAMERA, PLACE, INTEROPERABILITY = 0x8769, 0x8825, 0xA005
"""Where one directory points to another (CIPA DC-008, 4.6.3)."""
MAX_ENTRIES = 1000
MAX_BYTES = 16 << 20
"""Of all values together: entries that overlap could name the same megabytes a thousand times."""


class Entry(NamedTuple):
    """One field of a directory; the data stand in the byte order of their block."""

    kind: int
    length: int
    data: bytes


Directory: TypeAlias = dict[int, Entry]


@dataclass(frozen=True, slots=True)
class Block:
    """The first directory without its pointers, and the directories that they lead to."""

    order: str = "<"
    first: Directory = field(default_factory=dict)
    camera: Directory = field(default_factory=dict)
    place: Directory = field(default_factory=dict)


class _Reader:
    """Reads directories of a classic or a big TIFF, up to a number of bytes."""

    def __init__(self, file: BinaryIO) -> None:
        head = file.read(16)
        self.order = {b"II": "<", b"MM": ">"}[head[:2]]
        self._big = head[2:4] in (b"+\0", b"\0+")
        self._number, self._count = ("Q", "Q") if self._big else ("I", "H")
        self._file, self._left = file, MAX_BYTES
        (self.start,) = struct.unpack_from(self.order + self._number, head, 8 if self._big else 4)

    def directory(self, start: int) -> Directory:
        """What can be read of it; ValueError when it makes no sense."""
        self._file.seek(start)
        (count,) = self._unpack(self._count)
        # One without fields is against TIFF 6.0, and stands before the thumbnail in files of many programs.
        if count > MAX_ENTRIES:
            raise ValueError("a directory has too many fields")
        form = f"{self.order}HH{self._number}{struct.calcsize(self._number)}s"
        heads = self._file.read(count * struct.calcsize(form))
        found: Directory = {}
        for tag, kind, length, inline in struct.iter_unpack(
            form, heads[: len(heads) // struct.calcsize(form) * struct.calcsize(form)]
        ):
            size = UNITS.get(kind, 0) * length * (2 if kind in RATIONALS else 1)
            if not size or size > self._left:
                continue
            if size > len(inline):
                self._file.seek(struct.unpack(self.order + self._number, inline)[0])
                data = self._file.read(size)
            else:
                data = inline[:size]
            if len(data) == size:
                self._left -= size
                found.setdefault(tag, Entry(kind, length, data))
        return found

    def below(self, directory: Directory, tag: int) -> Directory:
        """The directory that a field points to; empty when it cannot be read."""
        pointer = directory.pop(tag, None)
        value = whole(pointer, self.order) if pointer else None
        try:
            return self.directory(value) if value else {}
        except (ValueError, struct.error, OverflowError):
            return {}

    def _unpack(self, form: str) -> tuple[int, ...]:
        return struct.unpack(self.order + form, self._file.read(struct.calcsize(form)))


def read_block(file: BinaryIO | bytes) -> Block:
    """The directories of a block or a TIFF file; ValueError when the first cannot be read."""
    stream = BytesIO(file) if isinstance(file, bytes) else file
    stream.seek(0)
    try:
        reader = _Reader(stream)
        first = reader.directory(reader.start)
    except (KeyError, struct.error, OverflowError) as error:
        raise ValueError("its directory cannot be read") from error
    camera, place = reader.below(first, CAMERA), reader.below(first, PLACE)
    camera.pop(INTEROPERABILITY, None)
    return Block(reader.order, first, camera, place)


def whole(entry: Entry, order: str) -> int | None:
    """The value of a field that holds one whole number, else None."""
    form = {SHORT: "H", LONG: "I", SUBDIRECTORY: "I", 16: "Q", 18: "Q"}.get(entry.kind)
    return int(struct.unpack(order + form, entry.data)[0]) if form and entry.length == 1 else None


def numbers(kind: int, *values: int, order: str = "<") -> Entry:
    """A field of whole numbers, SHORT or LONG."""
    return Entry(kind, len(values), struct.pack(f"{order}{len(values)}{'H' if kind == SHORT else 'I'}", *values))


def moved(entry: Entry, by: int) -> Entry:
    """A field of little-endian LONG offsets, each larger by so much."""
    return numbers(LONG, *(value + by for (value,) in struct.iter_unpack("<I", entry.data)))


def write_block(block: Block) -> bytes:
    """A classic block or TIFF, in the block's byte order: header, directories in the order of their tags, values."""
    first = dict(block.first)
    parts = [(tag, each) for tag, each in ((CAMERA, block.camera), (PLACE, block.place)) if each]
    for tag, _ in parts:
        first[tag] = numbers(LONG, 0, order=block.order)
    start = 8 + _size(first)
    for tag, each in parts:
        first[tag] = numbers(LONG, start, order=block.order)
        start += _size(each)
    header = (b"II" if block.order == "<" else b"MM") + struct.pack(block.order + "HI", 42, 8)
    content, at = [header], 8
    for each in (first, *(below for _, below in parts)):
        content.append(_written(each, at, block.order))
        at += len(content[-1])
    return b"".join(content)


def in_order(directory: Directory, order: str, wanted: str) -> Directory:
    """The same fields in another byte order."""
    if order == wanted:
        return dict(directory)
    return {tag: Entry(each.kind, each.length, _swapped(each)) for tag, each in directory.items()}


def _swapped(entry: Entry) -> bytes:
    unit = UNITS[entry.kind]
    return b"".join(entry.data[at : at + unit][::-1] for at in range(0, len(entry.data), unit))


def _even(data: bytes) -> bytes:
    return data + bytes(len(data) % 2)


def _size(directory: Directory) -> int:
    return 6 + 12 * len(directory) + sum(len(_even(each.data)) for each in directory.values() if len(each.data) > 4)


def _written(directory: Directory, at: int, order: str) -> bytes:
    heads, values = [], []
    following = at + 6 + 12 * len(directory)
    for tag, (kind, count, data) in sorted(directory.items()):
        inline = data.ljust(4, b"\0")
        if len(data) > 4:
            inline = struct.pack(order + "I", following)
            values.append(_even(data))
            following += len(values[-1])
        heads.append(struct.pack(order + "HHI", tag, kind, count) + inline)
    return struct.pack(order + "H", len(heads)) + b"".join(heads) + bytes(4) + b"".join(values)
