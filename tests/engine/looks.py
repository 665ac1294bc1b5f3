"""What a filter costs a worker thread: its CPU time in all, and between two looks at whether it is cancelled."""

from __future__ import annotations

import ctypes
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.errors import SpecError
from engine.parameters import Choice, Parameter, Slider, Text, Value
from engine.planner import make_plan
from engine.run.compiler import compiler
from engine.run.rendering import Desk, Rendering
from engine.stack import Stack, Step

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Filter
    from engine.kernels import Kernel

STAGE = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 5)
CORNERS = 6
"""So many parameters at most are set to both of their ends in every combination."""


@dataclass
class Cost:
    """CPU time of one thread, in seconds."""

    total: float = 0.0
    longest: float = 0.0
    """Between two looks."""
    where: str = "before the first pass"
    """What it did then."""


@dataclass
class Watch:
    """Stands between a rendering and its compiler, and reads the thread's clock whenever a stage is called.

    The compiled loop looks at whether it is cancelled before each call of a stage; Python code looks between its own
    calls of the loop.
    """

    labels: list[str]
    """Of all stages, in the order in which a plan has them."""
    called: Callable[[], object] = lambda: None
    """Called before each call of a stage."""
    cost: Cost = field(default_factory=Cost)
    _stages: list[Any] = field(default_factory=list)
    _last: int = -1
    _since: float = field(default_factory=time.thread_time)

    def address(self, kernel: Kernel) -> int:
        """A function that does what the stage does."""
        number, stage = len(self._stages), STAGE(compiler().address(kernel))

        def call(*addresses: int) -> None:
            self._look(self.labels[self._last])
            self._last = number
            self.called()
            stage(*addresses)

        self._stages.append(STAGE(call))
        return ctypes.cast(self._stages[-1], ctypes.c_void_p).value or 0

    def runner(self) -> Callable[..., int]:
        """The compiled loop."""
        inner = compiler().runner()

        def run(*addresses: int) -> int:
            self._look("between passes")
            self._last = -1
            pixels = inner(*addresses)
            self._look(self.labels[self._last])
            return pixels

        return run

    def _look(self, where: str) -> None:
        now = time.thread_time()
        spent, self._since = now - self._since, now
        self.cost.total += spent
        if spent > self.cost.longest:
            self.cost.longest, self.cost.where = spent, where


def watched(step: Step, pixels: NDArray[Any]) -> tuple[Rendering, Watch]:
    """The rendering of one step, its kernels at hand; planning counts as a stretch without a look."""
    height, width, channels = pixels.shape
    plan = make_plan(Stack((step,)), (height, width, channels), pixels.dtype.name)
    compiler().prepare(stage.kernel for each in plan.passes for stage in each.stages)
    watch = Watch([stage.label for each in plan.passes for stage in each.stages])
    make_plan(Stack((step,)), (height, width, channels), pixels.dtype.name)
    target = np.empty(plan.shape_out, plan.dtype)
    return Rendering(plan, watch, pixels, target), watch  # type: ignore[arg-type]


def cost_of(step: Step, pixels: NDArray[Any]) -> Cost:
    """Of one step, on one thread; what is planned and prepared counts, too."""
    rendering, watch = watched(step, pixels)
    rendering.lead(Desk(0))
    return watch.cost


def ends_of(parameter: Parameter) -> tuple[Value, ...]:
    """The values of a parameter among which the slowest is looked for."""
    if isinstance(parameter, Choice):
        return tuple(float(place) for place in range(len(parameter.choices)))
    if isinstance(parameter, Text):
        return (parameter.default, *parameter.examples)
    if isinstance(parameter, Slider) and not parameter.side:
        return (parameter.low, parameter.high)
    return (parameter.default,)


def extremes_of(declared: Filter) -> Iterator[Step]:
    """The filter with its defaults, and with its parameters at their ends."""
    yield Step.of(declared.name)
    ends = {each.name: ends_of(each) for each in declared.parameters}
    steps: list[dict[str, Value]] = [{name: value} for name, values in ends.items() for value in values]
    steps += [{name: values[place] for name, values in ends.items()} for place in (0, -1)]
    if len(ends) <= CORNERS:
        steps += [dict(zip(ends, corner, strict=True)) for corner in itertools.product(*ends.values())]
    seen = set()
    for values in steps:
        try:
            step = Step.of(declared.name, values)
        except SpecError:
            continue
        if step not in seen:
            seen.add(step)
            yield step
