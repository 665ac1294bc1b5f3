"""CLAHE: contrast-limited adaptive histogram equalisation."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.adaptive import LEVELS, Adaptive
from engine.parameters import Slider


def tables(values: Values, counts: Floats) -> Floats:
    """The part of a tile's pixels at or below each level, of counts that are cut off and the rest shared out.

    Where none counts tones stay.
    """
    total = counts.sum(axis=1, keepdims=True)
    cut = np.minimum(counts, values["clip"] * total / LEVELS)
    cut += (total - cut.sum(axis=1, keepdims=True)) / LEVELS
    return np.where(total > 0.0, cut.cumsum(axis=1) / np.maximum(total, 1.0), np.arange(LEVELS) / (LEVELS - 1.0))


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """c + m(y) - y for the luma y = 0.2126 R + 0.7152 G + 0.0722 B limited to 0..1, so that colours stay themselves.

    m interpolates linearly between levels, and bilinearly between the tables of the four nearest tiles (K. Zuiderveld,
    "Contrast Limited Adaptive Histogram Equalization", Graphics Gems IV, 1994, VIII.5; S. M. Pizer et al., "Adaptive
    Histogram Equalization and Its Variations", Computer Vision, Graphics, and Image Processing 39, 1987). A tile's
    table is the cumulative histogram of 256 levels over its pixels; what a level holds above `clip` times the mean is
    shared out among all levels, once, as OpenCV's createCLAHE does. A tone between two levels counts for both by its
    nearness. A pixel is in the tile that its centre is in; where none counts tones stay.
    """
    luma = np.clip(colour @ [0.2126, 0.7152, 0.0722] if colour.shape[2] == 3 else colour[..., 0], 0.0, 1.0)
    height, width = luma.shape
    counted = ~np.isnan(luma) if alpha is None else ~np.isnan(luma) & (alpha > 0.0)
    down, across = (min(int(values["tiles"]), side) for side in (height, width))
    middles_down, middles_across = (
        (np.arange(side) + 0.5) / side * tiles for side, tiles in ((height, down), (width, across))
    )
    maps = np.empty((down, across, *luma.shape))
    for row in range(down):
        for column in range(across):
            inside = np.ix_(middles_down.astype(int) == row, middles_across.astype(int) == column)
            tones = luma[inside][counted[inside]] * 255.0
            shares = np.maximum(0.0, 1.0 - np.abs(tones[:, np.newaxis] - np.arange(256.0)))
            counts = shares.sum(axis=0)
            most = values["clip"] * tones.size / 256.0
            limited = np.minimum(counts, most) + np.maximum(counts - most, 0.0).sum() / 256.0
            table = np.cumsum(limited) / tones.size if tones.size else np.linspace(0.0, 1.0, 256)
            maps[row, column] = np.interp(luma * 255.0, np.arange(256.0), table)
    near_down, near_across = (
        np.maximum(0.0, 1.0 - np.abs(np.clip(middles - 0.5, 0.0, tiles - 1.0)[:, np.newaxis] - np.arange(tiles)))
        for middles, tiles in ((middles_down, down), (middles_across, across))
    )
    made = np.einsum("yi,xj,ijyx->yx", near_down, near_across, maps)
    return colour + (made - luma)[..., np.newaxis], alpha


FILTER = Filter(
    name="clahe",
    group="tone",
    help="Spreads the tones of each part of the picture, so that texture shows in shadows and in haze. Colours keep "
    "their tint, and the clip limit holds back noise in flat parts.",
    light="encoded",
    kind=Adaptive(tiles=lambda values: int(values["tiles"]), tables=tables),
    oracle=oracle,
    parameters=(
        Slider(
            name="tiles",
            default=8.0,
            low=1.0,
            high=16.0,
            control=(1.0, 16.0),
            step=1.0,
            whole=True,
            help="Parts along each side of the picture: the more there are, the finer the detail that comes out.",
        ),
        Slider(
            name="clip",
            default=2.0,
            low=1.0,
            high=40.0,
            control=(1.0, 8.0),
            step=0.25,
            help="How many times contrast may grow, about: a low limit is gentle, a high one brings out noise, too.",
        ),
    ),
    example="clahe:clip=3",
)
