"""GIF: its first picture, its transparent colour, and how few colours stand for many."""

import struct
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from engine.errors import ImageError
from engine.files.decode import decode, decode_bytes
from engine.files.encode import encode, losses
from engine.files.header import read_header
from engine.files.limits import Limits
from engine.files.proxy import proxy
from engine.image import Image, Metadata
from tests.engine.files.conftest import Maker

COLOURS = "GIF has 256 colours: the picture's were reduced to them."
CLEAR = "GIF has no half transparency: what was less than half opaque became clear, the rest opaque."


def back(image: Image) -> np.ndarray:
    """Written as GIF and read again."""
    return decode_bytes("a.gif", encode(image, "gif", 90), Limits()).image.pixels


def test_the_first_picture_of_many_is_read_and_the_rest_is_told(save: Maker, limits: Limits) -> None:
    frames = [Pillow.new("RGB", (20, 10), colour) for colour in ("red", "green", "blue")]
    path = save("a.gif", frames[0], save_all=True, append_images=frames[1:])
    assert read_header(path, limits).frames == 3
    decoded = decode(path, limits)
    assert decoded.notes == ("Only the first of its 3 pictures was read.",)
    np.testing.assert_array_equal(decoded.image.pixels, np.broadcast_to([255, 0, 0], (10, 20, 3)))


def test_a_transparent_colour_is_alpha_in_the_proxy_as_well(save: Maker, limits: Limits) -> None:
    picture = Pillow.new("RGBA", (20, 10), (0, 0, 255, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 10, 10))
    path = save("a.gif", picture)
    pixels = decode(path, limits).image.pixels
    assert pixels.shape == (10, 20, 4)
    assert set(pixels[:, :10, 3].flat) == {0}
    np.testing.assert_array_equal(pixels[:, 10:], np.broadcast_to([0, 0, 255, 255], (10, 10, 4)))
    np.testing.assert_array_equal(proxy(path, 20, 10, limits).pixels[..., 3], pixels[..., 3])


def test_grey_keeps_every_level() -> None:
    levels = np.arange(256, dtype=np.uint8).reshape(16, 16, 1)
    assert losses(Image(levels), "gif") == ()
    np.testing.assert_array_equal(back(Image(levels)), np.repeat(levels, 3, axis=2))


def test_few_colours_stay_and_many_are_said_to_be_reduced(gradient: Pillow.Image) -> None:
    four = np.random.default_rng(1).integers(0, 2, (20, 30, 3), np.uint8) * np.uint8(255)
    np.testing.assert_array_equal(back(Image(four)), four)
    many = np.asarray(gradient)
    assert losses(Image(many), "gif") == (COLOURS,)
    assert np.abs(back(Image(many)).astype(int) - many).mean() < 5


@pytest.mark.parametrize("channels", [2, 4])
def test_alpha_becomes_one_clear_colour(channels: int) -> None:
    pixels = np.full((8, 8, channels), 200, np.uint8)
    pixels[..., -1] = np.linspace(0, 255, 8)
    assert CLEAR in losses(Image(pixels), "gif")
    result = back(Image(pixels))
    np.testing.assert_array_equal(result[..., 3], np.where(pixels[..., -1] < 128, 0, 255))
    assert np.abs(result[:, 4:, :3].astype(int) - 200).max() <= 8


def test_a_profile_is_made_of_the_pixels_since_it_cannot_be_held(photographs: Path, limits: Limits) -> None:
    source = decode(photographs / "paint-brushes.jpg", limits).image
    small = Image(np.ascontiguousarray(source.pixels[::40, ::40]), Metadata(icc=source.metadata.icc))
    assert "GIF holds no colour profile: the picture was converted to sRGB." in losses(small, "gif")
    expected = ImageCms.profileToProfile(
        Pillow.fromarray(small.pixels),
        ImageCms.ImageCmsProfile(BytesIO(small.metadata.icc)),
        ImageCms.createProfile("sRGB"),
    )
    assert expected is not None
    error, unconverted = (np.abs(back(small).astype(int) - each).mean() for each in (expected, small.pixels))
    assert error < unconverted


def test_blocks_without_end_and_without_pictures_are_damage(tmp_path: Path, limits: Limits) -> None:
    head = b"GIF89a" + struct.pack("<HHBBB", 4, 4, 0, 0, 0)
    for name, rest in (("empty", b";"), ("cut", b"!\xf9"), ("endless", b"!\xfe" + b"\x01x" * 5000)):
        path = tmp_path / f"{name}.gif"
        path.write_bytes(head + rest)
        with pytest.raises(ImageError, match="is damaged or cut short"):
            read_header(path, limits)


def test_a_canvas_beyond_the_limit_is_refused_before_decoding(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "bomb.gif"
    picture = b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02L\x01\0;"
    path.write_bytes(b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + picture)
    with pytest.raises(ImageError, match=r"4,294\.8 megapixels"):
        decode(path, limits)
