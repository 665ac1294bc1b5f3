"""The truth of layers: blend modes from W3C's Compositing and Blending Level 1, and masks, in float64."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.mix import Mask, Mix

Floats = NDArray[np.float64]
WEIGHTS = np.array([0.3, 0.59, 0.11])


def laid_over(
    before: Floats, alpha: Floats | None, after: Floats, alpha_after: Floats | None, mix: Mix
) -> tuple[Floats, Floats | None]:
    """Colour H x W x (1 or 3) and alpha of the layers, each colour weighted by its own alpha and its share."""
    colours = max(before.shape[2], after.shape[2])
    back = np.broadcast_to(before, (*before.shape[:2], colours))
    front = np.broadcast_to(after, back.shape)
    three = [np.broadcast_to(each, (*back.shape[:2], 3)) for each in (back, front)]
    share = mix.opacity * coverage(three[0], mix.asked)[..., np.newaxis]
    made = blended(three[0], three[1], mix.mode)[..., :colours]
    if alpha is None or alpha_after is None:
        return back + (made - back) * share, None
    shown, hidden = alpha_after[..., np.newaxis] * share, alpha[..., np.newaxis] * (1.0 - share)
    total = shown + hidden
    seen = (made * shown + back * hidden) / np.where(total > 0.0, total, 1.0)
    return np.where(total > 0.0, seen, back + (made - back) * share), total[..., 0]


def blended(back: Floats, front: Floats, mode: str) -> Floats:
    if mode == "multiply":
        return back * front
    if mode == "screen":
        return 1.0 - (1.0 - back) * (1.0 - front)
    if mode == "overlay":
        return np.where(back <= 0.5, 2.0 * back * front, 1.0 - 2.0 * (1.0 - back) * (1.0 - front))
    if mode == "soft-light":
        near = ((16.0 * back - 12.0) * back + 4.0) * back
        dark = np.where(back <= 0.25, near, np.sqrt(np.maximum(back, 0.0)))
        return np.where(
            front <= 0.5,
            back - (1.0 - 2.0 * front) * back * (1.0 - back),
            back + (2.0 * front - 1.0) * (dark - back),
        )
    if mode == "luminosity":
        return with_luma(back, front @ WEIGHTS)
    return with_luma(front, back @ WEIGHTS) if mode == "colour" else front


def with_luma(colours: Floats, wanted: Floats) -> Floats:
    """SetLum and ClipColor."""
    made = colours + (wanted - colours @ WEIGHTS)[..., np.newaxis]
    level = (made @ WEIGHTS)[..., np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        low = made.min(axis=2, keepdims=True)
        made = np.where((low < 0.0) & (level > low), level + (made - level) * (level / (level - low)), made)
        high = made.max(axis=2, keepdims=True)
        clipped = level + (made - level) * ((1.0 - level) / (high - level))
    return np.where((high > 1.0) & (high > level), clipped, made)


def coverage(back: Floats, mask: Mask | None) -> Floats:
    """Of a mask, 0 to 1."""
    height, width = back.shape[:2]
    if mask is None:
        return np.ones((height, width))
    if mask.shape == "picture":
        share = stretched(light(mask.path), height, width)
        return 1.0 - share if mask.inverted else share
    y, x = np.mgrid[0.5:height, 0.5:width]
    numbers = np.array(mask.numbers)
    if mask.shape == "linear":
        way = numbers[2:] - numbers[:2]
        t = ((x / width - numbers[0]) * way[0] + (y / height - numbers[1]) * way[1]) / (way @ way)
    elif mask.shape == "radial":
        away = np.hypot(x - numbers[0] * width, y - numbers[1] * height) / np.hypot(width, height) * 2.0
        t = (numbers[3] - away) / max(numbers[3] - numbers[2], 2e-4)
    elif mask.shape == "luminance":
        level = back @ WEIGHTS
        t = 1.0 - np.maximum(np.maximum(numbers[0] - level, level - numbers[1]), 0.0) / max(numbers[2], 1e-4)
    else:
        away = np.linalg.norm(back - numbers[:3], axis=2)
        t = 1.0 - np.maximum(away - numbers[3], 0.0) / max(numbers[4], 1e-4)
    t = np.clip(t, 0.0, 1.0)
    made: Floats = 3.0 * t**2 - 2.0 * t**3
    return 1.0 - made if mask.inverted else made


def light(path: str) -> Floats:
    """Luma times alpha of a picture of 8 bits."""
    with Image.open(path) as picture:
        values = np.asarray(picture.convert("RGBA"), np.float64) / 255.0
    found: Floats = values[..., :3] @ WEIGHTS * values[..., 3]
    return found


def stretched(levels: Floats, height: int, width: int) -> Floats:
    """Bilinear between the centres of pixels; edges go on."""
    rows, columns = (np.arange(count) for count in levels.shape)
    y = (np.arange(height) + 0.5) * len(rows) / height - 0.5
    x = (np.arange(width) + 0.5) * len(columns) / width - 0.5
    across = np.stack([np.interp(x, columns, row) for row in levels])
    return np.stack([np.interp(y, rows, column) for column in across.T], axis=1)
