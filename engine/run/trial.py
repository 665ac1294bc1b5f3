"""A stack tried on one picture, its result thrown away: how long each pass takes. It writes no file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.files.decode import decode
from engine.files.limits import Limits
from engine.files.tone import tone_of
from engine.planner import make_plan
from engine.run.cpu import available_workers
from engine.run.development import rendering_for, result_for
from engine.run.together import render

if TYPE_CHECKING:
    from engine.plan import LightMode, Plan
    from engine.stack import Stack


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it."""

    plan: Plan
    workers: int
    seconds: tuple[float, ...]
    """Of each pass, on the clock of the wall."""

    @property
    def megapixels(self) -> float:
        """Of the picture that was read."""
        return self.plan.height * self.plan.width / 1e6


def run_plan(stack: Stack, path: str, light: LightMode) -> Trial:
    """Filter the picture twice, the first time to have all at hand; SafelightError when it cannot be read."""
    image = decode(path, Limits()).image
    shape, depth = image.pixels.shape, image.pixels.dtype.name
    plan = make_plan(stack, shape, depth, light=light, tone=tone_of(image.metadata.icc))
    result, workers = result_for(plan, image), available_workers()
    for _ in range(2):
        rendering = rendering_for(plan, image, result)
        render(rendering, workers)
    return Trial(plan, workers, tuple(rendering.seconds))
