"""Reduced pictures: of the right size, upright, in sRGB, close to the whole one, and quick where a file allows."""

import struct
import subprocess
import sys
import textwrap
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageCms

from engine.files.decode import decode
from engine.files.encode import FORMATS, refusal
from engine.files.jpeg_segments import first_passes, insert, read_segments
from engine.files.limits import Limits
from engine.files.profile import colour_space, to_srgb
from engine.files.proxy import proxy
from engine.image import Metadata
from tests.engine.files.conftest import Maker

LIMITS = Limits()
NAMES = ["a.jpg", "a.png", "a.webp", "a.tif"]


def lut_profile(space: bytes, inputs: int, table: bytes) -> bytes:
    """A small colour profile (ICC.1:2001-04, 6.5.8): a table of two points a channel, to 8-bit Lab."""
    identity = struct.pack(">9i", *(65536 * (row == column) for row in range(3) for column in range(3)))
    ramp = bytes(range(256))
    lut = b"mft1" + struct.pack(">4x4B", inputs, 3, 2, 0) + identity + ramp * inputs + table + ramp * 3
    white = b"XYZ " + struct.pack(">4x3i", *(round(value * 65536) for value in (0.9642, 1.0, 0.8249)))
    text = b"desc" + struct.pack(">4xI", 5) + b"test\0" + bytes(78)
    tags, start = b"", 128 + 4 + 3 * 12
    body = b""
    for name, content in ((b"A2B0", lut), (b"desc", text), (b"wtpt", white)):
        tags += struct.pack(">4sII", name, start + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    size = start + len(body)
    head = struct.pack(">I4sI4s4s4s12x4s", size, b"lcms", 0x02100000, b"prtr", space, b"Lab ", b"acsp")
    illuminant = struct.pack(">3i", *(round(value * 65536) for value in (0.9642, 1.0, 0.8249)))
    return head.ljust(68, b"\0") + illuminant + bytes(48) + struct.pack(">I", 3) + tags + body


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_proxy_fits_stands_upright_and_looks_like_the_picture(
    save: Maker, gradient: Image.Image, name: str, orientation: int
) -> None:
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    path = save(name, gradient.resize((480, 320), Image.Resampling.BICUBIC), exif=tags)
    small = proxy(path, 60, 50, LIMITS)
    whole = decode(path, LIMITS).image.pixels
    height, width = whole.shape[:2]
    assert (small.source_width, small.source_height) == (width, height)
    assert small.pixels.shape == ((40, 60, 3) if orientation < 5 else (50, 33, 3))
    assert small.scale == pytest.approx(small.pixels.shape[1] / width)
    assert not small.coarse
    expected = Image.fromarray(whole).resize(small.pixels.shape[1::-1], Image.Resampling.BOX)
    assert np.abs(small.pixels.astype(int) - np.asarray(expected)).max() <= 6


@settings(max_examples=40)
@given(
    name=st.sampled_from(NAMES),
    size=st.tuples(st.integers(1, 90), st.integers(1, 90)),
    room=st.tuples(st.integers(1, 120), st.integers(1, 120)),
    coarse=st.booleans(),
)
def test_a_proxy_is_never_larger_than_the_room_or_the_picture(
    tmp_path_factory: pytest.TempPathFactory, name: str, size: tuple[int, int], room: tuple[int, int], coarse: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / f"proxy-{name}"
    Image.new("RGB", size, (200, 100, 50)).save(path)
    small = proxy(path, *room, LIMITS, coarse=coarse)
    height, width = small.pixels.shape[:2]
    assert width <= min(room[0], size[0])
    assert height <= min(room[1], size[1])
    assert width == min(room[0], size[0]) or height == min(room[1], size[1])
    assert np.abs(small.pixels.astype(int) - (200, 100, 50)).max() <= 8


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "F", "CMYK"])
def test_all_layouts_come_as_eight_bits(save: Maker, gradient: Image.Image, mode: str) -> None:
    if mode == "F":
        picture = Image.fromarray(np.linspace(-0.5, 1.5, 48 * 32, dtype=np.float32).reshape(32, 48))
    elif mode == "I;16":
        picture = Image.fromarray(np.linspace(0, 65535, 48 * 32).astype(np.uint16).reshape(32, 48))
    else:
        picture = gradient.convert(mode)
    small = proxy(save("a.tif", picture), 12, 8, LIMITS)
    channels = {"LA": 2, "P": 3, "RGBA": 4, "CMYK": 3}.get(mode, 1)
    assert small.pixels.shape == (8, 12, channels)
    assert small.pixels.dtype == np.uint8
    assert small.pixels[0, :, 0].mean() < 140 < small.pixels[-1].max()


def test_colours_are_weighted_by_alpha(save: Maker) -> None:
    pixels = np.zeros((64, 64, 4), np.uint8)
    pixels[:, ::2] = (255, 0, 0, 255)
    small = proxy(save("a.png", Image.fromarray(pixels)), 8, 8, LIMITS).pixels
    assert (small[..., 0] >= 253).all()
    assert np.abs(small[..., 3].astype(int) - 128).max() <= 2


def test_a_proxy_is_in_srgb_whatever_the_profile(photographs: Path) -> None:
    path = photographs / "paint-brushes.jpg"
    small = proxy(path, 24, 20, LIMITS).pixels
    with Image.open(path) as picture:
        profile = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))
        converted = ImageCms.profileToProfile(picture, profile, ImageCms.createProfile("sRGB"), renderingIntent=1)
        unconverted = np.asarray(picture.resize(small.shape[1::-1], Image.Resampling.BOX)).astype(int)
    assert converted is not None
    expected = np.asarray(converted.resize(small.shape[1::-1], Image.Resampling.BOX)).astype(int)
    ours, right, wrong = (np.ptp(pixels, axis=2).mean() for pixels in (small, expected, unconverted))
    assert abs(ours - right) < 4  # colourfulness: filters differ at edges, hardly in that
    assert abs(wrong - right) > 15


@pytest.mark.parametrize("damaged", [b"nonsense", b"\0" * 36 + b"acsp" + b"\0" * 100])
def test_a_damaged_profile_is_ignored(save: Maker, gradient: Image.Image, damaged: bytes) -> None:
    path = save("a.png", gradient, icc_profile=damaged)
    assert proxy(path, 24, 16, LIMITS).pixels.shape == (16, 24, 3)
    decoded = decode(path, LIMITS)
    assert decoded.image.metadata.icc == b""
    assert decoded.notes == ("Its colour profile is damaged or meant for other pixels and was left out.",)


def test_grey_is_converted_and_stays_grey() -> None:
    lightness = lut_profile(b"GRAY", 1, bytes([0, 128, 128, 255, 128, 128]))
    picture = Image.linear_gradient("L")
    picture.putalpha(Image.new("L", picture.size, 77))
    converted = to_srgb(picture, lightness)
    assert colour_space(lightness) == "L"
    assert converted.mode == "LA"
    assert converted.getextrema()[1] == (77, 77)
    assert [abs(converted.getpixel((0, row))[0] - grey) <= 2 for row, grey in ((0, 0), (128, 119), (255, 255))]


@pytest.mark.parametrize("name", ["a.jpg", "a.tif"])
def test_cmyk_follows_its_profile(save: Maker, name: str) -> None:
    lightness = {0b0000: 255, 0b1000: 128}  # bare paper, and its first ink alone, which prints grey
    table = b"".join(bytes([lightness.get(inks, 0), 128, 128]) for inks in range(16))
    path = save(name, Image.new("CMYK", (32, 16), (255, 0, 0, 0)), icc_profile=lut_profile(b"CMYK", 4, table))
    decoded = decode(path, LIMITS)
    assert np.abs(decoded.image.pixels.astype(int) - 119).max() <= 2
    assert decoded.notes == ("It is CMYK; it was converted to sRGB by its colour profile.",)
    assert decoded.image.metadata.icc == b""
    assert np.abs(proxy(path, 8, 4, LIMITS).pixels.astype(int) - 119).max() <= 2


def with_exif(save: Maker, gradient: Image.Image, exif: bytes) -> Path:
    """A JPEG of 480 x 320 with an EXIF block."""
    path = save("plain.jpg", gradient.resize((480, 320)))
    path.write_bytes(insert(path.read_bytes(), Metadata(exif=exif)))
    return path


def test_the_thumbnail_serves_where_it_is_large_enough_and_of_the_same_shape(
    save: Maker, gradient: Image.Image, with_thumbnail: Callable[[int, tuple[int, int]], bytes]
) -> None:
    path = with_exif(save, gradient, with_thumbnail(8, (48, 32)))
    coarse = proxy(path, 32, 48, LIMITS, coarse=True)
    assert coarse.coarse
    assert coarse.pixels.shape == (48, 32, 3)
    assert coarse.pixels.min() >= 254
    assert (coarse.source_width, coarse.source_height) == (320, 480)
    for room in ((32, 49), (64, 96)):
        small = proxy(path, *room, LIMITS, coarse=True)
        assert small.coarse == (room == (32, 49))
    assert proxy(path, 32, 48, LIMITS).pixels.min() < 100
    padded = with_exif(save, gradient, with_thumbnail(1, (48, 36)))
    assert not proxy(padded, 24, 16, LIMITS, coarse=True).coarse


def test_for_a_thumbnail_the_rest_of_the_file_is_not_read(
    save: Maker, gradient: Image.Image, with_thumbnail: Callable[[int, tuple[int, int]], bytes]
) -> None:
    path = with_exif(save, gradient, with_thumbnail(1, (48, 32)))
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"\xff\xda") + 20])
    assert proxy(path, 24, 16, LIMITS, coarse=True).coarse


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_the_first_passes_of_a_progressive_file_serve_for_an_eighth(
    save: Maker, gradient: Image.Image, mode: str
) -> None:
    path = save("a.jpg", gradient.resize((960, 640)).convert(mode), progressive=True, quality=95)
    coarse, sharp = (proxy(path, 120, 80, LIMITS, coarse=coarse) for coarse in (True, False))
    assert (coarse.coarse, sharp.coarse) == (True, False)
    assert np.abs(coarse.pixels.astype(int) - sharp.pixels).max() <= 8
    assert not proxy(path, 121, 81, LIMITS, coarse=True).coarse
    data = path.read_bytes()
    beginning = first_passes(data, read_segments(BytesIO(data)).end)
    assert 0 < len(beginning) < len(data) / 2


def test_a_baseline_file_has_no_first_passes(save: Maker) -> None:
    data = save("a.jpg").read_bytes()
    assert first_passes(data, read_segments(BytesIO(data)).end) in (b"", data)


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_first_passes_of_anything_are_no_error(rest: bytes) -> None:
    first_passes(b"\xff\xd8\xff\xda" + rest, 2)
    first_passes(rest, 0)


def test_decoders_and_encoders_let_other_threads_run(root: Path) -> None:
    """In a process of its own, whose lock is handed over only where it is freed, and not every few milliseconds."""
    code = """
        import sys, threading, time
        import numpy as np
        from engine.files.decode import decode_bytes
        from engine.files.encode import FORMATS, encode, refusal
        from engine.files.limits import Limits
        from engine.image import Image
        image = Image(np.random.default_rng(1).integers(0, 256, (500, 800, 3), dtype=np.uint8))
        turns, over = 0, False
        def count():
            global turns
            while not over:
                turns += 1
                time.sleep(0.0005)
        def others_run(call):
            before = turns
            call()
            return turns > before + 1
        threading.Thread(target=count).start()
        sys.setswitchinterval(1000)
        for name in filter(lambda name: not refusal(name), FORMATS):
            data = encode(image, name, 90)
            encodes = any(others_run(lambda: encode(image, name, 90)) for _ in range(20))
            decodes = any(others_run(lambda: decode_bytes("a", data, Limits())) for _ in range(20))
            print(name, encodes, decodes)
        over = True
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split("\n") == [f"{name} True True" for name in FORMATS if not refusal(name)] + [""]
