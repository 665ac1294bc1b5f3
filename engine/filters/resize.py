"""Resize."""

from __future__ import annotations

import numpy as np

from engine.errors import SpecError
from engine.filter import Filter, Floats, Resampling, Size, Values
from engine.parameters import Choice, Slider
from engine.sampling import divided

KERNELS = ("lanczos", "bicubic", "bilinear", "area")
RADII = (3.0, 2.0, 1.0)
"""Of the first three, in pixels of whichever picture has the larger ones."""
FITS = ("inside", "stretch", "shrink")
NEXT_TO_NOTHING = 1e-12
"""Of a weight."""


def size(values: Values, before: Size) -> Size:
    """Height and width in whole pixels, at least one each."""
    if not values["width"] and not values["height"]:
        factor = values["scale"] / 100.0
        return _rounded(before[0] * factor), _rounded(before[1] * factor)
    down, across = values["height"] / before[0], values["width"] / before[1]
    if down and across and FITS[int(values["fit"])] == "stretch":
        return int(values["height"]), int(values["width"])
    factor = min(down or across, across or down)
    if FITS[int(values["fit"])] == "shrink":
        factor = min(factor, 1.0)
    return _rounded(before[0] * factor), _rounded(before[1] * factor)


def _rounded(length: float) -> int:
    return max(1, int(length + 0.5))


def radius(values: Values, ratio: float) -> float:
    """In pixels of the picture as it was."""
    if KERNELS[int(values["kernel"])] == "area":
        return 0.5 * ratio + 0.5
    return RADII[int(values["kernel"])] * max(1.0, ratio)


def weight(values: Values, distance: Floats, ratio: float) -> Floats:
    """Of a pixel at that distance; kernels are stretched where the picture is reduced, so that nothing is left out."""
    kernel, away = KERNELS[int(values["kernel"])], np.abs(distance)
    if kernel == "area":
        # How much of the pixel, a square of side 1, lies within the new one, a square of side `ratio`.
        return np.clip(0.5 * ratio + 0.5 - away, 0.0, min(1.0, ratio))
    away = away / max(1.0, ratio)
    if kernel == "bilinear":
        shape = 1.0 - away
    elif kernel == "bicubic":
        near, far = (1.5 * away - 2.5) * away * away + 1.0, ((-0.5 * away + 2.5) * away - 4.0) * away + 2.0
        shape = np.where(away < 1.0, near, far)
    else:
        # Sines of whole turns are a little off 0.
        shape = np.sinc(away) * np.sinc(away / 3.0)
        shape = np.where(np.abs(shape) < NEXT_TO_NOTHING, 0.0, shape)
    return np.where(away < RADII[int(values["kernel"])], shape, 0.0)


def check(values: Values) -> None:
    """One way of telling the size."""
    if values["scale"] != 100.0 and (values["width"] or values["height"]):
        raise SpecError("resize: give either scale, or width and height; the others stay at their defaults.")


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Dense matrices of weights that add up to 1; colour weighted by alpha, which is limited to 0 to 1."""
    height, width = size(values, (colour.shape[0], colour.shape[1]))
    down = dense(KERNELS[int(values["kernel"])], colour.shape[0], height)
    across = dense(KERNELS[int(values["kernel"])], colour.shape[1], width)

    def resampled(planes: Floats) -> Floats:
        made: Floats = np.einsum("yh,xw,hwc->yxc", down, across, planes, optimize=True)
        return made

    straight = resampled(colour)
    if alpha is None:
        return straight, None
    weights = resampled(alpha[..., np.newaxis])
    return divided(resampled(colour * alpha[..., np.newaxis]), weights, straight)


def dense(kernel: str, before: int, after: int) -> Floats:
    """The weight of every old place for every new one, from the definitions.

    Lanczos: Duchon 1979, three lobes. Bicubic: Keys 1981, a = -1/2. Area: the overlap of intervals.
    """
    ratio = before / after
    borders = np.arange(after + 1.0)[:, np.newaxis] * ratio
    starts = np.arange(before) * 1.0
    if kernel == "area":
        ends = np.minimum(borders[1:], starts + 1.0) - np.maximum(borders[:-1], starts)
        weights: Floats = np.maximum(ends, 0.0)
    else:
        x = (starts + 0.5 - (borders[1:] + borders[:-1]) / 2.0) / max(1.0, ratio)
        a = np.abs(x)
        if kernel == "lanczos":
            turn = np.pi * np.where(a < 1e-9, 1.0, x)
            waves = 3.0 * np.sin(turn) * np.sin(turn / 3.0) / turn**2
            # Sines of whole turns are a little off 0, and next to nothing times alpha would count as something.
            weights = np.select([a < 1e-9, a < 3.0], [1.0, np.where(np.abs(waves) < NEXT_TO_NOTHING, 0.0, waves)])
        elif kernel == "bicubic":
            inner, outer = 1.5 * a**3 - 2.5 * a**2 + 1.0, -0.5 * a**3 + 2.5 * a**2 - 4.0 * a + 2.0
            weights = np.select([a <= 1.0, a < 2.0], [inner, outer])
        else:
            weights = np.clip(1.0 - a, 0.0, None)
    scaled: Floats = weights / weights.sum(axis=1, keepdims=True)
    return scaled


def side(name: str) -> Slider:
    """One side of the result."""
    return Slider(
        name=name,
        default=0.0,
        low=0.0,
        high=65535.0,
        control=(0.0, 8000.0),
        step=100.0,
        unit="px",
        whole=True,
        side=True,
        help=f"The {name} of the result, 0 to keep the proportion.",
    )


FILTER = Filter(
    name="resize",
    group="geometry",
    help="Makes the picture smaller or larger, without the patterns and jagged edges that leaving out pixels brings. "
    "Give the width, the height, both, or a scale.",
    light="linear",
    kind=Resampling(size=size, weight=weight, radius=radius),
    oracle=oracle,
    parameters=(
        side("width"),
        side("height"),
        Slider(
            name="scale",
            default=100.0,
            low=0.1,
            high=1000.0,
            control=(1.0, 200.0),
            step=1.0,
            unit="%",
            help="The size in proportion, in place of width and height.",
        ),
        Choice(
            name="fit",
            choices=FITS,
            default=0.0,
            help="The largest picture that fits inside width and height, one stretched to both of them, or one that "
            "fits inside and is never larger than it was.",
        ),
        Choice(
            name="kernel",
            choices=KERNELS,
            default=0.0,
            help="How new pixels are made of old ones: lanczos is sharpest, area plain averaging.",
        ),
    ),
    neutral={"width": 0.0, "height": 0.0, "scale": 100.0},
    check=check,
    example="resize:width=2000",
)
