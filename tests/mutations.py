"""Damage of every kind to sound files, decided by two numbers alone: the same run and index are the same file again."""

import itertools
import random
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

from engine.image import Metadata
from tests.corpus import corpus, metadata

TOKENS = (
    b"\xff\xd8\xff", b"\xff\xd9", b"\xff\xda\0\x0c", b"\xff\xc2", b"\xff\xe1", b"\xff\xdd\0\4\0\1",
    b"\x89PNG\r\n\x1a\n", b"IHDR", b"IDAT", b"acTL", b"fcTL", b"fdAT", b"iCCP", b"zTXt", b"iTXt", b"eXIf", b"tRNS",
    b"PLTE", b"II*\0", b"MM\0*", b"II+\0\x08\0\0\0", b"Exif\0\0", b"ICC_PROFILE\0\1\1",
    b"http://ns.adobe.com/xap/1.0/\0", b"<?xpacket", b"</x:xmpmeta>",
    b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', b"Photoshop 3.0\x008BIM\x04\x04\0\0",
    b"\x1c\x02\x78", b"ftypavif", b"ftypheic", b"ftypcrx ", b"ftypjxl ",
    b"jxlc", b"jxlp", b"brob", b"\xff\x0a", b"iloc", b"iprp", b"ipco",
    b"ispe", b"irot", b"imir", b"idat", b"grid", b"av1C", b"hvcC", b"uuid", b"RIFF", b"WEBP", b"VP8X", b"VP8L",
    b"VP8 ", b"ANMF", b"ALPH", b"EXIF", b"XMP ", b"GIF89a", b"!\xf9\4", b"!\xff\x0bNETSCAPE2.0", b",\0\0\0\0", b"BM",
    b"acsp", b"curv\0\0\0\0\0\0\0\1", b"para\0\0\0\0\0\3", b"%!PS-Adobe-3.0", b"%PDF-1.7", b"<svg", b"PK\3\4",
    b"\x1f\x8b", b"\x1b[31m\x1b]0;x\7", b"\x9b2J", "\u202eabc\u2066".encode(), b"\0" * 16, b"\xff" * 16, b"\r\n\r",
    b"%s%n", b"NaN", b"inf",
)  # fmt: skip
"""Words by which decoders turn, and some that terminals obey."""
WIDTHS = {1: "B", 2: "H", 4: "I", 8: "Q"}
SUFFIXES = (".jpg", ".png", ".tif", ".webp", ".gif", ".bmp", ".avif", ".heic", ".dng", ".cr3", "", ".txt")
ODD_NAMES = ("\x1b[31m{}", "\u202e{}", "{}\n", "a b'\"{}", "é\u0301\u0301\u0301\u0301{}", "\udcff{}", "[bold]{}")
MOST_BYTES = 1 << 16
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """One file to be tried."""

    run: int
    index: int
    origin: str
    """The format of the sound file it was made from, and what was done to that."""
    name: str
    data: bytes


def case(run: int, index: int) -> Case:
    """The file of that number; formats take turns."""
    chance = random.Random(f"{run}:{index}")
    files = corpus()
    kind = list(files)[index % len(files)]
    data, done = chance.choice(files[kind]), []
    for _ in range(min(1 + int(chance.expovariate(1.0)), 6)):
        change = chance.choice(CHANGES)
        data = change(chance, data)[:MOST_BYTES] or b"\0"
        done.append(change.__name__.strip("_"))
    if data.startswith(b"\x89PNG") and chance.random() < 0.75:
        data = _checked(data)
    suffix = chance.choice(SUFFIXES) if chance.random() < 0.1 else f".{kind}"
    name = f"{index}{suffix}"
    if chance.random() < 0.05:
        name = chance.choice(ODD_NAMES).format(name)
    return Case(run, index, f"{kind}: {', '.join(done)}", name, data)


def damaged(made: Case, said: Metadata) -> Metadata:
    """What a file says of its picture, each block with damage of its own; where there is none, another's."""
    chance, other = random.Random(f"{made.run}:{made.index}:metadata"), metadata()
    blocks = {}
    for name in (each.name for each in fields(said)):
        block = getattr(said, name) or getattr(other, name)
        for _ in range(chance.randint(0, 3)):
            block = chance.choice(CHANGES)(chance, block or b"\0")[:MOST_BYTES]
        blocks[name] = block
    return Metadata(**blocks)


def spans(data: bytes) -> list[Span]:
    """Where the parts of a file lie, by its own structure: chunks, segments, boxes, entries, with those inside."""
    for begin, find in STRUCTURES:
        if data[:12].startswith(begin) or data[4:8] == begin:
            found = [span for span in find(data) if span[0] < span[1]]
            if found:
                return found
    return [(at, min(at + 16, len(data))) for at in range(0, len(data), 16)]


def _flip(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        changed[_near(chance, data)] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwrite(chance: random.Random, data: bytes) -> bytes:
    at = _near(chance, data)
    return data[:at] + chance.randbytes(chance.randint(1, 24)) + data[at + chance.randint(0, 24) :]


def _number(chance: random.Random, data: bytes) -> bytes:
    """A number is 0, 1, the largest or one beside a boundary."""
    width, at = chance.choice(tuple(WIDTHS)), _near(chance, data)
    most = (1 << 8 * width) - 1
    values = (0, 1, 2, most, most - 1, most >> 1, (most >> 1) + 1, len(data), len(data) - at, chance.randint(0, most))
    content = struct.pack(chance.choice("<>") + WIDTHS[width], min(chance.choice(values), most))
    return data[:at] + content + data[at + width :]


def _length(chance: random.Random, data: bytes) -> bytes:
    """The like, where a part of the file tells its own length or begins."""
    start, _ = chance.choice(spans(data))
    at = min(start + chance.choice((0, 2, 4, 8)), len(data))
    width = chance.choice((2, 4))
    most = (1 << 8 * width) - 1
    value = chance.choice((0, 1, 7, 8, most, most >> 1, len(data), len(data) - at, len(data) - at + 1)) & most
    return data[:at] + struct.pack(chance.choice("<>") + WIDTHS[width], value) + data[at + width :]


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randint(1, len(data))]


def _append(chance: random.Random, data: bytes) -> bytes:
    return data + chance.choice((chance.randbytes(chance.randint(1, 4096)), bytes(chance.randint(1, 4096)), data))


def _token(chance: random.Random, data: bytes) -> bytes:
    at, token = _near(chance, data), chance.choice(TOKENS)
    return data[:at] + token + data[at + len(token) * chance.randrange(2) :]


def _repeat(chance: random.Random, data: bytes) -> bytes:
    start, end = chance.choice(spans(data))
    return data[:end] + data[start:end] * chance.choice((1, 1, 2, 40, 1000)) + data[end:]


def _remove(chance: random.Random, data: bytes) -> bytes:
    start, end = chance.choice(spans(data))
    return data[:start] + data[end:]


def _exchange(chance: random.Random, data: bytes) -> bytes:
    (first, middle), (second, end) = sorted(chance.choices(spans(data), k=2))
    if middle > second:
        return data[:first] + data[second:]
    return data[:first] + data[second:end] + data[middle:second] + data[first:middle] + data[end:]


def _splice(chance: random.Random, data: bytes) -> bytes:
    """The beginning of one file, the end of another."""
    other = _another(chance)
    return data[: _near(chance, data)] + other[chance.randrange(len(other)) :]


def _graft(chance: random.Random, data: bytes) -> bytes:
    """A part of another file put before a part of this one, or in its place."""
    other = _another(chance)
    start, end = chance.choice(spans(other))
    here, after = chance.choice(spans(data))
    return data[:here] + other[start:end] + data[chance.choice((here, after)) :]


def _blank(chance: random.Random, data: bytes) -> bytes:
    start, end = chance.choice(spans(data))
    at = chance.randint(start, end)
    return data[:at] + chance.choice((b"\0", b"\xff")) * (end - at) + data[end:]


CHANGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _flip, _flip, _overwrite, _number, _number, _number, _length, _length, _cut, _append, _token, _repeat, _remove,
    _exchange, _splice, _graft, _blank,
)  # fmt: skip


def _another(chance: random.Random) -> bytes:
    files = corpus()
    return chance.choice(files[chance.choice(list(files))])


def _near(chance: random.Random, data: bytes) -> int:
    """Anywhere; mostly where a part begins, as that is where numbers stand."""
    if chance.random() < 0.3:
        return chance.randrange(len(data))
    start, end = chance.choice(spans(data))
    return min(start + chance.randrange(min(end - start, 32)), len(data) - 1)


def _chunks(data: bytes) -> Iterator[Span]:
    """Of a PNG."""
    at = 8
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        yield at, min(end, len(data))
        at = end


def _checked(data: bytes) -> bytes:
    """A PNG whose checksums are right, so that its chunks are read."""
    changed = bytearray(data)
    for start, end in _chunks(data):
        if end - start >= 12:
            changed[end - 4 : end] = struct.pack(">I", zlib.crc32(data[start + 4 : end - 4]))
    return bytes(changed)


def _segments(data: bytes) -> Iterator[Span]:
    """Of a JPEG; after the beginning of a scan, from marker to marker."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] == 0xDA:
            following = data.find(b"\xff", end)
            while following >= 0 and data[following + 1 : following + 2] in (b"\0", b""):
                following = data.find(b"\xff", following + 2)
            end = following if following > 0 else len(data)
        yield at, min(end, len(data))
        if data[at + 1] == 0xE1:
            yield from ((at + 10 + a, at + 10 + b) for a, b in _entries(data[at + 10 : end]))
        at = end


def _riff(data: bytes) -> Iterator[Span]:
    at = 12
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        yield at, min(end, len(data))
        at = end


def _boxes(data: bytes, at: int = 0, end: int | None = None, depth: int = 0) -> Iterator[Span]:
    """Of an ISO base media file, with those inside; `meta` has four bytes before its own."""
    end = len(data) if end is None else end
    while at + 8 <= end and depth < 8:
        size, kind = struct.unpack_from(">I4s", data, at)
        after = min(at + size, end) if size >= 8 else end
        yield at, after
        if kind in (b"meta", b"iprp", b"ipco", b"moov", b"trak", b"mdia", b"minf", b"stbl", b"iinf", b"uuid"):
            yield from _boxes(data, at + {b"meta": 12, b"iinf": 14, b"uuid": 24}.get(kind, 8), after, depth + 1)
        at = after


def _entries(data: bytes) -> Iterator[Span]:
    """Of the directories of a TIFF, each of twelve bytes."""
    order = ">" if data[:1] == b"M" else "<"
    at, seen = 4, set[int]()
    while at + 4 <= len(data) and at not in seen:
        seen.add(at)
        (start,) = struct.unpack_from(order + "I", data, at)
        if start + 2 > len(data):
            return
        (count,) = struct.unpack_from(order + "H", data, start)
        for index in range(min(count, 100)):
            entry = start + 2 + 12 * index
            if entry + 12 <= len(data):
                yield entry, entry + 12
        at = start + 2 + 12 * count


def _blocks(data: bytes) -> Iterator[Span]:
    """Of a GIF, as far as its signs tell."""
    signs = [at for at in range(13, len(data)) if data[at : at + 1] in (b"!", b",") and not data[at - 1]]
    yield from itertools.pairwise([*signs, len(data)])


STRUCTURES: tuple[tuple[bytes, Callable[[bytes], Iterator[Span]]], ...] = (
    (b"\x89PNG", _chunks),
    (b"\xff\xd8", _segments),
    (b"RIFF", _riff),
    (b"ftyp", _boxes),
    (b"JXL ", _boxes),
    (b"II", _entries),
    (b"MM", _entries),
    (b"GIF8", _blocks),
)
