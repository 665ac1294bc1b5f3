"""Total variation: noise smoothed away between edges."""

from __future__ import annotations

import numpy as np

from engine.filter import Filter, Floats, Values
from engine.kinds.variation import LIGHTEST, Variation
from engine.parameters import Slider


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Rudin, Osher and Fatemi 1992 by Chambolle's iteration of 2004 with tau = 1/4, so many times from nothing.

    p becomes (p - tau g) / (1 + tau |g| / weight), where g is the gradient of u = c - div p by forward differences, 0
    at the last row and column; the result is the u of the last p. |g| is the root of the sum, over both directions, of
    the mean square of all channels: edges of colours lie together (Blomgren and Chan 1998), and grey is denoised as
    three equal channels are. A difference counts by the lesser alpha of its two pixels as a part of the greater one,
    and not where that is 0; so does p in the divergence. Alpha stays, and colour does where alpha is 0.

    On photographs 24 iterations come within a level of 8 bits, on the average, of what more would lead to.
    """
    opacity, tau = np.ones(colour.shape[:2]) if alpha is None else alpha, 0.25
    weight, ratios = max(values["weight"], LIGHTEST), []
    for axis in (0, 1):
        after = np.concatenate([np.take(opacity, range(1, opacity.shape[axis]), axis), opacity.take([-1], axis)], axis)
        greater = np.maximum(opacity, after)
        ratios.append(np.where(greater > 0.0, np.minimum(opacity, after) / np.where(greater > 0.0, greater, 1.0), 0.0))
    parts = np.stack(ratios)[..., np.newaxis]

    def denoised(field: Floats) -> Floats:
        down, across = field * parts
        divergence: Floats = np.diff(down, axis=0, prepend=0.0) + np.diff(across, axis=1, prepend=0.0)
        return colour - divergence

    field = np.zeros((2, *colour.shape))
    for _ in range(int(values["iterations"])):
        made = denoised(field)
        last = made[-1:], made[:, -1:]
        gradient = parts * np.stack([np.diff(made, axis=axis, append=last[axis]) for axis in (0, 1)])
        length = np.sqrt((gradient**2).mean(axis=3).sum(axis=0))[..., np.newaxis]
        field = (field - tau * gradient) / (1.0 + tau / weight * length)
    return denoised(field), alpha


FILTER = Filter(
    name="total-variation",
    group="noise",
    help="Smooths noise away and keeps edges as steep as they were. Fine texture goes first; much of it looks painted.",
    light="encoded",
    kind=Variation(
        weight=lambda values: values["weight"],
        iterations=lambda values: int(values["iterations"]),
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="weight",
            default=0.06,
            low=0.0,
            high=1.0,
            control=(0.0, 0.3),
            step=0.01,
            help="How much smoothness counts against likeness: differences about as large, in parts of full scale, go.",
        ),
        Slider(
            name="iterations",
            default=24.0,
            low=1.0,
            high=60.0,
            control=(1.0, 60.0),
            step=1.0,
            whole=True,
            help="How often the result is made better; heavy weights need more, and the time it takes grows with it.",
        ),
    ),
    neutral={"weight": 0.0},
    example="total-variation:weight=0.1",
)
