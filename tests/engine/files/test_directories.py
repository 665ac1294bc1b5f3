"""EXIF as raw directories: every byte of a value is kept, in either order; bombs and rings cost nothing."""

from __future__ import annotations

import struct
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.files.directories import ASCII, MAX_BYTES, SHORT, UNDEFINED, Block, Entry, in_order, numbers, read_block
from engine.files.directories import write_block as write
from engine.files.exif import orientation, thumbnail, without_thumbnail
from engine.files.share import shareable, whole_block

KINDS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8, 12: 8}
ENTRIES = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.integers(1, 9).flatmap(
        lambda count: st.binary(min_size=count * KINDS[kind], max_size=count * KINDS[kind]).map(
            lambda data: Entry(kind, count, data)
        )
    )
)
DIRECTORIES = st.dictionaries(st.integers(0xA100, 0xA200), ENTRIES, max_size=8)
FULL = st.dictionaries(st.integers(0xA100, 0xA200), ENTRIES, min_size=1, max_size=8)


@given(st.sampled_from("<>"), FULL, DIRECTORIES, DIRECTORIES)
def test_what_is_written_is_read_back(
    order: str, first: dict[int, Entry], camera: dict[int, Entry], place: dict[int, Entry]
) -> None:
    block = Block(order, first, camera, place)
    assert read_block(write(block)) == block
    other = "<>"[order == "<"]
    assert in_order(in_order(block.first, order, other), other, order) == block.first


def test_letters_beyond_ascii_stay() -> None:
    name = "Åse Ærø\0".encode()
    exif = write(Block(">", {0x13B: Entry(ASCII, len(name), name)}))
    assert name in shareable(exif, 4, 4)
    assert name in whole_block(exif, 4, 4)


def test_a_block_whose_fields_all_name_the_same_megabytes_takes_no_more_memory() -> None:
    size = 4 << 20
    heads = b"".join(struct.pack("<HHII", tag, UNDEFINED, size, 12) for tag in range(0x9000, 0x9000 + 900))
    bomb = b"II*\0" + struct.pack("<IH", 8, 900) + heads + bytes(size)
    tracemalloc.start()
    try:
        block = read_block(bomb)
        assert tracemalloc.get_traced_memory()[1] < MAX_BYTES + 3 * len(bomb)
    finally:
        tracemalloc.stop()
    assert sum(len(each.data) for each in block.first.values()) <= MAX_BYTES
    assert shareable(bomb, 4, 4)


@pytest.mark.parametrize("start", [0, 8, 0x7FFFFFFF])
def test_rings_and_places_beyond_the_end_are_no_error(start: int) -> None:
    pointer = struct.pack("<HHHII", 1, 0x8769, 4, 1, start)
    exif = b"II*\0" + struct.pack("<I", 8) + pointer + struct.pack("<I", 8)
    for each in (without_thumbnail(exif), shareable(exif, 1, 1), whole_block(exif, 1, 1)):
        assert isinstance(each, bytes)


def test_a_whole_block_stays_in_its_place_but_for_the_thumbnail(
    with_thumbnail: Callable[[int, tuple[int, int]], bytes],
) -> None:
    exif = with_thumbnail(6, (16, 12))
    whole = whole_block(exif, 10, 20)
    assert len(whole) == len(exif)
    assert (orientation(whole), thumbnail(whole)) == (1, b"")
    assert b"\xff\xd8" not in whole


def test_the_size_is_mended_where_it_stands() -> None:
    block = Block("<", {0x112: numbers(SHORT, 8)}, {0xA002: numbers(SHORT, 4000), 0xA003: numbers(SHORT, 3000)})
    mended = read_block(whole_block(write(block), 10, 70_000))
    assert mended.first[0x112] == numbers(SHORT, 1)
    assert mended.camera == {0xA002: numbers(SHORT, 10), 0xA003: numbers(SHORT, 3000)}


def test_capture_data_stays_and_serial_numbers_go() -> None:
    kept = {0x829A: Entry(5, 1, bytes(8)), 0x9286: Entry(UNDEFINED, 4, b"text"), 0xA434: Entry(ASCII, 4, b"len\0")}
    gone = {tag: Entry(ASCII, 7, b"secret\0") for tag in (0x927C, 0xA420, 0xA430, 0xA431, 0xA435, 0xC6D2, 0x9404)}
    block = Block("<", {0x10D: Entry(ASCII, 7, b"secret\0")}, kept | gone, {1: Entry(ASCII, 7, b"secret\0")})
    shared = shareable(write(block), 4, 4)
    assert b"secret" not in shared
    assert read_block(shared).camera.keys() == {*kept, 0xA002, 0xA003}
