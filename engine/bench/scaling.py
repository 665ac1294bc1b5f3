"""All workers against one on work that computes much, held to what a loop in registers gains in the same turns."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.bench.comparison import Depth, Work
from engine.bench.setting import Setting
from engine.bench.spinning import spin
from engine.bench.timing import in_turn
from engine.library import apply
from engine.stack import Stack

TURNS = 20_000
AIM = 0.95
LEAST_GAIN = 0.6
"""Of the loop, for each worker; threads that share a core reach it, and cores that others use do not."""


@dataclass(frozen=True, slots=True)
class Intense:
    """Work that computes much for each byte."""

    title: str
    stack: tuple[str, ...]
    depth: Depth
    megapixels: float


INTENSE = (
    Intense("bilateral", ("bilateral:radius=4,sigma-colour=0.1,sigma-space=3",), "uint8", 12.0),
    Intense("power of each pixel", ("gamma:gamma=1.4", "contrast:amount=-0.1", "gamma:gamma=0.8"), "float32", 24.0),
    Intense("Gaussian of sigma 10", ("gaussian-blur:sigma=10",), "uint8", 24.0),
)


@dataclass(frozen=True, slots=True)
class Scaling:
    """How much faster all workers are than one."""

    name: str
    workers: int
    ours: float
    spinning: float

    @property
    def share(self) -> float:
        """Of what the loop in registers gains."""
        return self.ours / self.spinning

    @property
    def reached(self) -> bool | None:
        """Whether it is enough; None when the loop itself gained so little that other programs must have been busy."""
        return None if self.spinning < LEAST_GAIN * self.workers else self.share >= AIM

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        doubt = "other programs took the cores: the loop in registers gained too little to judge by"
        return {
            "name": self.name,
            "workers": self.workers,
            "gain": round(self.ours, 3),
            "spinning": round(self.spinning, 3),
            "share": round(self.share, 3),
            "aim": AIM,
            "reached": self.reached,
            "notes": [doubt] if self.reached is None else [],
        }


def measure_scaling(setting: Setting, intense: Intense, turns: int = TURNS) -> Scaling:
    """One and all workers in turn, on the work and on the loop. SafelightError when the catalogue lacks a filter."""
    stack = Stack.parse(intense.stack)
    source = setting.picture(min(intense.megapixels, setting.megapixels), intense.depth)
    target = apply(source, stack, light="encoded")

    def work(workers: int) -> Work:
        return lambda: apply(source, stack, workers=workers, light="encoded", out=target)

    def loop(workers: int) -> Work:
        return lambda: spin(turns, workers)

    makers: dict[str, Callable[[int], Work]] = {"ours": work, "spinning": loop}
    works = {f"{name} {count}": make(count) for name, make in makers.items() for count in (1, setting.workers)}
    seconds = {name: statistics.median(times) for name, times in in_turn(works, setting.rounds).items()}
    ours, spinning = (seconds[f"{name} 1"] / seconds[f"{name} {setting.workers}"] for name in makers)
    return Scaling(f"workers: {intense.title}", setting.workers, ours, spinning)
