"""How the time grows with the picture and with the radius; it judges nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.bench.setting import Setting
from engine.bench.timing import Timing, in_turn
from engine.errors import SpecError
from engine.library import apply
from engine.stack import Stack

SIZES = (1.0, 4.0, 24.0, 100.0)
"""Megapixels."""
RADII = (1, 2, 5, 10, 20, 50, 100)
RADIUS_AT = 4.0
"""Megapixels of the picture that radii are tried on."""
GROWING = {"gaussian-blur": "sigma", "box-blur": "radius", "median": "radius", "erode": "radius"}
"""Filters, and what says how far each looks."""
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Growth:
    """Nanoseconds a pixel, by megapixels or by radius."""

    name: str
    along: str
    costs: dict[str, float]

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return {"name": self.name, "along": self.along, "nanoseconds": self.costs}


def measure_sizes(setting: Setting, name: str) -> Growth:
    """One filter at its defaults on pictures of several sizes."""
    stack = Stack.parse([name])
    scale = setting.megapixels / 24.0
    costs = {f"{size:g}": _cost(setting, stack, size * scale) for size in SIZES}
    return Growth(f"growth: {name}, size", "megapixels", costs)


def measure_radii(setting: Setting, name: str) -> Growth:
    """One filter with several radii on one picture; those that it does not allow are left out."""
    Stack.parse([name])
    costs = {}
    for radius in RADII:
        try:
            stack = Stack.parse([f"{name}:{GROWING[name]}={radius}"])
        except SpecError:
            continue
        costs[str(radius)] = _cost(setting, stack, RADIUS_AT * setting.megapixels / 24.0)
    return Growth(f"growth: {name}, {GROWING[name]}", GROWING[name], costs)


def _cost(setting: Setting, stack: Stack, megapixels: float) -> float:
    """Nanoseconds a pixel with all workers."""
    source = setting.picture(megapixels, "uint8")
    target = apply(source, stack, light="encoded")
    work = {"": lambda: apply(source, stack, workers=setting.workers, light="encoded", out=target)}
    seconds = in_turn(work, min(ROUNDS, setting.rounds))[""]
    return round(1e3 / Timing(seconds, source.shape[0] * source.shape[1] / 1e6).rate, 3)
