"""The little that is read of EXIF: right on real blocks, quiet on damaged ones."""

import struct
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.files.exif import orientation, thumbnail, upright
from engine.files.share import shareable

Block = Callable[[int, tuple[int, int]], bytes]


def block(order: str, kind: int, value: int) -> bytes:
    """One directory with an orientation stored as a SHORT (3) or LONG (4)."""
    head = b"II*\0" if order == "<" else b"MM\0*"
    number = struct.pack(order + ("Hxx" if kind == 3 else "I"), value)
    return head + struct.pack(order + "IHHHI", 8, 1, 0x0112, kind, 1) + number + bytes(4)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", [3, 4])
@pytest.mark.parametrize("value", range(1, 9))
def test_the_orientation_is_read_and_set_upright_in_place(order: str, kind: int, value: int) -> None:
    exif = block(order, kind, value)
    assert orientation(exif) == value
    assert upright(exif) == block(order, kind, 1)


@pytest.mark.parametrize("exif", [b"", b"II*\0", b"Exif", block("<", 3, 0), block("<", 3, 9), block("<", 2, 6)])
def test_without_a_sound_orientation_it_is_upright(exif: bytes) -> None:
    assert orientation(exif) == 1


def test_the_thumbnail_is_found(with_thumbnail: Block) -> None:
    exif = with_thumbnail(6, (16, 12))
    assert orientation(exif) == 6
    assert Image.open(BytesIO(thumbnail(exif))).size == (16, 12)
    assert thumbnail(upright(exif)) == thumbnail(exif)
    assert thumbnail(block("<", 3, 1)) == b""


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=200).map(lambda rest: b"II*\0\x08\0\0\0\x02\0" + rest)))
def test_damage_is_no_error(exif: bytes) -> None:
    assert 1 <= orientation(exif) <= 8
    assert orientation(upright(exif)) in (1, orientation(exif))
    assert len(upright(exif)) == len(exif)
    thumbnail(exif)
    shareable(exif, 10, 10)


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_directory_without_fields_is_no_damage(order: str) -> None:
    head = b"II*\0" if order == "<" else b"MM\0*"
    block = head + struct.pack(order + "IHI", 8, 0, 14) + struct.pack(order + "HI", 0, 0)
    kept = Image.Exif()
    kept.load(b"Exif\0\0" + shareable(block, 4, 3))
    assert kept[0x0112] == 1
