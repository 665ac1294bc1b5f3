"""TIFF of 16 bits and floats in either byte order, packed as others pack it: every bit is read, or it is refused."""

import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from engine.errors import ImageError
from engine.files.decode import decode_bytes
from engine.files.limits import Limits

RNG = np.random.default_rng(3)
LIBTIFF = ("tiff_lzw", "tiff_adobe_deflate", "packbits")


def stored(pixels: np.ndarray, order: str, **tags: int) -> bytes:
    """An uncompressed TIFF of one strip, written by hand; tags by number, as `t284=2`."""
    height, width, channels = pixels.shape
    directory = ImageFileDirectory_v2(prefix=b"II" if order == "<" else b"MM")
    fields = {
        256: width, 257: height, 258: (pixels.itemsize * 8,) * channels, 259: 1, 277: channels,
        262: 1 if channels == 1 else 2, 278: height, 279: pixels.nbytes,
        339: (3 if pixels.dtype.kind == "f" else 1,) * channels, 273: 0,
        **{int(name[1:]): value for name, value in tags.items()},
    }  # fmt: skip
    for tag, value in fields.items():
        directory[tag] = value
    file = BytesIO()
    directory.save(file)
    return file.getvalue() + pixels.astype(pixels.dtype.newbyteorder(order)).tobytes()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("kind", ["uint16", "float32"])
def test_plain_ones_in_either_order(order: str, channels: int, kind: str) -> None:
    pixels = RNG.integers(0, 60000, (20, 30, channels)).astype(kind)
    np.testing.assert_array_equal(decode_bytes("a.tif", stored(pixels, order), Limits()).image.pixels, pixels)


@pytest.mark.parametrize("compression", LIBTIFF)
@pytest.mark.parametrize("kind", ["uint16", "float32"])
def test_grey_packed_by_libtiff(compression: str, kind: str) -> None:
    values = RNG.integers(0, 60000, (20, 30)).astype(kind)
    file = BytesIO()
    Pillow.fromarray(values).save(file, "TIFF", compression=compression)
    pixels = decode_bytes("a.tif", file.getvalue(), Limits()).image.pixels
    np.testing.assert_array_equal(pixels[..., 0], values)


@pytest.mark.parametrize("kind", ["uint16", "float32"])
def test_grey_packed_in_the_other_order(kind: str) -> None:
    values = np.full((4, 4, 1), 0.125 if kind == "float32" else 1234, kind)
    # One run of PackBits (TIFF 6.0, section 9) would cut numbers apart: every byte is stored as it is.
    plain = values.astype(values.dtype.newbyteorder(">")).tobytes()
    packed = struct.pack("b", len(plain) - 1) + plain
    data = stored(values, ">", t259=32773, t279=len(packed))
    data = data[: -len(plain)] + packed
    np.testing.assert_array_equal(decode_bytes("a.tif", data, Limits()).image.pixels, values)


def test_colours_plane_by_plane_are_refused() -> None:
    with pytest.raises(ImageError, match="plane by plane, which is not read: save it interleaved"):
        decode_bytes("a.tif", stored(np.zeros((4, 4, 3), np.uint16), "<", t284=2), Limits())
