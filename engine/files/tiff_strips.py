"""TIFF pixels in plain or deflated strips of rows. It reads 16 bits and floats only, most of which Pillow refuses."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.files.directories import LONG, SHORT, Directory, numbers
from engine.files.tiff_tags import (
    DEFLATE,
    FLOAT,
    HORIZONTAL,
    INTERLEAVED,
    NO_PREDICTOR,
    OLD_DEFLATE,
    RAW,
    STRAIGHT_ALPHA,
    WHOLE,
    Photometric,
    Tag,
)
from engine.image import Pixels
from engine.unlocked import unlocked

if TYPE_CHECKING:
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    from engine.files.format import Empty

STRIP_BYTES = 1 << 18
LEVEL = 1
"""Of compression: with differences along the rows, higher levels take up to three times as long for 1 to 10 %."""


@dataclass(frozen=True, slots=True)
class Strips:
    """How the pixels lie in the file."""

    width: int
    height: int
    channels: int
    kind: np.dtype[Any]
    rows: int
    """Of each strip but the last."""
    offsets: tuple[int, ...]
    lengths: tuple[int, ...]
    deflated: bool
    differences: bool
    """Whether each number is stored as the difference from the pixel before."""
    inverted: bool

    @property
    def work(self) -> int:
        """Bytes of memory that reading takes beside the file and the pixels: one strip, unpacked."""
        return self.rows * self.width * self.channels * self.kind.itemsize


def find_strips(tags: ImageFileDirectory_v2) -> Strips | None:
    """The layout that a directory describes, or None when it is another one or lacks something."""
    bits, formats = set(tags.get(Tag.BITS, ())), set(tags.get(Tag.SAMPLE_FORMAT, (WHOLE,)))
    kind = {(16, WHOLE): "u2", (32, FLOAT): "f4"}.get((*bits, *formats)) if len(bits) == len(formats) == 1 else None
    channels, photometric = tags.get(Tag.SAMPLES, 1), tags.get(Tag.PHOTOMETRIC, -1)
    compression, predictor = tags.get(Tag.COMPRESSION, RAW), tags.get(Tag.PREDICTOR, NO_PREDICTOR)
    colours = {Photometric.WHITE_IS_ZERO: 1, Photometric.BLACK_IS_ZERO: 1, Photometric.RGB: 3}.get(photometric)
    extra = tuple(tags.get(Tag.EXTRA_SAMPLES, ()))
    known = (
        kind is not None
        and colours is not None
        and (channels, extra) in ((colours, ()), (colours + 1, (STRAIGHT_ALPHA,)))
        and compression in (RAW, DEFLATE, OLD_DEFLATE)
        and predictor in ((NO_PREDICTOR, HORIZONTAL) if kind == "u2" else (NO_PREDICTOR,))
        and tags.get(Tag.PLANES, INTERLEAVED) == INTERLEAVED
        and tags.get(Tag.FILL_ORDER, 1) == 1
        and not (photometric == Photometric.WHITE_IS_ZERO and (kind == "f4" or extra))
        and all(isinstance(tags.get(tag), int) for tag in (Tag.WIDTH, Tag.HEIGHT))
        and {Tag.STRIP_OFFSETS, Tag.STRIP_LENGTHS} <= set(tags)
    )
    if not known:
        return None
    height = tags[Tag.HEIGHT]
    return Strips(
        width=tags[Tag.WIDTH],
        height=height,
        channels=channels,
        kind=np.dtype(("<" if tags.prefix == b"II" else ">") + str(kind)),
        rows=min(tags.get(Tag.ROWS_PER_STRIP, height), height),
        offsets=tags[Tag.STRIP_OFFSETS],
        lengths=tags[Tag.STRIP_LENGTHS],
        deflated=compression != RAW,
        differences=predictor == HORIZONTAL,
        inverted=photometric == Photometric.WHITE_IS_ZERO,
    )


def read_strips(data: bytes, strips: Strips, empty: Empty = np.empty) -> Pixels:
    """The pixels, in this machine's byte order; ValueError or zlib.error when the file holds fewer."""
    pixels = empty((strips.height, strips.width, strips.channels), strips.kind.newbyteorder("="))
    row_bytes = pixels[0].nbytes
    tops = range(0, strips.height, strips.rows)
    for top, offset, length in zip(tops, strips.offsets, strips.lengths, strict=True):
        target = pixels[top : top + strips.rows]
        content = data[offset : offset + length]
        if strips.deflated:
            content = unlocked(zlib.decompressobj().decompress, content, len(target) * row_bytes)
        if len(content) < len(target) * row_bytes:
            raise ValueError("a strip is too short")
        stored = np.frombuffer(content, strips.kind, target.size).reshape(target.shape)
        if strips.differences:
            np.cumsum(stored, axis=1, dtype=pixels.dtype, out=target)
        else:
            target[...] = stored
    return np.invert(pixels, out=pixels) if strips.inverted else pixels


def write_strips(pixels: Pixels) -> tuple[Directory, list[bytes]]:
    """All that a reader needs, in little-endian fields, and compressed strips; offsets count from the first strip."""
    height, width, channels = pixels.shape
    rows = max(1, STRIP_BYTES // pixels[0].nbytes)
    floats = pixels.dtype.kind == "f"
    strips = [
        unlocked(zlib.compress, _stored(pixels[top : top + rows], floats), LEVEL) for top in range(0, height, rows)
    ]
    lengths = [len(strip) for strip in strips]
    fields = {
        Tag.WIDTH: numbers(LONG, width),
        Tag.HEIGHT: numbers(LONG, height),
        Tag.BITS: numbers(SHORT, *(pixels.itemsize * 8,) * channels),
        Tag.COMPRESSION: numbers(SHORT, DEFLATE),
        Tag.PHOTOMETRIC: numbers(SHORT, Photometric.BLACK_IS_ZERO if channels <= 2 else Photometric.RGB),
        Tag.STRIP_OFFSETS: numbers(LONG, *accumulate(lengths[:-1], initial=0)),
        Tag.ORIENTATION: numbers(SHORT, 1),
        Tag.SAMPLES: numbers(SHORT, channels),
        Tag.ROWS_PER_STRIP: numbers(LONG, rows),
        Tag.STRIP_LENGTHS: numbers(LONG, *lengths),
        Tag.PLANES: numbers(SHORT, INTERLEAVED),
        Tag.PREDICTOR: numbers(SHORT, NO_PREDICTOR if floats else HORIZONTAL),
        Tag.SAMPLE_FORMAT: numbers(SHORT, *(FLOAT if floats else WHOLE,) * channels),
    }
    if channels in (2, 4):
        fields[Tag.EXTRA_SAMPLES] = numbers(SHORT, STRAIGHT_ALPHA)
    return {int(tag): field for tag, field in fields.items()}, strips


def _stored(rows: Pixels, floats: bool) -> memoryview:
    """Little-endian numbers, whole ones as differences from the pixel before."""
    stored = rows.astype(rows.dtype.newbyteorder("<"))
    if not floats:
        np.subtract(rows[:, 1:], rows[:, :-1], out=stored[:, 1:])
    return stored.data
