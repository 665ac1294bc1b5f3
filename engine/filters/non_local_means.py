"""Non-local means: pixels averaged with those whose surroundings look alike."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.patches import NARROWEST, Patches
from engine.parameters import Slider


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Buades, Coll and Morel 2005 with square patches as in their 2011 article, borders replicated.

    Weights exp(-d^2 / strength^2), d^2 being the mean square of the patches' differences in all channels. Patches are
    compared as they look over black, and neighbours weigh by their alpha too. Alpha stays, and colour does where alpha
    is 0.
    """
    from scipy.ndimage import uniform_filter

    patch, search = int(values["patch-radius"]), int(values["search-radius"])
    beyond, (height, width) = patch + search, colour.shape[:2]
    opacity = np.ones(colour.shape[:2]) if alpha is None else alpha
    around = ((beyond, beyond), (beyond, beyond))
    clear = np.pad(opacity, around, mode="edge")
    wide = np.pad(colour * opacity[..., np.newaxis], (*around, (0, 0)), mode="edge")
    rows, columns = slice(search, search + height + 2 * patch), slice(search, search + width + 2 * patch)
    total, weights = np.zeros_like(colour), np.zeros_like(opacity)
    for dy in range(-search, search + 1):
        for dx in range(-search, search + 1):
            moved = wide[rows.start + dy : rows.stop + dy, columns.start + dx : columns.stop + dx]
            squares = ((wide[rows, columns] - moved) ** 2).mean(axis=2)
            alike = uniform_filter(squares, 2 * patch + 1)[patch : patch + height, patch : patch + width]
            weight = np.exp(-np.maximum(alike, 0.0) / max(values["strength"], NARROWEST) ** 2)
            there = slice(beyond + dy, beyond + dy + height), slice(beyond + dx, beyond + dx + width)
            weights += weight * clear[there]
            total += weight[..., np.newaxis] * wide[there]
    seen = (opacity > 0.0)[..., np.newaxis]
    return np.where(seen, total / np.where(seen, weights[..., np.newaxis], 1.0), colour), alpha


FILTER = Filter(
    name="non-local-means",
    group="noise",
    help="Takes noise away where the picture repeats itself, and keeps fine patterns. "
    "Each pixel is averaged with those whose surroundings look alike.",
    light="encoded",
    kind=Patches(
        patch=lambda values: int(values["patch-radius"]),
        search=lambda values: int(values["search-radius"]),
        strength=lambda values: values["strength"],
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="strength",
            default=0.06,
            low=0.0,
            high=1.0,
            control=(0.0, 0.3),
            step=0.01,
            help="How different surroundings may be, in parts of full scale: a little more than the noise.",
        ),
        Slider(
            name="patch-radius",
            default=3.0,
            low=0.0,
            high=4.0,
            control=(0.0, 4.0),
            step=1.0,
            whole=True,
            help="Surroundings that are compared are 2 patch-radius + 1 pixels wide.",
        ),
        Slider(
            name="search-radius",
            default=7.0,
            low=1.0,
            high=10.0,
            control=(1.0, 10.0),
            step=1.0,
            whole=True,
            help="How far away in pixels others are looked for; the time it takes grows with its square.",
        ),
    ),
    neutral={"strength": 0.0},
    example="non-local-means:strength=0.08,search-radius=5",
)
