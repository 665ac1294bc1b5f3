"""Camera raw files as the published layouts describe them: TIFF/EP and DNG 1.7, and the boxes of a CR3."""

import struct
from collections.abc import Mapping
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

Value = tuple[int, int, bytes]
SHORTEST = 4


def shorts(*values: int) -> Value:
    return 3, len(values), struct.pack(f"<{len(values)}H", *values)


def longs(*values: int) -> Value:
    return 4, len(values), struct.pack(f"<{len(values)}I", *values)


def octets(*values: int) -> Value:
    return 1, len(values), bytes(values)


def text(value: str) -> Value:
    return 2, len(value) + 1, value.encode() + b"\0"


def rationals(*values: int, signed: bool = False) -> Value:
    return 10 if signed else 5, len(values), b"".join(struct.pack("<ii", value, 1) for value in values)


def directory(fields: Mapping[int, Value], at: int) -> bytes:
    """One directory with its values behind it, to be placed at an offset; none follows."""
    entries, values = b"", b""
    for tag, (kind, count, content) in sorted(fields.items()):
        if len(content) <= SHORTEST:
            stored = content.ljust(SHORTEST, b"\0")
        else:
            stored = struct.pack("<I", at + 2 + 12 * len(fields) + 4 + len(values))
            values += content + b"\0" * (len(content) % 2)
        entries += struct.pack("<HHI", tag, kind, count) + stored
    return struct.pack("<H", len(fields)) + entries + bytes(4) + values


def jpeg(size: tuple[int, int], colour: str = "red") -> bytes:
    """Left half of one colour, right half black."""
    picture = Image.new("RGB", size, "black")
    picture.paste(colour, (0, 0, size[0] // 2, size[1]))
    file = BytesIO()
    picture.save(file, "JPEG", quality=95)
    return file.getvalue()


def dng(mosaic: npt.NDArray[np.uint16], orientation: int = 1) -> bytes:
    """An uncompressed DNG of a Bayer sensor (red first) without a preview."""
    height, width = mosaic.shape

    def tags(pixels_at: int) -> dict[int, Value]:
        return {
            254: longs(0), 256: longs(width), 257: longs(height), 258: shorts(16), 259: shorts(1), 262: shorts(32803),
            271: text("Camera maker"), 272: text("Model"), 273: longs(pixels_at), 274: shorts(orientation),
            277: shorts(1), 278: longs(height), 279: longs(mosaic.nbytes), 33421: shorts(2, 2),
            33422: octets(0, 1, 1, 2), 50706: octets(1, 4, 0, 0), 50708: text("Camera maker Model"),
            50714: shorts(0), 50717: shorts(65535), 50721: rationals(1, 0, 0, 0, 1, 0, 0, 0, 1, signed=True),
            50728: rationals(1, 1, 1), 50778: shorts(21),
        }  # fmt: skip

    head = b"II*\0" + struct.pack("<I", 8)
    pixels_at = 8 + len(directory(tags(0), 8))
    return head + directory(tags(pixels_at), 8) + mosaic.astype("<u2").tobytes()


def nef(small: bytes, large: bytes, orientation: int) -> bytes:
    """A thumbnail in the first directory, below it one with the large JPEG and one with the sensor's numbers."""
    first_at, size = 8, 2 + 12 * 6 + 4 + 8 + 16
    large_at, sensor_at = first_at + size, first_at + size + 100
    content_at = sensor_at + 100
    first = directory(
        {
            254: longs(1), 271: text("NIKON CORP"), 274: shorts(orientation), 330: longs(large_at, sensor_at),
            513: longs(content_at), 514: longs(len(small)),
        },
        first_at,
    )  # fmt: skip
    second = directory({254: longs(1), 513: longs(content_at + len(small)), 514: longs(len(large))}, large_at)
    sensor = directory({254: longs(0), 256: longs(64), 257: longs(48), 262: shorts(32803)}, sensor_at)
    head = b"II*\0" + struct.pack("<I", first_at)
    return head + first.ljust(size, b"\0") + second.ljust(100, b"\0") + sensor.ljust(100, b"\0") + small + large


def arw(large: bytes, orientation: int) -> bytes:
    """The JPEG in the first directory as one strip, the sensor's numbers below it."""
    first_at, sensor_at, content_at = 8, 200, 300
    first = directory(
        {
            254: longs(1), 259: shorts(6), 262: shorts(6), 271: text("SONY"), 273: longs(content_at),
            274: shorts(orientation), 279: longs(len(large)), 330: longs(sensor_at),
        },
        first_at,
    )  # fmt: skip
    sensor = directory({254: longs(0), 256: longs(64), 257: longs(48), 262: shorts(32803)}, sensor_at)
    return (b"II*\0" + struct.pack("<I", first_at) + first).ljust(sensor_at, b"\0") + sensor.ljust(100, b"\0") + large


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def cr3(small: bytes, large: bytes, orientation: int) -> bytes:
    """The small JPEG in `PRVW`, the large one as the sample of the first track."""
    exif = b"II*\0" + struct.pack("<I", 8) + directory({271: text("Canon"), 274: shorts(orientation)}, 8)
    camera = box(b"uuid", bytes.fromhex("85c0b687820f11e08111f4ce462b6a48") + box(b"CMT1", exif))
    preview = bytes(6) + struct.pack(">HHHHI", 1, 0, 0, 1, len(small)) + small
    shown = box(b"uuid", bytes.fromhex("eaf42b5e1c984b88b9fbb7dc406e4d16") + bytes(8) + box(b"PRVW", preview[2:]))

    def head(at: int) -> bytes:
        sizes = box(b"stsz", struct.pack(">III", 0, len(large), 1))
        places = box(b"co64", struct.pack(">IIQ", 0, 1, at))
        track = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", sizes + places))))
        return box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"moov", camera + track) + shown

    return head(len(head(0)) + 8) + box(b"mdat", large)
