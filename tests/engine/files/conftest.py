"""Small real pictures, made by Pillow in a folder that goes away."""

import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageCms

from engine.files.limits import Limits

Maker = Callable[..., Path]


@pytest.fixture(scope="session")
def limits() -> Limits:
    return Limits()


@pytest.fixture(scope="session")
def gradient() -> Image.Image:
    """48 x 32, red to the right, green downwards."""
    pixels = np.zeros((32, 48, 3), np.uint8)
    pixels[..., 0] = np.linspace(0, 255, 48, dtype=np.uint8)
    pixels[..., 1] = np.linspace(0, 255, 32, dtype=np.uint8)[:, None]
    return Image.fromarray(pixels)


@pytest.fixture
def save(tmp_path: Path, gradient: Image.Image) -> Maker:
    """Saves a picture, the gradient if none is given, under a name whose suffix is the format unless that is told."""

    def maker(name: str, picture: Image.Image | None = None, kind: str | None = None, **options: object) -> Path:
        path = tmp_path / name
        (picture or gradient).save(path, kind, **options)
        return path

    return maker


@pytest.fixture(scope="session")
def srgb() -> bytes:
    """A colour profile for RGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.fixture(scope="session")
def exif() -> Image.Exif:
    """What a camera writes: its name, the exposure, a maker's note, the place, a turn."""
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = "Camera maker"
    tags[ExifTags.Base.Artist] = "Photographer"
    tags[ExifTags.Base.Orientation] = 6
    camera = tags.get_ifd(ExifTags.IFD.Exif)
    camera[ExifTags.Base.ExposureTime] = 0.005
    camera[ExifTags.Base.MakerNote] = b"serial number 12345"
    camera[0xA431] = "body 98765"
    place = tags.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (56.0, 9.0, 21.6)
    return tags


@pytest.fixture(scope="session")
def with_thumbnail() -> Callable[[int, tuple[int, int]], bytes]:
    """An EXIF block with an orientation and a white thumbnail of a size, as cameras write it."""

    def block(orientation: int, size: tuple[int, int]) -> bytes:
        small = BytesIO()
        Image.new("RGB", size, "white").save(small, "JPEG")
        first = struct.pack("<H HHIHH I", 1, 0x0112, 3, 1, orientation, 0, 26)
        second = struct.pack("<H HHII HHII I", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, small.tell(), 0)
        return b"II*\0" + struct.pack("<I", 8) + first + second + small.getvalue()

    return block
