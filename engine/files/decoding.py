"""Pixels from the bytes of a file: here by decoders that may be trusted with them, else apart. It opens no file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from engine.files.apart.order import CONVERSION, Order
from engine.files.apart.pool import pool
from engine.files.format import Empty, Facts, Format, Raster
from engine.files.formats import picture_suffixes
from engine.files.srgb import is_srgb

if TYPE_CHECKING:
    from engine.files.limits import Limits


def prepare_apart(names: Iterable[str], most: int) -> None:
    """Start processes for files that will be decoded apart, by their names, as that takes a moment; at most so many."""
    suffixes = picture_suffixes()
    forms = (suffixes.get(os.path.splitext(name)[1].lower()) for name in names)
    pool().prepare(len(list(islice((form for form in forms if form is not None and form.trusted is None), most))))


def whole(form: Format, data: bytes, facts: Facts, limits: Limits, empty: Empty) -> Raster:
    """The picture as it is stored, at its own depth, in memory from `empty` where that is possible.

    UnsupportedError with a sentence, MemoryError, or whatever a decoder raises for damaged data.
    """
    if form.extra is not None:
        form.extra.demand(form.title)
    raster = form.trusted.decode(data, facts, empty) if form.trusted else None
    return raster or pool().decode(Order(form.name, facts), data, limits.max_seconds, empty)


def reduced(form: Format, data: bytes, facts: Facts, size: tuple[int, int], coarse: bool, limits: Limits) -> Raster:
    """The picture as it is stored, at 8 bits, in sRGB and of this width and height, which are no larger than its own.

    Errors as for `whole`.
    """
    import numpy as np

    raster = form.trusted.reduce(data, facts, *size, coarse) if form.trusted else None
    if raster is None:
        return pool().decode(Order(form.name, facts, size, coarse), data, limits.max_seconds, np.empty)
    return in_srgb(raster, size, limits)


def in_srgb(raster: Raster, size: tuple[int, int], limits: Limits) -> Raster:
    """Sound pixels of 8 bits, reduced and in sRGB: another's colour profile is read apart."""
    import numpy as np

    from engine.files.pillow import from_pixels, shrink, to_pixels

    pixels = to_pixels(shrink(from_pixels(raster.pixels), *size))
    if not raster.icc or is_srgb(raster.icc):
        return Raster(pixels, b"", raster.notes, raster.coarse)
    height, width, channels = pixels.shape
    facts = Facts(width, height, channels, 8, icc=raster.icc)
    made = pool().decode(Order(CONVERSION, facts, size), pixels.tobytes(), limits.max_seconds, np.empty)
    return Raster(made.pixels, b"", raster.notes, raster.coarse)
