"""All kernels compiled ahead into the cache folder; as `python -m engine.warm` in a process of its own."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable

from engine.filters import catalogue
from engine.kernels import Kernel
from engine.plan import LightMode
from engine.planner import make_plan
from engine.run.compiler import compiler
from engine.run.warming import STAMP
from engine.stack import Stack

DEPTHS = ("uint8", "uint16", "float32")
LIGHTS: tuple[LightMode, ...] = ("linear", "encoded")


def all_kernels() -> list[Kernel]:
    """Every stage that some filter needs at some depth, layout and light, in the order of the catalogue."""
    found: dict[Kernel, None] = {}
    for declared in catalogue().values():
        stack = Stack.parse([declared.example or declared.name])
        for depth, light, channels in itertools.product(DEPTHS, LIGHTS, (1, 2, 3, 4)):
            plan = make_plan(stack, (64, 64, channels), depth, light=light)
            found.update(dict.fromkeys(stage.kernel for each in plan.passes for stage in each.stages))
    return list(found)


def is_warm() -> bool:
    """Whether everything is compiled already."""
    return (compiler().folder / STAMP).exists()


def warm(report: Callable[[int, int], object] = lambda *_: None) -> int:
    """Compile what is missing, telling `report` how many of how many are there; the number that had to be compiled."""
    native = compiler()
    native.runner()
    kernels = all_kernels()
    for done, kernel in enumerate(kernels):
        report(done, len(kernels))
        native.address(kernel)
    report(len(kernels), len(kernels))
    (native.folder / STAMP).touch()
    return native.fresh


if __name__ == "__main__":
    os.nice(10)
    warm()
    sys.exit(0)
