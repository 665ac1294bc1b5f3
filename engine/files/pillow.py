"""The one door through which bytes from outside reach Pillow: the format is told beforehand, and sizes are checked.

Pillow's own limit on pixels belongs to the whole process, so it cannot follow one call's `Limits`, and threads that
set it around a call would undo each other. It is switched off here, once, before any picture can be opened: every
caller has had the size checked by `engine.files.header.examine`, from the headers, before it gets here.
"""

import logging
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import numpy as np
from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from PIL.ImageFile import ImageFile
from PIL.TiffImagePlugin import ImageFileDirectory_v2, TiffImageFile

from engine.files.depth import to_depth
from engine.files.format import Empty, Facts, Raster, UnsupportedError
from engine.files.libtiff import silence_libtiff
from engine.files.profile import colour_space, to_srgb
from engine.image import Pixels
from engine.unlocked import unlocked

Pillow.MAX_IMAGE_PIXELS = None
# What Pillow finds wrong with a file is raised as well; else Python would print it to the terminal.
logging.getLogger("PIL").addHandler(logging.NullHandler())
warnings.filterwarnings("ignore", module=r"PIL\.")

EIGHT_BITS = frozenset({"L", "LA", "RGB", "RGBA"})
TYPES = {"F": "f4", "I;16": "<u2", "I;16B": ">u2"}
PLAIN = EIGHT_BITS | TYPES.keys()
WITH_ALPHA = {"1": "LA", "L": "LA", "RGB": "RGBA", "P": "RGBA"}
WITHOUT_ALPHA = {"1": "L", "P": "RGB", "RGBX": "RGB", "YCbCr": "RGB", "PA": "RGBA", "La": "LA", "RGBa": "RGBA"}
BAND_BYTES = 1 << 18
"""Pixels leave Pillow so many bytes at a time: 24 megapixels of RGB take 22 ms where all at once take 110."""
REDUCING_GAP = 3.0
"""Whole-number averaging first, down to three times the size wanted, then the filter: 18 ms where it took 146."""


class Verbatim(Pillow.Exif):
    """An EXIF block for a plugin that would parse it, fail where it is damaged, and write it anew with other types."""

    def __init__(self, block: bytes) -> None:
        super().__init__()
        self._block = block

    def __len__(self) -> int:
        """None is no block."""
        return len(self._block)

    def __contains__(self, tag: object) -> bool:
        """Nothing in it is Pillow's to look for."""
        return False

    def tobytes(self, offset: int = 8) -> bytes:  # noqa: ARG002 - as Pillow asks
        """As it is."""
        return self._block


def open_picture(data: bytes, kind: str, facts: Facts) -> ImageFile:
    """The file opened by the plugin named, not decoded yet; ValueError when its size is not the one checked."""
    picture = _open(BytesIO(data), kind)
    if picture.size != (facts.width, facts.height):
        raise ValueError("its headers contradict each other")
    return picture


def open_headers(file: BinaryIO, kind: str) -> ImageFile:
    """A file opened by the plugin named for what its headers say, from its beginning; that has still to be checked."""
    file.seek(0)
    return _open(file, kind)


def open_tiff(file: BinaryIO) -> TiffImageFile:
    """A TIFF opened for its tags: what they say has still to be checked."""
    picture = _open(file, "TIFF")
    assert isinstance(picture, TiffImageFile)
    return picture


def read_tags(file: BinaryIO) -> ImageFileDirectory_v2:
    """The tags of a TIFF's first page."""
    file.seek(0)
    head = file.read(8)
    tags = ImageFileDirectory_v2(head + file.read(8) if head[2:3] == b"+" or head[3:4] == b"+" else head)
    file.seek(tags.next)
    tags.load(file)
    return tags


def decode_picture(picture: Pillow.Image, facts: Facts, empty: Empty = np.empty) -> Raster:
    """An opened picture as pixels, with a note on what is lost."""
    plain, icc, notes = _plain(picture, facts)
    pixels = to_pixels(plain, empty)
    if facts.depth == 16 and pixels.itemsize == 1:
        notes += ("Its 16 bits a channel were read as 8.",)
    return Raster(pixels, icc, notes)


def reduce_picture(picture: Pillow.Image, facts: Facts, width: int, height: int) -> Raster:
    """The same at 8 bits and reduced to this width and height, which are no larger than its own."""
    plain, icc, notes = _plain(picture, facts)
    if plain.mode not in EIGHT_BITS:
        return reduce_raster(Raster(to_pixels(plain), icc, notes), width, height)
    return Raster(to_pixels(shrink(plain, width, height)), icc, notes)


def reduce_raster(raster: Raster, width: int, height: int) -> Raster:
    """Decoded pixels at 8 bits and reduced."""
    picture = from_pixels(to_depth(raster.pixels, 8))
    return Raster(to_pixels(shrink(picture, width, height)), raster.icc, raster.notes)


def decode_sixteen(data: bytes, kind: str, facts: Facts, empty: Empty = np.empty) -> Raster:
    """A picture in colour with 16 bits a channel, which Pillow reads as 8: read twice, for the high and the low bytes.

    Where Pillow has no way to the low bytes, the high ones, with a note.
    """
    picture = open_picture(data, kind, facts)
    swapped = [_swapped(tile.args) for tile in picture.tile]
    if not all(swapped):
        return decode_picture(picture, facts, empty)
    picture.tile = [tile._replace(args=args) for tile, args in zip(picture.tile, swapped, strict=True)]
    pixels = empty((facts.height, facts.width, len(picture.getbands())), np.uint16)
    halves = pixels.view(np.uint8).reshape(*pixels.shape, 2)
    first, second = (halves[..., 0], halves[..., 1])[:: 1 if sys.byteorder == "little" else -1]
    _unload(picture, first)
    picture = open_picture(data, kind, facts)
    _unload(picture, second)
    return Raster(pixels, facts.icc)


def decode_grey_alpha_sixteen(data: bytes, facts: Facts, empty: Empty = np.empty) -> Raster:
    """A PNG of grey and alpha with 16 bits each: read as if its four bytes a pixel were four channels."""
    picture = open_picture(data, "PNG", facts)
    picture.tile = [tile._replace(args="RGBA") for tile in picture.tile]
    pixels = empty((facts.height, facts.width, 2), np.uint16)
    for rows, content in _bands(picture):
        pixels[rows] = np.frombuffer(content, ">u2").reshape(-1, facts.width, 2)
    return Raster(pixels, facts.icc)


def shrink(picture: Pillow.Image, width: int, height: int) -> Pillow.Image:
    """A smaller copy, colours weighted by alpha; the filter neither rings nor leaves steps."""
    return picture.resize((width, height), Pillow.Resampling.HAMMING, reducing_gap=REDUCING_GAP)


def to_pixels(picture: Pillow.Image, empty: Empty = np.empty) -> Pixels:
    """Height x width x channels; L, LA, RGB and RGBA as uint8, I;16 as uint16, F as float32."""
    kind = np.dtype(TYPES.get(picture.mode, "u1"))
    shape = picture.height, picture.width, len(picture.getbands())
    return _unload(picture, empty(shape, kind.newbyteorder("=")), kind)


def from_pixels(pixels: Pixels) -> Pillow.Image:
    """The inverse of `to_pixels`, for uint8 of any layout and for grey of 16 bits or float32."""
    return Pillow.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)


def in_srgb(pixels: Pixels, icc: bytes) -> Pillow.Image:
    """8-bit pixels as a picture in sRGB, for formats that hold no profile."""
    picture = from_pixels(pixels)
    return to_srgb(picture, icc) if icc else picture


def _unload(picture: Pillow.Image, pixels: Pixels, kind: Any = np.uint8) -> Pixels:
    """Put the numbers of a picture into an array of its shape; `kind` is what Pillow has in memory."""
    for rows, content in _bands(picture):
        pixels[rows] = np.frombuffer(content, kind).reshape(-1, *pixels.shape[1:])
    return pixels


def _bands(picture: Pillow.Image) -> Iterator[tuple[slice, bytes]]:
    """A picture some rows at a time."""
    unlocked(picture.load)
    width, height = picture.size
    rows = max(1, BAND_BYTES // (4 * width))
    for top in range(0, height, rows):
        bottom = min(height, top + rows)
        yield slice(top, bottom), picture.crop((0, top, width, bottom)).tobytes()


def _open(file: BinaryIO, kind: str) -> ImageFile:
    if kind == "TIFF":
        silence_libtiff()
    try:
        picture = Pillow.open(file, formats=[kind])
    except UnidentifiedImageError:
        # Pillow's own words name an object in memory.
        raise OSError("its headers make no sense") from None
    assert isinstance(picture, ImageFile)
    return picture


def _swapped(arguments: str | tuple[Any, ...] | None) -> str | tuple[Any, ...] | None:
    """A tile's arguments under which Pillow takes the other byte of each channel; None when there are none."""
    if isinstance(arguments, tuple):
        raw_mode = _swapped(arguments[0])
        return (raw_mode, *arguments[1:]) if raw_mode else None
    layout, _, order = (arguments or "").partition(";16")
    if layout not in ("RGB", "RGBA", "RGBX"):
        return None
    native, foreign = ("L", "B") if sys.byteorder == "little" else ("B", "L")
    return f"{layout};16" + {native: foreign, foreign: native, "N": foreign}[order]


def _plain(picture: Pillow.Image, facts: Facts) -> tuple[Pillow.Image, bytes, tuple[str, ...]]:
    """The picture in a mode that pixels have, the profile it is in then, and notes on what that cost."""
    unlocked(picture.load)
    mode = picture.mode
    if mode in ("CMYK", "LAB"):
        return _converted(picture, facts)
    if "transparency" in picture.info and mode in WITH_ALPHA:
        picture = picture.convert(WITH_ALPHA[mode])
    elif mode in WITHOUT_ALPHA:
        picture = picture.convert(WITHOUT_ALPHA[mode])
    if picture.mode not in PLAIN:
        raise UnsupportedError("has 32-bit whole numbers, which are not read: convert it to 16 bits or to floats.")
    return picture, facts.icc, ()


def _converted(picture: Pillow.Image, facts: Facts) -> tuple[Pillow.Image, bytes, tuple[str, ...]]:
    mode = picture.mode
    result = to_srgb(picture, facts.icc)
    if result.mode == "RGB":
        by = " by its colour profile" if colour_space(facts.icc) == mode else ""
        return result, b"", (f"It is {mode}; it was converted to sRGB{by}.",)
    return picture.convert("RGB"), b"", (f"It is {mode} without a usable colour profile; its colours are approximate.",)
