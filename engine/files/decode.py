"""From a file to an upright picture with its metadata, at its own depth. It converts no colours that need not be."""

import os
from dataclasses import dataclass
from io import BytesIO

import numpy as np

from engine.errors import ImageError
from engine.files.decoding import whole
from engine.files.exif import upright
from engine.files.format import Empty, Facts, Format
from engine.files.formats import picture_suffixes
from engine.files.header import Header, examine
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.profile import fits
from engine.files.source import FilePath, read, understood
from engine.files.turn import turn, upright_size
from engine.image import Image, Metadata


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture as read."""

    image: Image
    header: Header
    notes: tuple[str, ...]
    """Sentences on what was lost or left out."""


def decode(path: FilePath, limits: Limits) -> Decoded:
    """Reads and decodes a file; ImageError with one sentence for anything wrong with it."""
    return decode_bytes(path, read(path, limits), limits)


def decode_bytes(
    path: FilePath,
    data: bytes,
    limits: Limits,
    *,
    promised: Facts | None = None,
    empty: Empty = np.empty,
) -> Decoded:
    """The same for a file that was read already; the path only names it.

    `promised` is what its headers said before, if anybody counts on that: ImageError when they say something else now.
    The pixels lie in memory from `empty`, where the format's decoder can be told where to put them.
    """
    form, facts = examine(path, BytesIO(data), limits)
    if promised is not None and facts != promised:
        raise ImageError(f"{show(path)} was changed while it was being read: begin again when it is complete.")
    with understood(path):
        raster = whole(form, data, facts, limits, empty)
        pixels = turn(raster.pixels, facts.orientation, empty)
    usable = fits(raster.icc, pixels.shape[2])
    notes = (*notes_on(path, form, facts), *raster.notes)
    if raster.icc and not usable:
        notes += ("Its colour profile is damaged or meant for other pixels and was left out.",)
    width, height = upright_size(facts.width, facts.height, facts.orientation)
    return Decoded(
        Image(pixels, Metadata(upright(facts.exif), raster.icc if usable else b"", facts.xmp, facts.iptc)),
        Header(form.name, width, height, facts.channels, facts.depth, len(data), facts.frames),
        notes,
    )


def notes_on(path: FilePath, form: Format, facts: Facts) -> tuple[str, ...]:
    """What a person should know of a file before it is decoded."""
    notes = []
    named = picture_suffixes().get(os.path.splitext(os.fspath(path))[1].lower())
    if named not in (None, form):
        notes.append(f"Its name says it is {named.title}; it is {form.title} and stays one.")
    if facts.frames > 1:
        notes.append(f"Only the first of its {facts.frames} pictures was read.")
    return tuple(notes)
