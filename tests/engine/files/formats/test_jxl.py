"""JPEG XL: headers read by our own hands, layouts and metadata with the extra, and a sentence without it."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from engine.errors import ImageError
from engine.files import jxl_header
from engine.files.decode import decode_bytes
from engine.files.encode import encode, losses
from engine.files.format import Extra, Facts, UnsupportedError
from engine.files.formats import jxl
from engine.files.limits import Limits
from engine.image import Image, Metadata

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- a caption --></x:xmpmeta>'
LIMITS = Limits()
BOMB = b"\xff\x0a" + (0 | 3 << 1 | (2**30 - 1) << 3 | 1 << 33).to_bytes(8, "little") + bytes(40)
"""A square of 1,073,741,824 pixels a side."""


def stored(mode: str, size: tuple[int, int], **options: object) -> bytes:
    pytest.importorskip("pillow_jxl")
    noise = np.random.default_rng(5).integers(0, 256, (size[1], size[0], 3), np.uint8)
    file = BytesIO()
    Pillow.fromarray(noise).convert(mode).save(file, "JXL", effort=1, **options)
    return file.getvalue()


def test_without_the_extra_it_is_named_and_the_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data = stored("RGB", (8, 8))
    monkeypatch.setattr(Extra, "installed", property(lambda _: False))
    with pytest.raises(ImageError) as refused:
        decode_bytes("a.jxl", data, LIMITS)
    assert str(refused.value) == (
        "a.jxl is a JPEG XL picture, which needs an extra: pip install 'safelight[jxl]', or convert it first."
    )


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (256, 256), (255, 256), (3, 2000), (2000, 3), (120, 100), (48, 27)])
def test_headers_say_what_the_decoder_makes(size: tuple[int, int]) -> None:
    for mode in ("L", "LA", "RGB", "RGBA"):
        for lossless in (False, True):
            facts = jxl.examine(BytesIO(stored(mode, size, lossless=lossless)))
            assert (facts.width, facts.height, facts.channels, facts.depth) == (*size, len(mode), 8)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_without_loss_all_is_kept_and_with_it_nearly(gradient: Pillow.Image, channels: int) -> None:
    pytest.importorskip("pillow_jxl")
    pixels = np.dstack([np.asarray(gradient), np.asarray(gradient)[..., 0] | 1])[..., [0, 1, 2, 3]]
    image = Image(np.ascontiguousarray(pixels[..., {1: [0], 2: [0, 3], 3: [0, 1, 2], 4: [0, 1, 2, 3]}[channels]]))
    back = decode_bytes("a.jxl", encode(image, "jxl", 100), LIMITS)
    assert np.array_equal(back.image.pixels, image.pixels)
    assert back.notes == ()
    near = decode_bytes("a.jxl", encode(image, "jxl", 90), LIMITS).image.pixels
    assert np.abs(near.astype(int) - image.pixels).mean() < 4


def test_grey_of_sixteen_bits_stays_so() -> None:
    pytest.importorskip("pillow_jxl")
    values = np.linspace(0, 65535, 48 * 32).astype(np.uint16).reshape(32, 48)
    file = BytesIO()
    stored("L", (8, 8))
    Pillow.fromarray(values).save(file, "JXL", lossless=True)
    back = decode_bytes("a.jxl", file.getvalue(), LIMITS)
    assert back.header.depth == 16
    assert np.array_equal(back.image.pixels[..., 0], values)


def test_metadata_is_written_and_read(exif: Pillow.Exif) -> None:
    pytest.importorskip("pillow_jxl")
    image = Image(np.zeros((8, 8, 3), np.uint8), Metadata(exif=exif.tobytes().removeprefix(b"Exif\0\0"), xmp=XMP))
    back = decode_bytes("a.jxl", encode(image, "jxl", 90, metadata="all"), LIMITS)
    tags = Pillow.Exif()
    tags.load(back.image.metadata.exif)
    assert tags[0x010F] == "Camera maker"
    assert tags.get(0x0112, 1) == 1
    assert b"a caption" in back.image.metadata.xmp


def test_a_picture_that_was_a_jpeg(tmp_path: pytest.TempPathFactory, gradient: Pillow.Image) -> None:
    plugin = pytest.importorskip("pillow_jxl")
    jpeg = BytesIO()
    gradient.save(jpeg, "JPEG", quality=95)
    encoder = plugin.Encoder(mode="RGB", lossless=False, quality=90, decoding_speed=0, effort=1)
    data = encoder(jpeg.getvalue(), *gradient.size, jpeg_encode=True)
    back = decode_bytes("a.jxl", bytes(data), LIMITS).image.pixels
    assert np.abs(back.astype(int) - np.asarray(gradient)).max() < 12


def test_a_bomb_is_refused_by_its_header() -> None:
    with pytest.raises(ImageError, match="raise --max-pixels"):
        decode_bytes("a.jxl", BOMB, LIMITS)


def test_what_it_cannot_hold_is_said(srgb: bytes) -> None:
    deep = Image(np.zeros((4, 4, 3), np.uint16), Metadata(icc=srgb))
    assert any("8 bits" in said for said in losses(deep, "jxl"))


def test_turns_are_read_from_the_header() -> None:
    # Size of 8 x 16 in eighths, then extra fields with the fifth orientation (ISO/IEC 18181-1, D.2 and D.3).
    bits = [1, *(0, 0, 0, 0, 0), *(0, 0, 0), *(1, 0, 0, 0, 0), 0, 1, *(0, 0, 1), 0, 0, 0, *(0, 0, 0), 1, 0, 0, 1, 1]
    data = b"\xff\x0a" + int("".join(map(str, reversed(bits))), 2).to_bytes(8, "little")
    header = jxl_header.read(data)
    assert (header.width, header.height, header.orientation, header.grey) == (16, 8, 5, False)
    facts = jxl.examine(BytesIO(data + bytes(20)))
    assert (facts.width, facts.height, facts.orientation) == (8, 16, 1)


@settings(max_examples=200)
@given(st.binary(max_size=40))
def test_a_header_of_anything_ends(data: bytes) -> None:
    for head in (b"\xff\x0a" + data, jxl.CONTAINER + data):
        try:
            facts = jxl.examine(BytesIO(head))
        except (ValueError, UnsupportedError):
            continue
        assert isinstance(facts, Facts)
