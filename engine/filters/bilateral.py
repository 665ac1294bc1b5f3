"""Bilateral: a blur that stops at edges."""

from __future__ import annotations

import numpy as np

from engine.filter import Bilateral, Filter, Floats, Values, Window
from engine.parameters import Slider


def oracle(colour: Floats, alpha: Floats | None, values: Values) -> tuple[Floats, Floats | None]:
    """Tomasi and Manduchi 1998 as in cv2.bilateralFilter, borders replicated; neighbours weigh by their alpha too.

    Weights exp(-r^2 / 2 sigma_space^2) exp(-d^2 / 2 sigma_colour^2) in the disc r <= radius, d being the sum of the
    absolute differences of all channels. Alpha stays, and colour does where alpha is 0.
    """
    radius, height, width = int(values["radius"]), *colour.shape[:2]
    around = ((radius, radius), (radius, radius))
    opacity = np.ones(colour.shape[:2]) if alpha is None else alpha
    wide, clear = np.pad(colour, (*around, (0, 0)), mode="edge"), np.pad(opacity, around, mode="edge")
    total, weights = np.zeros_like(colour), np.zeros_like(opacity)
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            if dy * dy + dx * dx > radius * radius:
                continue
            rows, columns = slice(radius + dy, radius + dy + height), slice(radius + dx, radius + dx + width)
            other = wide[rows, columns]
            difference = np.abs(other - colour).sum(axis=2)
            closeness = (dy * dy + dx * dx) / (2.0 * values["sigma-space"] ** 2)
            likeness = difference**2 / (2.0 * max(values["sigma-colour"], 1e-6) ** 2)
            weight = np.exp(-closeness - likeness) * clear[rows, columns]
            total += weight[..., np.newaxis] * other
            weights += weight
    seen = (opacity > 0.0)[..., np.newaxis]
    return np.where(seen, total / np.where(seen, weights[..., np.newaxis], 1.0), colour), alpha


FILTER = Filter(
    name="bilateral",
    group="noise",
    help="Smooths even areas and keeps edges sharp. Only neighbours of a similar colour are averaged.",
    light="encoded",
    kind=Window(
        step=Bilateral(
            radius=lambda values: int(values["radius"]),
            colour=lambda values: values["sigma-colour"],
            space=lambda values: values["sigma-space"],
        ),
        alpha="straight",
    ),
    oracle=oracle,
    parameters=(
        Slider(
            name="radius",
            default=4.0,
            low=1.0,
            high=20.0,
            control=(1.0, 10.0),
            step=1.0,
            unit="px",
            whole=True,
            help="How far away neighbours may be; the time it takes grows with its square.",
        ),
        Slider(
            name="sigma-colour",
            default=0.1,
            low=0.0,
            high=3.0,
            control=(0.0, 0.5),
            step=0.01,
            help="How different neighbours may be, their channels' differences added up, in parts of full scale.",
        ),
        Slider(
            name="sigma-space",
            default=3.0,
            low=0.1,
            high=100.0,
            control=(0.5, 10.0),
            step=0.5,
            unit="px",
            help="How fast neighbours lose weight with their distance.",
        ),
    ),
    neutral={"sigma-colour": 0.0},
    example="bilateral:radius=3,sigma-colour=0.08",
)
