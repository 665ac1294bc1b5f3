"""Small sound pictures of every format and variant, made when they are asked for; what fuzzing begins with."""

import functools
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageCms

from engine.errors import ImageError
from engine.files.encode import encode
from engine.files.formats import formats
from engine.image import Image as Picture
from engine.image import Metadata
from tests.engine.files import camera_raws

WIDTH, HEIGHT = 24, 16
TYPES = {8: np.uint8, 16: np.uint16, 32: np.float32}
XMP = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http:'
    b'//www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    b' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="3"><dc:subject><rdf:Bag><rdf:li>cats</rdf:li></rdf:Bag>'
    b'</dc:subject></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
IPTC = b"\x1c\x02\x78\0\x07caption\x1c\x02\x19\0\x04cats"


@functools.cache
def corpus() -> dict[str, tuple[bytes, ...]]:
    """Sound files by the name of their format, for all formats that can be made here."""
    return {name: tuple(_unique(name)) for name in formats() if any(_unique(name))}


def pixels(channels: int, depth: int) -> "np.ndarray[Any, Any]":
    """A ramp with noise: neither all equal nor beyond what compresses."""
    ramp = np.linspace(0, 200, WIDTH * HEIGHT * channels).reshape(HEIGHT, WIDTH, channels)
    noise = np.random.default_rng(channels).integers(0, 55, ramp.shape)
    whole = (ramp + noise) / 255
    return whole.astype(np.float32) if depth == 32 else (whole * (2**depth - 1)).astype(TYPES[depth])


def metadata() -> Metadata:
    """All that a camera and a person put into a file, a thumbnail too."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return Metadata(_exif(), profile, XMP, IPTC)


def _exif() -> bytes:
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = "Camera maker"
    tags[ExifTags.Base.Orientation] = 6
    tags[ExifTags.Base.ImageDescription] = "caption"
    camera = tags.get_ifd(ExifTags.IFD.Exif)
    camera[ExifTags.Base.ExposureTime] = 0.005
    camera[ExifTags.Base.MakerNote] = b"serial number 12345"
    tags.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (56.0, 9.0, 21.6)
    return tags.tobytes().removeprefix(b"Exif\0\0")


def _thumbnailed() -> bytes:
    """A block whose second directory holds a JPEG, as cameras write it."""
    small = camera_raws.jpeg((12, 8))
    first = struct.pack("<H HHIHH I", 1, 0x0112, 3, 1, 8, 0, 26)
    second = struct.pack("<H HHII HHII I", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(small), 0)
    return b"II*\0" + struct.pack("<I", 8) + first + second + small


def _unique(name: str) -> Iterator[bytes]:
    yield from dict.fromkeys((*_encoded(name), *VARIANTS.get(name, tuple)()))


def _encoded(name: str) -> Iterator[bytes]:
    """As this very program writes the format: all layouts and depths, with and without metadata."""
    for channels, depths in formats()[name].depths.items():
        for depth in depths:
            for said in (Metadata(), metadata()):
                try:
                    yield encode(Picture(pixels(channels, depth), said), name, 90, metadata="all")
                except ImageError:
                    # An extra that is not installed has no sound files to begin with.
                    return


def _saved(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    picture = Image.fromarray(pixels(3, 8))
    small = BytesIO()
    (picture if mode == "RGB" else picture.convert(mode)).save(small, kind, **options)
    return small.getvalue()


def _frames() -> dict[str, Any]:
    more = [Image.new("RGB", (WIDTH, HEIGHT), colour) for colour in ("red", "blue")]
    return {"save_all": True, "append_images": more, "duration": 50}


def _jpegs() -> Iterator[bytes]:
    said = metadata()
    yield _saved("JPEG", progressive=True, exif=b"Exif\0\0" + _thumbnailed(), icc_profile=said.icc)
    yield _saved("JPEG", "CMYK")
    yield _saved("JPEG", "L", progressive=True, restart_marker_blocks=1)
    yield _saved("JPEG", subsampling="4:2:0", optimize=True, comment=b"\x1b]0;title\7")


def _pngs() -> Iterator[bytes]:
    yield _saved("PNG", "P")
    yield _saved("PNG", "P", transparency=3, exif=b"Exif\0\0" + _thumbnailed())
    yield _saved("PNG", "1")
    yield _saved("PNG", "LA", **_frames() | {"append_images": [Image.new("LA", (WIDTH, HEIGHT))]})
    yield _saved("PNG", "I;16", dpi=(72, 72))
    yield _interlaced()


def _interlaced() -> bytes:
    """Grey in the seven passes of Adam7 (PNG 1.2, 8.2)."""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    grey = pixels(1, 8)[..., 0]
    rows = b"".join(b"\0" + row.tobytes() for x, y, right, down in passes for row in grey[y::down, x::right])
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 1)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(each)) + kind + each + struct.pack(">I", zlib.crc32(kind + each)) for kind, each in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _tiffs() -> Iterator[bytes]:
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg"):
        yield _saved("TIFF", compression=compression)
    yield _saved("TIFF", big_tiff=True)
    yield _saved("TIFF", "1", compression="group4")
    yield _saved("TIFF", "P", compression="tiff_lzw", tiffinfo={317: 2})
    yield _saved("TIFF", "CMYK", icc_profile=metadata().icc)
    yield _saved("TIFF", "YCbCr", compression="jpeg")
    yield _saved("TIFF", "LAB")
    yield _saved("TIFF", "F", compression="tiff_lzw")
    yield _saved("TIFF", save_all=True, append_images=[Image.new("L", (9, 9))])
    yield _tiled(planar=False)
    yield _tiled(planar=True)


def _tiled(*, planar: bool) -> bytes:
    """Two tiles of 16 x 16 with 16 bits a channel, interleaved or plane by plane, the higher byte first."""
    planes, samples = (3, 1) if planar else (1, 3)
    tile = np.arange(16 * 16 * samples, dtype=">u2").tobytes()
    count = 2 * planes
    tags = {256: (3, WIDTH), 257: (3, HEIGHT), 258: (3, 16), 259: (3, 1), 262: (3, 2), 277: (3, 3)}
    tags |= {284: (3, 2 if planar else 1), 322: (3, 16), 323: (3, 16), 324: (4, 0), 325: (4, 0)}
    lists_at = 8 + 2 + 12 * len(tags) + 4
    pixels_at = lists_at + 6 + 8 * count
    offsets = struct.pack(f">{count}I", *(pixels_at + len(tile) * index for index in range(count)))
    lists = struct.pack(">3H", 16, 16, 16) + offsets + struct.pack(f">{count}I", *[len(tile)] * count)
    entries = b""
    for tag, (kind, value) in tags.items():
        if tag == 258:
            entries += struct.pack(">HHII", tag, kind, 3, lists_at)
        elif tag in (324, 325):
            entries += struct.pack(">HHII", tag, kind, count, lists_at + 6 + 4 * count * (tag - 324))
        else:
            entries += struct.pack(">HHIHH", tag, kind, 1, value, 0)
    return b"MM\0*" + struct.pack(">IH", 8, len(tags)) + entries + bytes(4) + lists + tile * count


def _webps() -> Iterator[bytes]:
    yield _saved("WEBP", **_frames())
    yield _saved("WEBP", "RGBA", exif=b"Exif\0\0" + _thumbnailed(), xmp=XMP)


def _gifs() -> Iterator[bytes]:
    yield _saved("GIF", **_frames(), loop=0, comment=b"\x1b[2J")
    yield _saved("GIF", "P", transparency=1, interlace=1)


def _bmps() -> Iterator[bytes]:
    for mode in ("1", "L", "P", "RGBA"):
        yield _saved("BMP", mode)


def _avifs() -> Iterator[bytes]:
    yield _saved("AVIF", **_frames())
    yield _saved("AVIF", "RGBA", exif=_thumbnailed())


def _raws() -> Iterator[bytes]:
    small, large = camera_raws.jpeg((16, 12)), camera_raws.jpeg((64, 48))
    yield camera_raws.dng(np.full((48, 64), 9_000, np.uint16))
    yield camera_raws.nef(small, large, 6)
    yield camera_raws.arw(large, 8)
    yield camera_raws.cr3(small, large, 3)


VARIANTS = {
    "jpeg": _jpegs,
    "png": _pngs,
    "tiff": _tiffs,
    "webp": _webps,
    "gif": _gifs,
    "bmp": _bmps,
    "avif": _avifs,
    "raw": _raws,
}
"""What other programs write; a format without any is begun from its own files alone."""
