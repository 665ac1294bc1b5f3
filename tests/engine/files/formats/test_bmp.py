"""BMP: every layout that Pillow reads, and what is written comes back bit by bit, its alpha too."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image as Pillow

from engine.files.decode import decode, decode_bytes
from engine.files.encode import encode, losses
from engine.files.limits import Limits
from engine.image import Image, Metadata, Pixels
from tests.engine.files.conftest import Maker


@given(st.integers(1, 4).flatmap(lambda channels: arrays.arrays(np.uint8, (3, 5, channels))))
def test_all_is_kept(pixels: Pixels) -> None:
    assert losses(Image(pixels), "bmp") == ()
    back = decode_bytes("a.bmp", encode(Image(pixels), "bmp", 90), Limits()).image.pixels
    channels = pixels.shape[2]
    colour = pixels[..., [0, 0, 0, 1]] if channels == 2 else pixels
    np.testing.assert_array_equal(back, colour)


@pytest.mark.parametrize(("mode", "channels"), [("1", 1), ("L", 1), ("P", 3), ("RGB", 3)])
def test_what_others_write_is_read(
    save: Maker, gradient: Pillow.Image, limits: Limits, mode: str, channels: int
) -> None:
    picture = gradient.convert(mode)
    decoded = decode(save("a.bmp", picture), limits)
    assert decoded.header.channels == channels
    expected = np.asarray(picture.convert("RGB"))
    np.testing.assert_array_equal(np.broadcast_to(decoded.image.pixels, expected.shape), expected)


def test_metadata_is_said_to_be_left_out(exif: Pillow.Exif) -> None:
    image = Image(np.zeros((4, 4, 3), np.uint8), Metadata(exif=exif.tobytes()[6:]))
    assert losses(image, "bmp") == ("BMP holds no metadata: it was left out.",)
    assert b"Camera maker" not in encode(image, "bmp", 90)
