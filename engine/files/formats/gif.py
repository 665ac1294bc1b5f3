"""GIF, by Pillow: a file's first picture is read, and one of 256 colours written. It plays no animation."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from engine.files.format import Empty, Facts, Format, Raster

if TYPE_CHECKING:
    from PIL import Image as Pillow

    from engine.image import Metadata, Pixels

EXTENSION, PICTURE = 0x21, 0x2C
GRAPHIC_CONTROL = 0xF9
HAS_TABLE, HAS_CLEAR_COLOUR, TABLE_SIZE = 0x80, 0x01, 0x07
MAX_FRAMES = 10_000
MAX_BLOCKS = 1 << 20
"""Of 255 bytes each; what follows after so many is not counted."""
COLOURS = 256
OPAQUE_FROM = 128
"""What is less opaque than this, of 255, becomes clear."""
DECODING, ENCODING = 8, 24
"""Bytes a pixel that Pillow takes at most (measured)."""


class Walked(NamedTuple):
    """What the blocks of a file say."""

    width: int
    height: int
    frames: int
    clear: bool
    """Whether the first picture has a transparent colour."""


def recognises(head: bytes) -> bool:
    """Either version."""
    return head[:6] in (b"GIF87a", b"GIF89a")


def examine(file: BinaryIO) -> Facts:
    """Size and number of pictures from the blocks (GIF 89a, appendix A); no pixels are unpacked."""
    found = _walk(file)
    if not found.frames or min(found.width, found.height) < 1:
        raise ValueError("it holds no picture")
    return Facts(
        width=found.width,
        height=found.height,
        channels=4 if found.clear else 3,
        depth=8,
        frames=found.frames,
        work=found.width * found.height * DECODING,
    )


def decode(data: bytes, facts: Facts, empty: Empty) -> Raster:
    """The first picture on the canvas."""
    from engine.files import pillow

    return pillow.decode_picture(_opened(data, facts), facts, empty)


def reduce(data: bytes, facts: Facts, width: int, height: int, coarse: bool) -> Raster:  # noqa: ARG001 - one pace only
    """Decoded whole, then reduced."""
    from engine.files import pillow

    return pillow.reduce_picture(_opened(data, facts), facts, width, height)


def encode(pixels: Pixels, metadata: Metadata, quality: int) -> bytes:  # noqa: ARG001 - nothing is lost after the colours
    """One picture in sRGB, in the 256 colours that stand for its own best, one of them clear if it has alpha."""
    from engine.files import pillow

    picture = pillow.in_srgb(pixels, metadata.icc)
    file = BytesIO()
    if "A" not in picture.mode:
        _few_colours(picture, COLOURS).save(file, "GIF", optimize=False)
        return file.getvalue()
    clear = picture.getchannel("A").point(lambda opacity: 255 if opacity < OPAQUE_FROM else 0)
    few = _few_colours(picture.convert("RGB"), COLOURS - 1)
    few.paste(COLOURS - 1, mask=clear)
    few.save(file, "GIF", transparency=COLOURS - 1, optimize=False)
    return file.getvalue()


def encoding_work(shape: tuple[int, ...], itemsize: int, quality: int) -> int:  # noqa: ARG001 - always one byte
    """Copies in colour, without alpha and in few colours, and the file."""
    height, width, _ = shape
    return height * width * ENCODING


def loses(channels: int) -> tuple[str, ...]:
    """Colours beyond 256, and half transparency."""
    said: tuple[str, ...] = ("GIF has 256 colours: the picture's were reduced to them.",) if channels >= 3 else ()
    if channels in (2, 4):
        said += ("GIF has no half transparency: what was less than half opaque became clear, the rest opaque.",)
    return said


def _few_colours(picture: Pillow.Image, colours: int) -> Pillow.Image:
    """Grey keeps every level there is room for; of colour, the palette by median cut, with dithering."""
    from PIL import Image as Pillow

    if picture.mode == "L" and colours == COLOURS:
        return picture
    colour = picture.convert("RGB")
    palette = colour.quantize(colours, Pillow.Quantize.MEDIANCUT)
    return colour.quantize(palette=palette, dither=Pillow.Dither.FLOYDSTEINBERG)


def _opened(data: bytes, facts: Facts) -> Pillow.Image:
    """In colour, as `Facts` says, whatever the palette."""
    from engine.files.pillow import open_picture

    picture = open_picture(data, "GIF", facts)
    picture.load()
    return picture.convert("RGBA" if facts.channels == 4 else "RGB")


def _walk(file: BinaryIO) -> Walked:
    file.seek(6)
    width, height, flags = struct.unpack("<HHBxx", file.read(7))
    _skip_table(file, flags)
    frames, clear, blocks = 0, False, 0
    while blocks < MAX_BLOCKS and frames < MAX_FRAMES:
        kind = file.read(1)
        if kind == bytes([EXTENSION]):
            label = file.read(1)
            if label == bytes([GRAPHIC_CONTROL]) and not frames:
                control = file.read(2)
                clear = len(control) == 2 and bool(control[1] & HAS_CLEAR_COLOUR)
                file.seek(-len(control), 1)
        elif kind == bytes([PICTURE]):
            left, top, own_width, own_height, flags = struct.unpack("<HHHHB", file.read(9))
            if not frames:
                # Pillow makes the canvas larger where the first picture reaches over it.
                width, height = max(width, left + own_width), max(height, top + own_height)
            frames += 1
            _skip_table(file, flags)
            file.seek(1, 1)
        else:
            break
        blocks += _skip_blocks(file, MAX_BLOCKS - blocks)
    return Walked(width, height, frames, clear)


def _skip_table(file: BinaryIO, flags: int) -> None:
    if flags & HAS_TABLE:
        file.seek(3 << (flags & TABLE_SIZE) + 1, 1)


def _skip_blocks(file: BinaryIO, most: int) -> int:
    """Past the blocks that carry data, up to the empty one that ends them; how many they were."""
    for number in range(1, most + 1):
        length = file.read(1)
        if not length or not length[0]:
            return number
        file.seek(length[0], 1)
    return most


FORMAT = Format(
    name="gif",
    title="a GIF",
    suffixes=(".gif",),
    recognises=recognises,
    examine=examine,
    decode=decode,
    reduce=reduce,
    depths={1: (8,), 2: (8,), 3: (8,), 4: (8,)},
    longest_side=65_535,
    encode=encode,
    work=encoding_work,
    holds=frozenset(),
    loses=loses,
)
