"""Wide-gamut and grey pictures as sRGB: as Little CMS at 8 bits, as a double-precision oracle at 16 and in floats."""

from __future__ import annotations

import struct
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from engine.files.conversion import converts, to_srgb
from engine.files.decode import decode_bytes
from engine.files.directories import SHORT, Block, numbers, write_block
from engine.files.encode import FORMATS, encode, encoding_work, losses
from engine.files.formats import formats
from engine.files.limits import Limits
from engine.image import Image, Metadata

Array = npt.NDArray[np.float64]
D50 = np.array((0.9642, 1.0, 0.8249))
BRADFORD = np.array(((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296)))
D65, PROPHOTO_WHITE = (0.3127, 0.3290), (0.3457, 0.3585)
SPACES = {
    "Display P3": (((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), D65),
    "Adobe RGB": (((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), D65),
    "ProPhoto": (((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)), PROPHOTO_WHITE),
}
SRGB_SPACE = (((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), D65)
SRGB_TABLE = np.where((x := np.arange(1024) / 1023) > 0.04045, ((x + 0.055) / 1.055) ** 2.4, x / 12.92)
STORED = [round(value * 65536) for value in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)]
CURVES = {
    "gamma": struct.pack(">4s4xIHxx", b"curv", 1, round(2.2 * 256)),
    "table": struct.pack(">4s4xI1024H", b"curv", 1024, *np.round(SRGB_TABLE * 65535).astype(int)),
    "linear": struct.pack(">4s4xI", b"curv", 0),
    "parametric 0": struct.pack(">4s4xIi", b"para", 0, round(1.8 * 65536)),
    "parametric 3": struct.pack(">4s4xI5i", b"para", 3 << 16, *STORED),
}
RNG = np.random.default_rng(5)


def matrix(space: tuple[tuple[tuple[float, float], ...], tuple[float, float]]) -> Array:
    """Linear RGB to XYZ at D50, from chromaticities."""
    primaries, white = (np.array([(x / y, 1, (1 - x - y) / y) for x, y in each]) for each in (space[0], [space[1]]))
    scaled = primaries.T * np.linalg.solve(primaries.T, white[0])
    adapted = np.diag((BRADFORD @ D50) / (BRADFORD @ white[0]))
    result: Array = np.linalg.inv(BRADFORD) @ adapted @ BRADFORD @ scaled
    return result


def profile(tags: dict[bytes, bytes], space: bytes, version: int = 4) -> bytes:
    """A display profile of the tags, its text among them."""
    if version == 4:
        text = "made".encode("utf-16-be")
        described = struct.pack(">4s4xII2s2sII", b"mluc", 1, 12, b"en", b"US", len(text), 28) + text
    else:
        described = struct.pack(">4s4xI", b"desc", 5) + b"made\0" + bytes(78)
    white = struct.pack(">4s4x3i", b"XYZ ", *(round(value * 65536) for value in D50))
    tags = {b"desc": described, b"cprt": described if version == 4 else b"text\0\0\0\0none\0", b"wtpt": white} | tags
    body, table, at = b"", struct.pack(">I", len(tags)), 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        table += struct.pack(">4sII", name, at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack(">I4xI4s4s4s12x4s", at + len(body), version << 24, b"mntr", space, b"XYZ ", b"acsp")
    head = head.ljust(68, b"\0") + struct.pack(">3i", *(round(value * 65536) for value in D50))
    return head.ljust(128, b"\0") + table + body


def rgb(name: str, curve: str, version: int = 4) -> bytes:
    """A matrix profile."""
    columns = matrix(SPACES[name]).T
    tags = {
        colour + b"XYZ": struct.pack(">4s4x3i", b"XYZ ", *np.round(column * 65536).astype(int))
        for colour, column in zip((b"r", b"g", b"b"), columns, strict=True)
    }
    return profile(tags | {colour + b"TRC": CURVES[curve] for colour in (b"r", b"g", b"b")}, b"RGB ", version)


def decoded(code: Array, curve: str) -> Array:
    """Light, by the oracle."""
    table = np.interp(code, np.arange(1024) / 1023, np.round(SRGB_TABLE * 65535) / 65535)
    g, a, b, c, d = np.array(STORED) / 65536
    srgb = np.where(code >= d, (a * code + b) ** g, code * c)
    return {
        "gamma": code ** (round(2.2 * 256) / 256),
        "table": table,
        "linear": code,
        "parametric 0": code ** (round(1.8 * 65536) / 65536),
        "parametric 3": srgb,
    }[curve]


def oracle(code: Array, name: str, curve: str) -> Array:
    """Code values of sRGB, unclipped, by the colorants as they are stored, white as white."""
    stored = np.round(matrix(SPACES[name]) * 65536) / 65536
    stored *= (D50 / stored.sum(axis=1))[:, None]
    light = decoded(code, curve) @ (np.linalg.inv(matrix(SRGB_SPACE)) @ stored).T
    size = np.abs(light)
    return np.copysign(np.where(size > 0.0031308, 1.055 * size ** (1 / 2.4) - 0.055, size * 12.92), light)


def pixels(kind: str, channels: int = 3) -> npt.NDArray[np.generic]:
    """Noise and ramps over the whole range."""
    values = RNG.random((40, 50, channels))
    values[0], values[1], values[2] = 0, 1, np.linspace(0, 1, 50)[:, None]
    if kind == "float32":
        return values.astype(np.float32)
    return np.round(values * np.iinfo(kind).max).astype(kind)


@pytest.mark.parametrize("name", SPACES)
@pytest.mark.parametrize("curve", CURVES)
def test_sixteen_bits_come_within_two_levels(name: str, curve: str) -> None:
    source = pixels("uint16", 4)
    result = to_srgb(source, rgb(name, curve))
    expected = np.clip(oracle(source[..., :3] / 65535, name, curve), 0, 1) * 65535
    assert np.abs(result[..., :3] - expected).max() <= 2
    np.testing.assert_array_equal(result[..., 3], source[..., 3])
    assert (result[0, :, :3] == 0).all()
    assert (result[1, :, :3] == 65535).all()


@pytest.mark.parametrize("name", SPACES)
@pytest.mark.parametrize("curve", CURVES)
def test_floats_keep_what_srgb_cannot_show(name: str, curve: str) -> None:
    source = pixels("float32")
    result = to_srgb(source, rgb(name, curve))
    expected = oracle(source.astype(np.float64), name, curve)
    assert result.dtype == np.float32
    assert np.abs(result - expected).max() < 3e-5
    assert result.min() < -0.05


@pytest.mark.parametrize("name", SPACES)
@pytest.mark.parametrize("version", [2, 4])
@pytest.mark.parametrize("curve", ["gamma", "table"])
def test_eight_bits_agree_with_little_cms_and_with_the_model(name: str, version: int, curve: str) -> None:
    source, icc = pixels("uint8", 4), rgb(name, curve, version)
    result = to_srgb(source, icc)
    theirs = ImageCms.profileToProfile(
        Pillow.fromarray(source[..., :3]),
        ImageCms.ImageCmsProfile(BytesIO(icc)),
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )
    assert np.abs(result[..., :3].astype(int) - np.asarray(theirs)).max() <= 1
    np.testing.assert_array_equal(result[..., 3], source[..., 3])
    model = to_srgb(source.astype(np.uint16) * np.uint16(257), icc)
    assert np.abs(model[..., :3] / 257 - result[..., :3]).max() <= 1.6


@pytest.mark.parametrize("kind", ["uint8", "uint16", "float32"])
def test_grey_follows_its_curve(kind: str) -> None:
    source, icc = pixels(kind, 2), profile({b"kTRC": CURVES["parametric 0"]}, b"GRAY")
    most = 1 if kind == "float32" else np.iinfo(kind).max
    light = (source[..., 0] / most).astype(np.float64) ** 1.8
    expected = np.where(light > 0.0031308, 1.055 * light ** (1 / 2.4) - 0.055, light * 12.92) * most
    result = to_srgb(source, icc)
    assert np.abs(result[..., 0] - expected).max() <= {"uint8": 1, "uint16": 2, "float32": 1e-5}[kind]
    np.testing.assert_array_equal(result[..., 1], source[..., 1])


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("kind", ["uint8", "uint16"])
def test_a_result_in_srgb_has_no_profile_and_the_same_colours(name: str, kind: str) -> None:
    icc = rgb("Display P3", "parametric 3")
    levels = np.iinfo(kind).max
    source = np.full((32, 32, 3), (levels // 2, levels // 4, levels // 3), kind)
    image = Image(source, Metadata(icc=icc))
    back = decode_bytes(f"a{FORMATS[name]}", encode(image, name, 95, profile="srgb"), Limits()).image
    assert back.metadata.icc == b""
    shown = back.pixels[16, 16, :3] / np.iinfo(back.pixels.dtype).max
    assert np.abs(shown - oracle(source[16, 16] / levels, "Display P3", "parametric 3")).max() < 0.025
    assert not [note for note in losses(image, name, profile="srgb") if "profile" in note]
    kept = decode_bytes(f"a{FORMATS[name]}", encode(image, name, 95), Limits()).image
    assert kept.metadata.icc == (icc if "icc" in formats()[name].holds else b"")


def test_tables_of_colours_are_kept_at_sixteen_bits_and_said() -> None:
    tables = rgb("Display P3", "gamma").replace(b"wtpt", b"A2B0", 1)
    image = Image(pixels("uint16"), Metadata(icc=tables))  # type: ignore[arg-type]
    assert not converts(tables, 16, 3)
    note = "Its colour profile cannot be converted at 16 bits a channel without loss and was kept."
    assert losses(image, "tiff", profile="srgb") == (note,)
    assert decode_bytes("a.tif", encode(image, "tiff", 90, profile="srgb"), Limits()).image.metadata.icc == tables


def test_exif_says_that_the_colours_were_converted() -> None:
    exif = write_block(Block(camera={0xA001: numbers(SHORT, 0xFFFF)}))
    image = Image(np.zeros((8, 8, 3), np.uint8), Metadata(exif=exif, icc=rgb("Adobe RGB", "gamma")))
    for profile_flag, value in (("keep", 0xFFFF), ("srgb", 1)):
        data = encode(image, "png", 90, profile=profile_flag)  # type: ignore[arg-type]
        assert Pillow.open(BytesIO(data)).getexif().get_ifd(0x8769)[0xA001] == value


def test_the_memory_of_converting_is_counted() -> None:
    shape = (1000, 2000, 3)
    added = encoding_work(shape, 2, "tiff", 90, profile="srgb") - encoding_work(shape, 2, "tiff", 90)
    assert added >= 1000 * 2000 * 3 * 2


@pytest.mark.parametrize("at", [0, 8, 12, 20])
def test_a_damaged_profile_is_converted_by_its_curves_or_not_at_all(at: int) -> None:
    whole = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    damaged = whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :]
    pixels = RNG.integers(0, 256, (8, 8, 3), np.uint8)
    assert converts(damaged, 8, 3)
    assert np.abs(to_srgb(pixels, damaged).astype(int) - pixels).max() <= 1


def test_floats_beyond_all_measure_are_converted_without_a_word() -> None:
    """Warnings are errors here."""
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pixels = np.resize(np.array([np.nan, np.inf, -np.inf, np.inf, np.inf, 0.5, 3e38], np.float32), (8, 64, 3))
    assert to_srgb(pixels, icc).shape == pixels.shape
