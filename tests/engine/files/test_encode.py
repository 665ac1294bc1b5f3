"""What is written: every bit where the format allows, the metadata that may be shared, and a word on what is lost."""

import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import ExifTags, ImageCms
from PIL import Image as Pillow
from PIL.TiffImagePlugin import TiffImageFile

from engine.errors import ImageError, SpecError
from engine.files.decode import Decoded, decode, decode_bytes
from engine.files.encode import FORMATS, encode, losses, refusal
from engine.files.formats import formats
from engine.files.limits import Limits
from engine.image import Image, Metadata
from tests.engine.files.conftest import Maker

Pixels = npt.NDArray[np.generic]
RNG = np.random.default_rng(11)
HERE = [name for name in FORMATS if not refusal(name)]
WITH_METADATA = [name for name in HERE if "exif" in formats()[name].holds and not formats()[name].extra]
"""Those that Pillow reads, too."""


def round_trip(image: Image, name: str, quality: int = 90) -> Decoded:
    """Encoded and decoded again."""
    return decode_bytes(f"a{FORMATS[name]}", encode(image, name, quality), Limits())


@st.composite
def pictures(draw: st.DrawFn, kinds: tuple[str, ...]) -> Pixels:
    """Small pictures of any shape, layout and content."""
    shape = draw(st.tuples(st.integers(1, 20), st.integers(1, 20), st.integers(1, 4)))
    kind = np.dtype(draw(st.sampled_from(kinds)))
    elements = st.floats(-4, 4, width=32) if kind.kind == "f" else None
    return draw(arrays.arrays(kind, shape, elements=elements))


@given(pictures(("uint8", "uint16", "float32")))
@settings(max_examples=80)
def test_tiff_keeps_everything(pixels: Pixels) -> None:
    image = Image(pixels)
    assert losses(image, "tiff") == ()
    back = round_trip(image, "tiff")
    np.testing.assert_array_equal(back.image.pixels, pixels)
    assert back.notes == ()


@given(pictures(("uint8", "uint16")))
@settings(max_examples=80)
def test_png_keeps_everything(pixels: Pixels) -> None:
    assert losses(Image(pixels), "png") == ()
    back = round_trip(Image(pixels), "png")
    np.testing.assert_array_equal(back.image.pixels, pixels)
    assert back.notes == ()


@given(pictures(("uint8",)))
@settings(max_examples=40)
def test_webp_of_the_best_quality_keeps_everything(pixels: Pixels) -> None:
    back = round_trip(Image(pixels), "webp", 100).image.pixels
    channels = pixels.shape[2]
    colour = np.repeat(pixels[..., :1], 3, axis=2) if channels <= 2 else pixels[..., :3]
    np.testing.assert_array_equal(back[..., :3], colour)
    if channels in (2, 4):
        alpha = back[..., 3] if back.shape[2] == 4 else np.uint8(255)
        np.testing.assert_array_equal(pixels[..., -1], np.broadcast_to(alpha, pixels.shape[:2]))


@pytest.mark.parametrize("name", ["jpeg", "webp"])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("quality", [70, 95])
def test_formats_with_loss_come_close(gradient: Pillow.Image, name: str, channels: int, quality: int) -> None:
    pixels = np.asarray(gradient.resize((192, 128)))[..., :channels].copy()
    back = round_trip(Image(pixels), name, quality).image.pixels
    assert np.abs(back[..., :channels].astype(int) - pixels).mean() < (4 if quality == 70 else 2)


@pytest.mark.parametrize(("name", "bits"), [("jpeg", 8), ("webp", 8), ("png", 16)])
def test_depths_are_rounded_with_a_note(name: str, bits: int) -> None:
    floats = np.linspace(-0.5, 1.5, 64 * 64 * 3, dtype=np.float32).reshape(64, 64, 3)
    floats[0, 0] = np.nan
    assert losses(Image(floats), name) == (
        f"{name_of(name)} has {bits} bits a channel: its floats were clipped and rounded.",
    )
    back = round_trip(Image(floats), name, 100).image.pixels
    expected = np.floor(np.clip(np.nan_to_num(floats), 0, 1).astype(np.float64) * (2**bits - 1) + 0.5)
    if name == "jpeg":
        assert np.abs(back - expected)[8:].max() <= 2
    else:
        np.testing.assert_array_equal(back, expected)


def name_of(name: str) -> str:
    """As it stands in a sentence."""
    return {"webp": "WebP"}.get(name, name.upper())


def test_sixteen_bits_become_eight_by_rounding() -> None:
    values = np.arange(65536, dtype=np.uint16).reshape(256, 256, 1)
    assert losses(Image(values), "webp") == ("WebP has 8 bits a channel: its 16 bits a channel were rounded.",)
    back = round_trip(Image(values), "webp", 100).image.pixels
    np.testing.assert_array_equal(back[..., :1], np.floor(values / 65535 * 255 + 0.5))


@pytest.mark.parametrize("channels", [2, 4])
def test_transparency_is_laid_on_white_for_jpeg(channels: int) -> None:
    pixels = np.zeros((64, 64, channels), np.uint8)
    pixels[:32, :, -1] = 255
    pixels[48:, :, -1] = 128
    image = Image(pixels)
    assert losses(image, "jpeg") == ("JPEG has no transparency: the picture was laid on white.",)
    back = round_trip(image, "jpeg", 95).image.pixels.astype(int)
    assert back.shape[2] == channels - 1
    for rows, value in ((slice(0, 24), 0), (slice(34, 46), 255), (slice(50, 64), 127)):
        assert np.abs(back[rows] - value).max() <= 3


@pytest.mark.parametrize("name", WITH_METADATA)
def test_metadata_is_kept_but_for_what_is_private(
    save: Maker, tmp_path: Path, srgb: bytes, exif: Pillow.Exif, name: str
) -> None:
    decoded = decode(save("a.jpg", exif=exif, icc_profile=srgb), Limits())
    assert decoded.image.metadata.icc == srgb
    assert losses(decoded.image, name) == ()
    data = encode(decoded.image, name, 90)
    assert b"serial number 12345" not in data
    assert b"body 98765" not in data
    with Pillow.open(BytesIO(data)) as picture:
        picture.load()
        tags = picture.getexif()
        assert tags[ExifTags.Base.Make] == "Camera maker"
        assert tags[ExifTags.Base.Artist] == "Photographer"
        assert tags.get(ExifTags.Base.Orientation, 1) == 1
        camera = tags.get_ifd(ExifTags.IFD.Exif)
        assert camera[ExifTags.Base.ExposureTime] == 0.005
        assert ExifTags.Base.MakerNote not in camera
        assert (camera[0xA002], camera[0xA003]) == picture.size == (32, 48)
        assert ExifTags.IFD.GPSInfo not in tags
        assert not tags.get_ifd(ExifTags.IFD.GPSInfo)
        assert picture.info["icc_profile"] == srgb
    again = decode_bytes(f"b{FORMATS[name]}", data, Limits())
    assert again.image.metadata.icc == srgb
    assert again.image.pixels.shape == decoded.image.pixels.shape


@pytest.mark.parametrize("name", WITH_METADATA)
def test_the_thumbnail_is_left_out(photographs: Path, name: str) -> None:
    source = decode(photographs / "Århus cups.jpg", Limits()).image
    assert source.metadata.exif.count(b"\xff\xd8\xff") >= 1
    small = Image(np.ascontiguousarray(source.pixels[:16, :16]), source.metadata)
    data = encode(small, name, 90)
    assert len(data) < 20_000
    with Pillow.open(BytesIO(data)) as picture:
        assert not picture.getexif().get_ifd(ExifTags.IFD.IFD1)


def test_a_long_profile_takes_many_jpeg_segments(gradient: Pillow.Image, srgb: bytes) -> None:
    long = srgb + bytes(RNG.integers(0, 256, 200_000, dtype=np.uint8))
    image = Image(np.asarray(gradient), Metadata(icc=long))
    data = encode(image, "jpeg", 90)
    assert data.count(b"ICC_PROFILE\0") == 4
    assert Pillow.open(BytesIO(data)).info["icc_profile"] == long
    assert decode_bytes("a.jpg", data, Limits()).image.metadata.icc == long


@pytest.mark.parametrize("name", HERE)
def test_a_profile_for_other_pixels_is_left_out_with_a_note(srgb: bytes, name: str) -> None:
    image = Image(np.zeros((4, 4, 1), np.uint8), Metadata(icc=srgb))
    assert losses(image, name) == ("Its colour profile is not for such pixels and was left out.",)
    assert decode_bytes(f"a{FORMATS[name]}", encode(image, name, 90), Limits()).image.metadata.icc == b""


@pytest.mark.parametrize("name", HERE)
@pytest.mark.parametrize("damaged", [b"II*\0", b"II*\0\x08\0\0\0\xff\xff", b"nonsense" * 10])
def test_damaged_metadata_does_not_keep_a_picture_from_being_written(name: str, damaged: bytes) -> None:
    image = Image(np.zeros((4, 4, 3), np.uint8), Metadata(exif=damaged))
    assert round_trip(image, name).image.pixels.shape == (4, 4, 3)


def test_damaged_and_endless_metadata_is_told(exif: Pillow.Exif) -> None:
    pixels = np.zeros((4, 4, 3), np.uint8)
    endless = Pillow.Exif()
    endless[ExifTags.Base.Artist] = "x" * 70_000
    for block in (b"nonsense", endless.tobytes()[6:]):
        image = Image(pixels, Metadata(exif=block))
        assert losses(image, "jpeg") == ("Its EXIF data is damaged or too large and was left out.",)
        encode(image, "jpeg", 90)


def test_tiff_of_sixteen_bits_is_understood_by_another_reader() -> None:
    values = RNG.integers(0, 65536, (300, 200, 3), dtype=np.uint16)
    with Pillow.open(BytesIO(encode(Image(values), "tiff", 90))) as picture:
        assert isinstance(picture, TiffImageFile)
        assert picture.tag_v2[258] == (16, 16, 16)
        np.testing.assert_array_equal(np.asarray(picture), values >> 8)


@pytest.mark.parametrize(("name", "side"), [("jpeg", 65_501), ("webp", 16_384)])
def test_a_side_too_long_is_refused_before_encoding(name: str, side: int) -> None:
    with pytest.raises(ImageError, match=rf"has at most \d+ pixels a side, not {side}: choose another --format\."):
        encode(Image(np.zeros((1, side, 3), np.uint8)), name, 90)


@pytest.mark.parametrize("quality", [0, 101])
def test_a_quality_out_of_range_is_refused(quality: int) -> None:
    with pytest.raises(SpecError, match="--quality must be 1 to 100"):
        encode(Image(np.zeros((4, 4, 3), np.uint8)), "jpeg", quality)


def test_an_unknown_format_is_refused() -> None:
    image = Image(np.zeros((4, 4, 3), np.uint8))
    with pytest.raises(SpecError, match=f"--format must be one of {', '.join(FORMATS)}, not eps"):
        encode(image, "eps", 90)
    with pytest.raises(SpecError, match="--format"):
        losses(image, "eps")


@pytest.mark.parametrize(
    "pixels",
    [
        np.zeros((4, 4), np.uint8),
        np.zeros((4, 4, 5), np.uint8),
        np.zeros((0, 4, 3), np.uint8),
        np.zeros((4, 4, 3), np.int16),
        np.zeros((4, 4, 3), ">u2"),
        np.zeros((4, 8, 3), np.uint8)[:, ::2],
    ],
)
def test_an_image_holds_only_pixels_that_filters_take(pixels: Pixels) -> None:
    with pytest.raises(ImageError, match="Pixels must"):
        Image(pixels)


def test_a_colour_profile_means_the_same_colours_after_a_round_trip(photographs: Path) -> None:
    source = decode(photographs / "paint-brushes.jpg", Limits()).image
    data = encode(source, "png", 90)
    with Pillow.open(photographs / "paint-brushes.jpg") as before, Pillow.open(BytesIO(data)) as after:
        ours, theirs = (
            ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"])).profile.profile_description
            for picture in (before, after)
        )
    assert ours == theirs
    assert "Adobe RGB" in str(ours)


@pytest.mark.parametrize("name", [name for name in FORMATS if not refusal(name)])
@pytest.mark.parametrize(
    "block",
    [
        b"MM\0(" + struct.pack(">IH", 8, 0) + bytes(4),
        b"II*\0" + struct.pack("<IHHHI4sI", 8, 1, 0x0112, 2, 4, b"abcd", 0),
        b"II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8298, 2, 99_999, 99_999, 0),
    ],
    ids=["no head", "an orientation in letters", "a field beyond the end"],
)
def test_damaged_exif_data_is_left_out_or_kept_and_the_picture_saved(name: str, block: bytes) -> None:
    picture = Image(np.zeros((8, 8, 3), np.uint8), Metadata(exif=block))
    saved = encode(picture, name, 90, metadata="all")
    assert decode_bytes("a", saved, Limits()).image.pixels.shape == (8, 8, 3)
