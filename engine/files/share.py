"""EXIF fit to leave a person's hands: what describes the photograph stays; places, maker notes and thumbnails go."""

from __future__ import annotations

from dataclasses import replace

from engine.files.directories import LONG, SHORT, Block, numbers, read_block, whole, write_block
from engine.files.exif import HEADS, ORIENTATION, upright, with_numbers, without_thumbnail

DESCRIBING = frozenset(
    {
        *(0x010E, 0x010F, 0x0110, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B),
        *(0x4746, 0x4749, 0x8298),
        *range(0x9C9B, 0x9CA0),
    }
)
"""Of the first directory: image description, make, model, resolution and its unit, software, date, artist, rating and
its percentage, copyright, and Windows' title, comment, author, keywords and subject."""
CAPTURE = frozenset(
    {
        *(0x829A, 0x829D, 0x8822, 0x8824, 0x8827, *range(0x8830, 0x8836)),
        *(0x9000, 0x9003, 0x9004, *range(0x9010, 0x9013), 0x9101, 0x9102, *range(0x9201, 0x920B), 0x9214),
        *(0x9286, *range(0x9290, 0x9293), *range(0xA000, 0xA004)),
        *(0xA20B, 0xA20C, 0xA20E, 0xA20F, 0xA210, 0xA214, 0xA215, 0xA217, 0xA300, 0xA301, 0xA302),
        *(*range(0xA401, 0xA40B), 0xA40C, *range(0xA432, 0xA435), 0xA436, 0xA437, *range(0xA460, 0xA463), 0xA500),
    }
)
"""Of the camera's directory, by CIPA DC-008-2023, 4.6.6: exposure, sensitivity, dates with offsets and fractions of
seconds, lens, the user's comment, how the scene was taken, title and photographer. Left out are the maker's note, which
may hold anything, the serial numbers of body and lens and the picture's unique number, which lead to a person, the name
of the camera's owner, who need not be the photographer, and what was measured around the camera."""
STORAGE = frozenset(
    {
        *range(254, 260),
        *(262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 284, 288, 289, 290, 291, 292, 293, 301, 317),
        *(
            *range(320, 337),
            *range(338, 348),
            351,
            *range(512, 533),
            559,
            700,
            33421,
            33422,
            33723,
            34377,
            34675,
            37724,
        ),
        *range(50649, 51200),
    }
)
"""Of the first directory of a TIFF: how its pixels are stored (TIFF 6.0, DNG 1.7), and metadata of other kinds."""
WIDTH, HEIGHT, PIXEL_WIDTH, PIXEL_HEIGHT, COLOUR_SPACE = 0x0100, 0x0101, 0xA002, 0xA003, 0xA001
IN_SRGB = 1
POSITIONING = 0x0213
"""Where colours of half the size lie, which every block of a JPEG says: 1, in the middle."""
MAX_BYTES = 65_000
"""A JPEG segment holds no more."""


def shareable(exif: bytes, width: int, height: int, *, in_srgb: bool = False) -> bytes:
    """The block to write with a picture of this size; empty when there is nothing to write or it cannot be read.

    `in_srgb`: the colours were converted, and the block has to say so.
    """
    try:
        block = read_block(exif)
    except ValueError:
        return b""
    first = {tag: each for tag, each in block.first.items() if tag in DESCRIBING}
    first[ORIENTATION] = first[POSITIONING] = numbers(SHORT, 1, order=block.order)
    camera = {tag: each for tag, each in block.camera.items() if tag in CAPTURE}
    if camera:
        camera[PIXEL_WIDTH] = numbers(LONG, width, order=block.order)
        camera[PIXEL_HEIGHT] = numbers(LONG, height, order=block.order)
        if in_srgb and COLOUR_SPACE in camera:
            camera[COLOUR_SPACE] = numbers(SHORT, IN_SRGB, order=block.order)
    written = write_block(Block(block.order, first, camera))
    return written if len(written) <= MAX_BYTES else b""


def whole_block(exif: bytes, width: int, height: int, *, in_srgb: bool = False) -> bytes:
    """The block as it is, each byte in its place, so that a maker's note stays readable; but for the thumbnail, which
    shows the picture as it was before, and for orientation, size and colour space. Empty when it cannot be read.
    """
    values = {POSITIONING: 1, WIDTH: width, HEIGHT: height, PIXEL_WIDTH: width, PIXEL_HEIGHT: height}
    if in_srgb:
        values[COLOUR_SPACE] = IN_SRGB
    mended = with_numbers(without_thumbnail(upright(exif)), values)
    if not mended.startswith(HEADS):
        return b""
    try:
        block = read_block(mended)
    except ValueError:
        return b""
    turn = block.first.get(ORIENTATION)
    # One that is no number cannot be mended, and programs differ in what they make of it.
    sound = turn is None or whole(turn, block.order) == 1
    return mended if sound and len(mended) <= MAX_BYTES else b""


def described(block: Block) -> bytes:
    """A block of what a TIFF file says of its picture, without what it says of how the pixels are stored."""
    first = {tag: each for tag, each in block.first.items() if tag not in STORAGE}
    first[ORIENTATION] = first[POSITIONING] = numbers(SHORT, 1, order=block.order)
    return write_block(replace(block, first=first))
