"""Colour lookup: colours replaced by those of a table, as .cube files hold it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.colour_lookup import ColourLookup
from engine.parameters import File

if TYPE_CHECKING:
    from engine.files.cube import Cube

MOST_BYTES = 128 << 20


def read(path: str) -> Cube:
    """The table of a file; SpecError names the line that is wrong."""
    from engine.files.cube import read_cube

    return read_cube(path)


FILE = File(
    name="file",
    default="warm-film",
    help="A table of colours as other programs export it, or one of the looks that come with Safelight.",
    allowed="a .cube file, or bleach-bypass, faded-print, warm-film",
    read=read,
    most=MOST_BYTES,
    folder=str(Path(__file__).parent.parent / "looks"),
    suffix=".cube",
    examples=("bleach-bypass", "faded-print"),
)


def cube(values: Values) -> Cube:
    """The table that a step names."""
    made: Cube = FILE.content(values["file"])
    return made


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Linear between the entries of one dimension; in a cube of eight, by the largest part of the way to its end first.

    Adobe, Cube LUT Specification 1.0; Kasson et al., Journal of Electronic Imaging 4 (1995). A grey picture is
    coloured where the table's greys are.
    """
    lines = [line.split() for line in Path(FILE.path(values["file"])).read_text("latin-1").splitlines()]
    words = {line[0]: line[1:] for line in lines if line and line[0][0].isalpha()}
    rows = np.array([line for line in lines if line and (line[0][0].isdigit() or line[0][0] in "-+.")], np.float64)
    low, high = (np.array(words.get(key, [end] * 3), np.float64) for key, end in (("DOMAIN_MIN", 0), ("DOMAIN_MAX", 1)))
    full = np.broadcast_to(colour, (*colour.shape[:2], 3))
    parts = np.where(np.isnan(full), 0.0, np.clip((full - low) / (high - low), 0.0, 1.0))
    if "LUT_1D_SIZE" in words:
        places = np.linspace(0.0, 1.0, len(rows))
        found = np.stack([np.interp(parts[..., k], places, rows[:, k]) for k in range(3)], axis=2)
        unknown: Any = np.isnan(full)
    else:
        found = _through_cube(parts, rows.reshape(*[int(words["LUT_3D_SIZE"][0])] * 3, 3))
        unknown = np.isnan(full).any(axis=2, keepdims=True)
    found = np.where(unknown, np.nan, found)
    grey = colour.shape[2] == 1 and _is_grey(rows, words)
    return found[..., :1] if grey else found, alpha


def _through_cube(parts: Floats, table: Floats) -> Floats:
    """Step by step from the first corner of a cube of eight entries along its edges, the longest way first."""
    last = len(table) - 1
    corner = np.minimum(np.floor(parts * last), last - 1).astype(np.int64)
    way = parts * last - corner
    made, here = table[corner[..., 2], corner[..., 1], corner[..., 0]], corner.copy()
    for colour in np.moveaxis(np.argsort(-way, axis=2, kind="stable"), 2, 0):
        before = table[here[..., 2], here[..., 1], here[..., 0]]
        np.put_along_axis(here, colour[..., np.newaxis], np.take_along_axis(here, colour[..., np.newaxis], 2) + 1, 2)
        length = np.take_along_axis(way, colour[..., np.newaxis], 2)
        made = made + length * (table[here[..., 2], here[..., 1], here[..., 0]] - before)
    return made


def _is_grey(rows: Floats, words: dict[str, list[str]]) -> bool:
    if any(len(set(words.get(key, ["0"]))) > 1 for key in ("DOMAIN_MIN", "DOMAIN_MAX")):
        return False
    size = int(words["LUT_3D_SIZE"][0]) if "LUT_3D_SIZE" in words else 0
    greys = rows[:: size * size + size + 1] if size else rows
    return bool((greys == greys[:, :1]).all())


FILTER = Filter(
    name="colour-lookup",
    group="colour",
    help="Gives every colour the one that a table has for it, which is how looks are passed from program to program. "
    "Name a .cube file, or a look that comes with Safelight.",
    light="encoded",
    kind=ColourLookup(cube=cube),
    oracle=oracle,
    parameters=(FILE,),
    example="colour-lookup:file=warm-film",
)
