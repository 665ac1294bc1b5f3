"""AVIF: pixels, depth, turn and metadata, through Pillow's own plugin."""

import base64
from io import BytesIO

import numpy as np
import pytest
from PIL import ExifTags, features
from PIL import Image as Pillow

from engine.files.decode import decode, decode_bytes
from engine.files.encode import encode, losses
from engine.files.formats import avif
from engine.files.header import read_header
from engine.files.limits import Limits
from engine.files.proxy import proxy
from engine.image import Image, Metadata
from tests.engine.files.conftest import Maker

pytestmark = pytest.mark.skipif(not features.check("avif"), reason="this Pillow was built without AVIF")
DEEP = "Its 10 or 12 bits a channel were read as 8."
TEN_BITS = (
    "AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUEAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAO"
    "cGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAALAAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAA"
    "AABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAAEAAAABAAAAAQcGl4aQAAAAADCgoKAAAADGF2MUOBIEAAAAAAE2NvbHJuY2x4AAIAAgAG"
    "gAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAANG1kYXQSAAoIOAz/28CAgaQyHhICQ0qAAPIAABCiSxAfYi1V6NfswYL7vAPW7OE/qQ=="
)
"""16 x 16, dark to light from left to right in 10 bits a channel, made by libavif."""
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- a caption --></x:xmpmeta>'


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_it_comes_close_at_every_layout(gradient: Pillow.Image, channels: int) -> None:
    colour = np.asarray(gradient)
    alpha = np.full((*colour.shape[:2], 1), 255, np.uint8)
    alpha[:8] = 0
    pixels = {1: colour[..., :1], 3: colour, 2: np.dstack([colour[..., :1], alpha]), 4: np.dstack([colour, alpha])}
    image = Image(np.ascontiguousarray(pixels[channels]))
    assert losses(image, "avif") == ()
    back = decode_bytes("a.avif", encode(image, "avif", 95), Limits())
    assert back.header.channels == {1: 1, 2: 4}.get(channels, channels)
    assert back.notes == ()
    opaque = back.image.pixels[8:]
    assert np.abs(opaque[..., 0].astype(int) - image.pixels[8:, ..., 0]).mean() < 3
    if channels in (2, 4):
        np.testing.assert_array_equal(back.image.pixels[..., -1], alpha[..., 0])


def test_the_turn_is_applied_once_and_the_tag_set_to_one(save: Maker, exif: Pillow.Exif, limits: Limits) -> None:
    picture = Pillow.new("RGB", (64, 32), "red")
    picture.paste("blue", (0, 0, 32, 32))
    path = save("a.avif", picture, exif=exif.tobytes(), xmp=XMP)
    header = read_header(path, limits)
    assert (header.width, header.height) == (32, 64)
    image = decode(path, limits).image
    # Turned by a quarter to the right, the left is on top.
    assert image.pixels.shape == (64, 32, 3)
    assert image.pixels[8, 16].argmax() == 2
    assert image.pixels[56, 16].argmax() == 0
    tags = Pillow.Exif()
    tags.load(image.metadata.exif)
    assert tags[ExifTags.Base.Orientation] == 1
    assert image.metadata.xmp == XMP
    small = proxy(path, 16, 32, limits)
    assert small.pixels.shape == (32, 16, 3)
    assert small.pixels[4, 8].argmax() == 2


def test_metadata_is_written(srgb: bytes) -> None:
    pixels = np.zeros((8, 8, 3), np.uint8)
    with Pillow.open(BytesIO(avif.encode(pixels, Metadata(icc=srgb, xmp=XMP), 90)), formats=["AVIF"]) as picture:
        assert picture.info["icc_profile"] == srgb
        assert picture.info["xmp"] == XMP


def test_deeper_files_are_read_at_eight_bits_and_that_is_said(limits: Limits) -> None:
    decoded = decode_bytes("a.avif", base64.b64decode(TEN_BITS), limits)
    assert decoded.notes == (DEEP,)
    assert decoded.header.depth == 8
    expected = np.linspace(0, 255, 16)[:, None]
    assert np.abs(decoded.image.pixels - expected).max() < 6
