"""A filter of the catalogue run by 1 to N workers, in turn with a loop in registers and a copy. It keeps no picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from engine.bench.copying import Copier
from engine.bench.spinning import spin
from engine.bench.timing import in_turn
from engine.errors import SpecError
from engine.lab.scaling.curve import Curve, Point
from engine.library import apply
from engine.planner import make_plan
from engine.run.cpu import available_workers
from engine.stack import Stack

if TYPE_CHECKING:
    from engine.bench.comparison import Work
    from engine.lab.job import Bytes

TURNS = 20_000
"""Of the loop, for each of its rows."""


def counts_to(most: int) -> list[int]:
    """Workers to try: all up to 8, then in steps that grow, the last among them."""
    steps = [count for count in range(1, most + 1) if count <= 8 or count % (1 << int(math.log2(count)) - 2) == 0]
    return steps if steps[-1] == most else [*steps, most]


def scaled(specification: str, picture: Bytes, workers: int, runs: int) -> Curve:
    """The curve of one filter, written as for `--filter`, on H x W x 3; SpecError when there is none such."""
    stack = Stack.parse((specification,))
    plan = make_plan(stack, picture.shape, "uint8", light="encoded")
    if not plan.passes:
        raise SpecError(f"{specification} changes nothing, so that there is nothing to measure: give it a parameter.")
    traffic = sum(each.traffic for each in plan.passes) * plan.height_out * plan.width_out
    target = apply(picture, stack, light="encoded")
    # A copy reads as much as it writes; memory that was never written is not even there to be read.
    source = np.ones(int(traffic / 2), np.uint8)
    copied = np.zeros_like(source)
    copiers = {count: Copier(count) for count in counts_to(workers)}
    try:
        works: dict[str, Work] = {}
        for count, copier in copiers.items():
            works[f"filter {count}"] = lambda count=count: apply(  # type: ignore[misc]
                picture, stack, workers=count, light="encoded", out=target
            )
            works[f"spin {count}"] = lambda count=count: spin(TURNS, count)  # type: ignore[misc]
            works[f"copy {count}"] = lambda copier=copier: copier.copy(source, copied)  # type: ignore[misc]
        seconds = in_turn(works, runs)
    finally:
        for copier in copiers.values():
            copier.close()
    points = (Point(n, *(seconds[f"{what} {n}"] for what in ("filter", "spin", "copy"))) for n in copiers)
    return Curve(specification, picture.shape[0] * picture.shape[1] / 1e6, traffic, available_workers(), tuple(points))
