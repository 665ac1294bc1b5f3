"""Box blur: the mean of a square."""

from __future__ import annotations

from engine.filter import Box, Filter, Floats, Values, Window
from engine.parameters import Slider


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """SciPy's uniform filter of 2 radius + 1 with replicated borders; colour weighted by alpha where there is one."""
    import numpy as np
    from scipy.ndimage import uniform_filter

    side = 2 * int(values["radius"]) + 1

    def mean(planes: Floats) -> Floats:
        averaged: Floats = uniform_filter(planes, size=side, mode="nearest", axes=(0, 1))
        return averaged

    if alpha is None:
        return mean(colour), None
    weight = np.maximum(mean(alpha), 0.0)
    # Running sums leave a little where there was nothing.
    weight[weight < 1e-12] = 0.0
    seen = weight[..., np.newaxis]
    averaged = mean(colour * alpha[..., np.newaxis]) / np.where(seen > 0.0, seen, 1.0)
    return np.where(seen > 0.0, averaged, colour), weight


FILTER = Filter(
    name="box-blur",
    group="blur and sharpen",
    help="Replaces each pixel by the mean of a square around it. Quick and hard-edged: bright points become squares.",
    light="linear",
    kind=Window(step=Box(radius=lambda values: int(values["radius"])), alpha="premultiplied"),
    oracle=oracle,
    parameters=(
        Slider(
            name="radius",
            default=5.0,
            low=0.0,
            high=100.0,
            control=(0.0, 30.0),
            step=1.0,
            unit="px",
            whole=True,
            help="The square is 2 radius + 1 pixels wide.",
        ),
    ),
    neutral={"radius": 0.0},
    example="box-blur:radius=5",
)
