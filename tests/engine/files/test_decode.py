"""Every layout and depth that a file may have, as upright pixels; what is lost is told."""

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageOps
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from engine.files.decode import Decoded, decode
from engine.files.header import Header, read_header
from engine.files.limits import Limits
from engine.files.turn import turn
from tests.engine.files.conftest import Maker

RNG = np.random.default_rng(7)
ALPHA = Image.linear_gradient("L").resize((48, 32))


def read(path: Path) -> Decoded:
    """The picture, its header being the one read without its pixels."""
    decoded = decode(path, Limits())
    assert decoded.header == read_header(path, Limits())
    return decoded


def chunked(kind: bytes, content: bytes) -> bytes:
    """A PNG chunk, whole."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(pixels: np.ndarray, colour_type: int, *extra: bytes) -> bytes:
    """A 16-bit PNG without filters."""
    height, width = pixels.shape[:2]
    rows = pixels.astype(">u2").view(np.uint8).reshape(height, -1)
    lines = np.concatenate([np.zeros((height, 1), np.uint8), rows], axis=1)
    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    body = chunked(b"IDAT", zlib.compress(lines.tobytes()))
    return b"\x89PNG\r\n\x1a\n" + chunked(b"IHDR", header) + b"".join(extra) + body + chunked(b"IEND", b"")


@pytest.mark.parametrize("kind", ["png", "tif"])
@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA"])
def test_plain_pixels_come_as_they_are(save: Maker, gradient: Image.Image, kind: str, mode: str) -> None:
    picture = gradient.convert(mode)
    if mode.endswith("A"):
        picture.putalpha(ALPHA)
    decoded = read(save(f"a.{kind}", picture))
    expected = np.asarray(picture).reshape(32, 48, -1)
    np.testing.assert_array_equal(decoded.image.pixels, expected)
    channels = expected.shape[2]
    assert decoded.header == Header({"tif": "tiff"}.get(kind, kind), 48, 32, channels, 8, (decoded.header.bytes), 1)
    assert decoded.notes == ()


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 2}, {"quality": 100}])
def test_jpeg_agrees_with_another_decoder(save: Maker, options: dict[str, object]) -> None:
    path = save("a.jpg", **options)
    decoded = read(path)
    difference = decoded.image.pixels.astype(int) - np.asarray(Image.open(path))
    assert np.abs(difference).max() <= 3
    assert decoded.notes == ()


def test_grey_jpeg_has_one_channel(save: Maker, gradient: Image.Image) -> None:
    path = save("a.jpg", gradient.convert("L"))
    decoded = read(path)
    np.testing.assert_array_equal(decoded.image.pixels[..., 0], np.asarray(Image.open(path)))
    assert decoded.header.channels == 1


def test_webp_has_alpha_when_it_has(save: Maker, gradient: Image.Image) -> None:
    clear = gradient.copy()
    clear.putalpha(ALPHA)
    for name, picture, options in [
        ("a.webp", gradient, {}),
        ("b.webp", clear, {}),
        ("c.webp", clear, {"lossless": True}),
    ]:
        path = save(name, picture, **options)
        np.testing.assert_array_equal(read(path).image.pixels, np.asarray(Image.open(path)))


@pytest.mark.parametrize(
    ("name", "mode", "options"),
    [
        ("a.png", "1", {}),
        ("a.png", "P", {}),
        ("a.png", "P", {"transparency": 3}),
        ("a.png", "L", {"transparency": 3}),
        ("a.png", "RGB", {"transparency": (0, 0, 0)}),
        ("a.tif", "1", {}),
        ("a.tif", "P", {}),
        ("a.tif", "YCbCr", {}),
    ],
)
def test_palettes_bits_and_clear_colours_become_plain(
    save: Maker, gradient: Image.Image, name: str, mode: str, options: dict[str, object]
) -> None:
    path = save(name, gradient.convert(mode), **options)
    grey = mode in ("1", "L")
    expected = Image.open(path).convert(("L" if grey else "RGB") + ("A" if options else ""))
    decoded = read(path)
    np.testing.assert_array_equal(decoded.image.pixels, np.asarray(expected).reshape(32, 48, -1))
    assert decoded.notes == ()


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_sixteen_bit_grey_stays_so(save: Maker, name: str) -> None:
    values = RNG.integers(0, 65536, (32, 48), dtype=np.uint16)
    decoded = read(save(name, Image.fromarray(values)))
    np.testing.assert_array_equal(decoded.image.pixels[..., 0], values)
    assert decoded.image.pixels.dtype == np.uint16
    assert decoded.header.depth == 16


@pytest.mark.parametrize(("channels", "colour_type"), [(1, 0), (2, 4), (3, 2), (4, 6)])
def test_sixteen_bit_png_keeps_every_bit(tmp_path: Path, channels: int, colour_type: int) -> None:
    values = RNG.integers(0, 65536, (32, 48, channels), dtype=np.uint16)
    path = tmp_path / "a.png"
    path.write_bytes(png_of(values, colour_type))
    decoded = read(path)
    np.testing.assert_array_equal(decoded.image.pixels, values)
    assert decoded.notes == ()


@pytest.mark.parametrize(("channels", "colour_type"), [(1, 0), (3, 2)])
def test_a_clear_colour_of_sixteen_bits_becomes_alpha(tmp_path: Path, channels: int, colour_type: int) -> None:
    values = RNG.integers(0, 65536, (8, 9, channels), dtype=np.uint16)
    path = tmp_path / "a.png"
    path.write_bytes(png_of(values, colour_type, chunked(b"tRNS", values[3, 4].astype(">u2").tobytes())))
    pixels = read(path).image.pixels
    np.testing.assert_array_equal(pixels[..., :-1], values)
    assert pixels[3, 4, -1] == 0
    assert pixels[0, 0, -1] == 65535


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("channels", [3, 4])
def test_sixteen_bit_colour_tiff_keeps_every_bit(tmp_path: Path, order: str, packed: bool, channels: int) -> None:
    values = RNG.integers(0, 65536, (8, 9, channels), dtype=np.uint16)
    strip = values.astype(order + "u2").tobytes()
    tags = ImageFileDirectory_v2(prefix=b"II" if order == "<" else b"MM")
    tags[256], tags[257], tags[258], tags[259] = 9, 8, (16,) * channels, 8 if packed else 1
    tags[262], tags[277], tags[278], tags[284] = 2, channels, 8, 1
    if channels == 4:
        tags[338] = 2
    strip = zlib.compress(strip) if packed else strip
    tags[273], tags[279] = 0, len(strip)
    path = tmp_path / "a.tif"
    with path.open("wb") as file:
        tags.save(file)
        file.write(strip)
    decoded = read(path)
    np.testing.assert_array_equal(decoded.image.pixels, values)
    assert decoded.notes == ()


def test_float_tiff_keeps_what_lies_beyond_white(save: Maker) -> None:
    values = RNG.normal(0.5, 2, (32, 48)).astype(np.float32)
    decoded = read(save("a.tif", Image.fromarray(values)))
    np.testing.assert_array_equal(decoded.image.pixels[..., 0], values)
    assert decoded.header.depth == 32


def test_grey_tiff_that_counts_from_white_is_the_right_way_round(save: Maker) -> None:
    values = RNG.integers(0, 65536, (32, 48), dtype=np.uint16)
    pixels = read(save("a.tif", Image.fromarray(values), tiffinfo={262: 0})).image.pixels
    np.testing.assert_array_equal(pixels[..., 0], 65535 - values)


def test_whole_numbers_of_32_bits_are_refused(save: Maker) -> None:
    path = save("a.tif", Image.fromarray(np.zeros((4, 4), np.int32)))
    with pytest.raises(Exception, match=r"a\.tif has 32-bit whole numbers, which are not read: convert it"):
        decode(path, Limits())


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_cmyk_without_a_profile_is_approximate_and_says_so(save: Maker, gradient: Image.Image, name: str) -> None:
    path = save(name, gradient.convert("CMYK"), quality=95) if name == "a.jpg" else save(name, gradient.convert("CMYK"))
    decoded = read(path)
    assert np.abs(decoded.image.pixels.astype(int) - np.asarray(gradient)).mean() < 3
    assert decoded.notes == ("It is CMYK without a usable colour profile; its colours are approximate.",)


def test_lab_is_converted_by_its_meaning(save: Maker) -> None:
    decoded = read(save("a.tif", Image.new("LAB", (4, 4), (136, 128, 128))))  # L* 53.4, the middle grey of sRGB
    assert np.abs(decoded.image.pixels.astype(int) - 127).max() <= 2
    assert decoded.notes == ("It is LAB; it was converted to sRGB.",)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_orientation_is_applied_once(save: Maker, name: str, orientation: int) -> None:
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    path = save(name, exif=tags)
    decoded = read(path)
    stored = Image.open(path)
    expected = np.asarray(stored if name == "a.tif" else ImageOps.exif_transpose(stored))
    assert np.abs(decoded.image.pixels.astype(int) - expected).max() <= 3
    assert (decoded.header.width, decoded.header.height) == ((48, 32) if orientation < 5 else (32, 48))
    left_behind = Image.Exif()
    left_behind.load(decoded.image.metadata.exif)
    assert left_behind[ExifTags.Base.Orientation] == 1


@pytest.mark.parametrize("kind", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_turning_keeps_every_pixel_and_lies_row_after_row(kind: type, channels: int) -> None:
    pixels = RNG.integers(0, 256, (5, 7, channels)).astype(kind)
    whole = np.transpose(pixels, (1, 0, 2))
    expected = [pixels, pixels[:, ::-1], pixels[::-1, ::-1], pixels[::-1]]
    expected += [whole, whole[:, ::-1], whole[::-1, ::-1], whole[::-1]]
    for orientation, wanted in enumerate(expected, 1):
        turned = turn(pixels, orientation, np.empty)
        np.testing.assert_array_equal(turned, wanted)
        assert turned.flags.c_contiguous
    assert turn(pixels, 1, np.empty) is pixels


def test_a_misnamed_file_is_what_it_is_and_says_so(save: Maker) -> None:
    decoded = read(save("a.jpg", kind="PNG"))
    assert decoded.header.format == "png"
    assert decoded.notes == ("Its name says it is a JPEG; it is a PNG and stays one.",)
    assert read(save("a.dat", kind="PNG")).notes == ()


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.tif"])
def test_only_the_first_of_many_pictures_is_read(save: Maker, gradient: Image.Image, name: str) -> None:
    larger = gradient.resize((96, 64)) if name == "a.tif" else gradient.transpose(Image.Transpose.ROTATE_180)
    decoded = read(save(name, save_all=True, append_images=[larger, larger.transpose(Image.Transpose.FLIP_TOP_BOTTOM)]))
    assert decoded.header.frames == 3
    assert decoded.image.pixels.shape == (32, 48, 3)
    assert decoded.notes == ("Only the first of its 3 pictures was read.",)


def test_the_photographs_that_come_with_safelight_are_read_whole(photographs: Path) -> None:
    for path in sorted(photographs.glob("*.[jpw][pne][gb]*")):
        decoded = read(path)
        assert decoded.notes == ()
        assert decoded.image.pixels.shape == (decoded.header.height, decoded.header.width, decoded.header.channels)
