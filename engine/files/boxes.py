"""Boxes of the ISO base media file format, as AVIF, HEIC, JPEG XL and CR3 are made of. It trusts no length."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

MAX_BOXES = 4096


class Box(NamedTuple):
    """One box, without its header (ISO/IEC 14496-12, 4.2)."""

    kind: bytes
    start: int
    """Where its content begins."""
    end: int


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places in the file, one after the other; those cut short end where the file may."""
    for _ in range(MAX_BOXES):
        file.seek(start)
        head = file.read(16)
        if start + 8 > end or len(head) < 8:
            return
        length, kind = struct.unpack_from(">I4s", head)
        content = start + 8
        if length == 1:
            if len(head) < 16:
                return
            (length,) = struct.unpack_from(">Q", head, 8)
            content += 8
        following = end if length == 0 else min(end, start + length)
        if following < content:
            return
        yield Box(kind, content, following)
        start = following


def find(file: BinaryIO, within: Box, *path: bytes) -> Box | None:
    """The first box on a path that begins in this one; `meta` has 4 bytes before its boxes."""
    found = within
    for kind in path:
        start = found.start + (4 if found.kind == b"meta" else 0)
        following = next((each for each in boxes(file, start, found.end) if each.kind == kind), None)
        if following is None:
            return None
        found = following
    return found


def brands(head: bytes) -> frozenset[bytes]:
    """What a file says that it is, from its beginning; empty when it does not begin with a box of type `ftyp`."""
    if head[4:8] != b"ftyp":
        return frozenset()
    end = min(len(head), int.from_bytes(head[:4], "big"))
    return frozenset({head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))})
