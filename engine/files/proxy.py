"""A picture reduced for looking at, in sRGB: as quickly as its format allows. Nothing is ever saved from it."""

from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, cast

import numpy as np

from engine.errors import ImageError
from engine.files.decode import notes_on
from engine.files.decoding import in_srgb, reduced
from engine.files.format import Facts, Format, Raster
from engine.files.header import examine
from engine.files.jpeg_segments import read_segments
from engine.files.limits import Limits
from engine.files.name import show
from engine.files.remote.ranged import Ranged
from engine.files.source import FilePath, opened
from engine.files.thumbnail import embedded
from engine.files.turn import turn, upright_size
from engine.image import Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Proxy:
    """A small stand-in."""

    pixels: Pixels
    """uint8, height x width x channels, 1 to 4, upright, in sRGB or the grey of sRGB; it may be read-only."""
    scale: float
    """A pixel of the proxy over a pixel of the source; 1 at most."""
    source_width: int
    source_height: int
    coarse: bool
    """Whether a better one of the same size can be had."""
    notes: tuple[str, ...]


def proxy(path: FilePath, width: int, height: int, limits: Limits, *, coarse: bool = False, reach: int = 0) -> Proxy:
    """The picture reduced to fit into width x height pixels, never enlarged; ImageError as for `decode`.

    With `coarse`, whatever is quickest of this size: an embedded thumbnail, for which the rest of the file is not read,
    the first passes of a progressive JPEG, or the same as without. `reach` is how many bytes may come from another
    machine at most, 0 for all: where more would have to, a thumbnail of any size will do.
    """
    with opened(path, limits, reach) as (file, size):
        form, facts = examine(path, file, limits)
        return _proxy(path, form, facts, file, size, (width, height), coarse=coarse, limits=limits)


def proxy_of(name: FilePath, data: bytes, width: int, height: int, limits: Limits) -> Proxy:
    """The same of a file that is in memory; `name` is for errors."""
    form, facts = examine(name, BytesIO(data), limits)
    return _proxy(name, form, facts, BytesIO(data), len(data), (width, height), coarse=False, limits=limits)


def _proxy(
    path: FilePath,
    form: Format,
    facts: Facts,
    file: BinaryIO,
    size: int,
    place: tuple[int, int],
    *,
    coarse: bool,
    limits: Limits,
) -> Proxy:
    source_width, source_height = upright_size(facts.width, facts.height, facts.orientation)
    scale = min(1.0, place[0] / source_width, place[1] / source_height)
    stored_width, stored_height = max(1, round(facts.width * scale)), max(1, round(facts.height * scale))
    raster = _raster(form, facts, file, size, (stored_width, stored_height), coarse, limits)
    pixels = turn(raster.pixels, facts.orientation, np.empty)
    notes = (*notes_on(path, form, facts), *raster.notes)
    return Proxy(pixels, pixels.shape[1] / source_width, source_width, source_height, raster.coarse, notes)


def _raster(
    form: Format, facts: Facts, file: BinaryIO, size: int, wanted: tuple[int, int], coarse: bool, limits: Limits
) -> Raster:
    if coarse and (small := embedded(facts, *wanted)):
        return in_srgb(small, wanted, limits)
    if isinstance(file, Ranged) and file.short:
        return _in_reach(form, facts, file, wanted, limits)
    file.seek(0)
    return reduced(form, file.read(size), facts, wanted, coarse, limits)


def _in_reach(form: Format, facts: Facts, file: Ranged, wanted: tuple[int, int], limits: Limits) -> Raster:
    """What can be had of a picture of which only the beginning may come."""
    if small := embedded(facts, 1, 1):
        height, width = small.pixels.shape[:2]
        return in_srgb(small, (min(width, wanted[0]), min(height, wanted[1])), limits)
    file.seek(0)
    if form.name != "raw" and not (form.name == "jpeg" and read_segments(cast("BinaryIO", file)).progressive):
        # The beginning of others shows their upper edge alone.
        raise ImageError(f"{show(file.url)} is shown small when it has been looked at: it would have to come whole.")
    file.seek(0)
    return reduced(form, file.read(file.reach), facts, wanted, True, limits)
