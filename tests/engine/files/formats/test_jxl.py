"""JPEG XL: headers read by our own hands, layouts and metadata with the extra, and a sentence without it."""

import struct
from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageCms

from engine.errors import ImageError
from engine.files import jxl_header
from engine.files.boxes import boxes
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
DEEP_WITH_ALPHA = bytes.fromhex(
    "ff0a0810fc087e008a16010810100060004b188b15428a8c025ce0008000c0ff5f0bbe217172386d01"
)  # fmt: skip
"""2 x 2 pixels of grey with alpha, 16 bits each, by libjxl itself, as the plugin writes no such."""


def stored(mode: str, size: tuple[int, int], **options: object) -> bytes:
    pytest.importorskip("pillow_jxl")
    noise = np.random.default_rng(5).integers(0, 256, (size[1], size[0], 3), np.uint8)
    file = BytesIO()
    Pillow.fromarray(noise).convert(mode).save(file, "JXL", effort=1, **options)
    return file.getvalue()


def from_jpeg(picture: Pillow.Image, icc: bytes, exif: bytes) -> bytes:
    """A JPEG made into a JPEG XL that can be made a JPEG again."""
    plugin = pytest.importorskip("pillow_jxl")
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG", quality=95, subsampling=0, icc_profile=icc, exif=exif)
    encoder = plugin.Encoder(mode="RGB", lossless=False, quality=90, decoding_speed=0, effort=1)
    return bytes(encoder(jpeg.getvalue(), *picture.size, jpeg_encode=True))


def without(data: bytes, kind: bytes) -> bytes:
    """The file without its boxes of a kind."""
    found = boxes(BytesIO(data), 0, len(data))
    kept = ((box.kind, data[box.start : box.end]) for box in found if box.kind != kind)
    return b"".join((len(content) + 8).to_bytes(4, "big") + kind + content for kind, content in kept)


def contents(data: bytes, kind: bytes) -> Iterator[bytes]:
    """Of the boxes of a kind."""
    return (data[box.start : box.end] for box in boxes(BytesIO(data), 0, len(data)) if box.kind == kind)


def profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    """A display profile of these tags and what every one has (ICC.1:2001-04)."""
    fixed = {b"desc": struct.pack(">4s4xI", b"desc", 5) + b"made\0" + bytes(79), b"cprt": b"text\0\0\0\0none"}
    entries = fixed | {b"wtpt": xyz(0.9642, 1, 0.8249)} | tags
    table, body = b"", b""
    for name, content in entries.items():
        table += struct.pack(">4sII", name, 132 + 12 * len(entries) + len(body), len(content))
        body += content
    length = 132 + len(table) + len(body)
    head = struct.pack(">I4xI4s4s4s6H4s28x", length, 0x02400000, b"mntr", space, b"XYZ ", 2026, 1, 1, 0, 0, 0, b"acsp")
    return (head + xyz(0.9642, 1, 0.8249)[8:]).ljust(128, b"\0") + struct.pack(">I", len(entries)) + table + body


def xyz(*values: float) -> bytes:
    """A tag of one colour."""
    return struct.pack(">4s4x3i", b"XYZ ", *(round(value * 65536) for value in values))


GAMMA = struct.pack(">4s4xIHxx", b"curv", 1, round(2.19921875 * 256))
ADOBE = profile(
    b"RGB ",
    {
        b"rXYZ": xyz(0.60974, 0.31111, 0.01947),
        b"gXYZ": xyz(0.20528, 0.62567, 0.06087),
        b"bXYZ": xyz(0.14919, 0.06322, 0.74457),
    }
    | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), GAMMA),
)
INK = profile(b"GRAY", {b"kTRC": struct.pack(">4s4xI5Hxx", b"curv", 5, 0, 9000, 20000, 40000, 65535)})


def test_without_the_extra_it_is_named_and_the_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    data = stored("RGB", (8, 8))
    monkeypatch.setattr(Extra, "installed", property(lambda _: False))
    with pytest.raises(ImageError) as refused:
        decode_bytes("a.jxl", data, LIMITS)
    assert str(refused.value) == (
        "a.jxl is a JPEG XL picture, which needs an extra: pip install 'safelight[jxl]', or convert it first."
    )


@pytest.mark.parametrize(
    "size",
    [(1, 1), (8, 8), (256, 256), (255, 256), (3, 2000), (5000, 3), (48, 40), (40, 30), (30, 20), (48, 27),
     (50, 40), (20, 10)],
)  # fmt: skip
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


def test_grey_in_floats_and_deep_grey_with_alpha_stay_so() -> None:
    values = np.linspace(-0.5, 1.5, 48 * 32).astype(np.float32).reshape(32, 48)
    file = BytesIO()
    stored("L", (8, 8))
    Pillow.fromarray(values).save(file, "JXL", lossless=True)
    assert np.array_equal(decode_bytes("a.jxl", file.getvalue(), LIMITS).image.pixels[..., 0], values)
    back = decode_bytes("a.jxl", DEEP_WITH_ALPHA, LIMITS)
    assert (back.header.depth, back.notes) == (16, ())
    assert back.image.pixels.tolist() == [[[65535, 7], [1000, 40000]], [[1000, 40000], [1000, 40000]]]


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


def test_compressed_metadata_is_left_out_with_a_note(exif: Pillow.Exif) -> None:
    data = stored("RGB", (8, 8), exif=exif.tobytes(), xmp=XMP, compress_metadata=True, use_container=True)
    back = decode_bytes("a.jxl", data, LIMITS)
    assert back.notes == ("Its metadata is compressed, which is not read, and was left out.",)
    assert (back.image.metadata.exif, back.image.metadata.xmp) == (b"", b"")


@pytest.mark.parametrize("rebuilt", [True, False])
def test_a_jpeg_within_is_upright_and_keeps_its_profile(gradient: Pillow.Image, rebuilt: bool) -> None:
    turn = Pillow.Exif()
    turn[0x0112] = 6
    for picture, icc in ((gradient, ADOBE), (gradient.convert("L"), INK)):
        data = from_jpeg(picture, icc, turn.tobytes())
        back = decode_bytes("a.jxl", data if rebuilt else without(data, b"jbrd"), LIMITS)
        wanted = np.asarray(picture.transpose(Pillow.Transpose.ROTATE_270)).reshape(48, 32, -1)
        assert back.image.pixels.shape == wanted.shape
        assert np.abs(back.image.pixels.astype(int) - wanted).mean() < 2
        assert back.image.metadata.icc == icc


def test_lossy_colours_with_a_profile_come_with_that_of_linear_light(gradient: Pillow.Image) -> None:
    plain = stored("RGB", (8, 8))
    file = BytesIO()
    gradient.save(file, "JXL", quality=97)
    boxed = without(from_jpeg(gradient, ADOBE, b""), b"jbrd")
    head = bytearray(next(contents(boxed, b"jxlp"))[4:])
    # The headers and the profile of one file, told to be XYB (the 18th bit), before the frame of the other.
    assert plain.startswith(b"\xff\x0a")
    head[2 + 17 // 8] |= 1 << 17 % 8
    back = decode_bytes("a.jxl", bytes(head) + file.getvalue()[4:], LIMITS)
    assert back.notes == ("Its colours were read as linear light: dark tones may show steps.",)
    profile = ImageCms.ImageCmsProfile(BytesIO(back.image.metadata.icc))
    seen = ImageCms.profileToProfile(
        Pillow.fromarray(back.image.pixels), profile, ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    assert np.abs(np.asarray(seen).astype(int) - np.asarray(gradient)).mean() < 4


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
