"""HEIC: depth, turn and metadata with the extra, and a sentence without it."""

from io import BytesIO

import numpy as np
import pytest
from PIL import ExifTags
from PIL import Image as Pillow

from engine.errors import ImageError
from engine.files.decode import decode_bytes
from engine.files.encode import encode
from engine.files.format import Extra
from engine.files.formats import heic
from engine.files.limits import Limits
from engine.image import Image, Metadata

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- a caption --></x:xmpmeta>'
HEAD = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40)


def test_without_the_extra_it_is_named_and_the_way_to_it(limits: Limits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Extra, "installed", property(lambda _: False))
    with pytest.raises(ImageError) as refused:
        decode_bytes("a.heic", HEAD, limits)
    assert str(refused.value) == (
        "a.heic is a HEIC picture, which needs an extra: pip install 'safelight[heic]', or convert it first."
    )


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_it_comes_close_at_every_layout(gradient: Pillow.Image, channels: int) -> None:
    pytest.importorskip("pillow_heif")
    pixels = np.asarray(gradient.convert("RGBA"))[..., [0, 1, 2, 3] if channels == 4 else [0, 3, 2][:channels]]
    if channels == 3:
        pixels = np.asarray(gradient)
    image = Image(np.ascontiguousarray(pixels))
    back = decode_bytes("a.heic", encode(image, "heic", 95), Limits())
    assert back.notes == ()
    assert back.header.channels == {2: 4}.get(channels, channels)
    assert np.abs(back.image.pixels[..., 0].astype(int) - pixels[..., 0]).mean() < 3


@pytest.mark.parametrize("bits", [10, 12])
def test_more_than_eight_bits_become_sixteen(limits: Limits, bits: int) -> None:
    heif = pytest.importorskip("pillow_heif")
    values = np.broadcast_to(np.linspace(0, 65535, 64).astype(np.uint16)[None, :, None], (64, 64, 3))
    file = BytesIO()
    heif.encode("RGB;16", (64, 64), values.tobytes(), file, quality=100, chroma=444, bit_depth=bits)
    decoded = decode_bytes("a.heic", file.getvalue(), limits)
    pixels = decoded.image.pixels
    assert (pixels.dtype, decoded.header.depth) == (np.uint16, 16)
    assert (pixels >> 4 & 15).any()
    assert pixels.max() > 65300
    assert np.abs(pixels.astype(int) - values).mean() < 300


def test_metadata_is_kept_and_the_turn_applied_once(srgb: bytes, exif: Pillow.Exif, limits: Limits) -> None:
    heif = pytest.importorskip("pillow_heif")
    picture = Pillow.new("RGB", (64, 32), "red")
    picture.paste("blue", (0, 0, 32, 32))
    file = BytesIO()
    block = exif.tobytes()
    # Orientation 6 in EXIF becomes a property of the file, as telephones write it.
    heif.from_pillow(picture).save(file, exif=block, xmp=XMP, icc_profile=srgb, quality=90)
    decoded = decode_bytes("a.heic", file.getvalue(), limits)
    tags = Pillow.Exif()
    tags.load(decoded.image.metadata.exif)
    assert tags[ExifTags.Base.Make] == "Camera maker"
    assert tags.get(ExifTags.Base.Orientation, 1) == 1
    assert decoded.image.metadata.xmp == XMP
    assert decoded.image.metadata.icc == srgb
    assert decoded.image.pixels.shape in ((32, 64, 3), (64, 32, 3))
    if decoded.image.pixels.shape == (64, 32, 3):
        assert decoded.image.pixels[8, 16].argmax() == 2


def test_metadata_is_written(srgb: bytes, exif: Pillow.Exif) -> None:
    heif = pytest.importorskip("pillow_heif")
    data = encode(Image(np.zeros((8, 8, 3), np.uint8), Metadata(exif=exif.tobytes()[6:], icc=srgb)), "heic", 90)
    info = heif.open_heif(data).info
    assert info["icc_profile"] == srgb
    assert b"Camera maker" in info["exif"]
    direct = heic.encode(np.zeros((8, 8, 3), np.uint8), Metadata(xmp=XMP), 90)
    assert heif.open_heif(direct).info["xmp"] == XMP
