"""All kernels compiled ahead into the cache folder; as `python -m engine.warm` in a process of its own."""

from __future__ import annotations

import atexit
import contextlib
import itertools
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

from engine.errors import SpecError
from engine.filter import Filter
from engine.filters import catalogue
from engine.kernels import Kernel
from engine.parameters import Choice, Slider
from engine.plan import LightMode
from engine.planner import make_plan
from engine.run.child import environment, python_command
from engine.run.compiler import compiler
from engine.run.cpu import available_workers
from engine.run.warming import STAMP
from engine.stack import Stack, Step

DEPTHS = ("uint8", "uint16", "float32")
PROCESSES = 4
"""That compile at the same time, at most; each takes a few hundred megabytes."""
SIDES = (64, 4000)
"""Of square pictures that a filter may enlarge or reduce."""
LIGHTS: tuple[LightMode, ...] = ("linear", "encoded")


def all_kernels() -> list[Kernel]:
    """Every stage that some filter needs at some depth, layout and light, in the order of the catalogue."""
    found: dict[Kernel, None] = {}
    for step in itertools.chain.from_iterable(map(_ways, catalogue().values())):
        for depth, light, channels in itertools.product(DEPTHS, LIGHTS, (1, 2, 3, 4)):
            for side in SIDES:
                plan = make_plan(Stack((step,)), (side, side, channels), depth, light=light)
                found.update(dict.fromkeys(stage.kernel for each in plan.passes for stage in each.stages))
    return list(found)


def _ways(declared: Filter) -> Iterator[Step]:
    """The filter as its example has it, and with each word and whole number: some have a kernel of their own."""
    example = Step.parse(declared.example or declared.name)
    yield example
    for parameter in declared.parameters:
        if isinstance(parameter, Choice) or (isinstance(parameter, Slider) and parameter.whole and not parameter.side):
            low, high = map(int, parameter.control)
            yield from (example.with_value(parameter.name, value) for value in range(low, high + 1))


def is_warm() -> bool:
    """Whether everything is compiled already."""
    return (compiler().folder / STAMP).exists()


def warm(report: Callable[[int, int], object] = lambda *_: None) -> int:
    """Compile what is missing, telling `report` how many of how many are there; the number that had to be compiled."""
    native = compiler()
    native.runner()
    kernels = all_kernels()
    refused = 0
    if native.kept < len(kernels) // 2:
        _start_others()
    for done, kernel in enumerate(kernels):
        report(done, len(kernels))
        try:
            native.address(kernel)
        except SpecError as error:
            # A person's own filter says so again where it is used; all others are worth having.
            logging.getLogger("safelight").warning("%s", error)
            refused += 1
    report(len(kernels), len(kernels))
    # On a full disk some were compiled for this process alone.
    if native.kept > len(kernels) - refused:
        (native.folder / STAMP).touch()
    return native.fresh


def _start_others() -> None:
    """Processes that compile other parts of the list into the same folder: Numba compiles one at a time in each."""
    count = min(available_workers(), PROCESSES)
    for part in range(1, count):
        command = [*python_command("engine.warm"), str(part), str(count)]
        nothing = subprocess.DEVNULL
        child = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment())
        atexit.register(child.wait)


def _compile_part(part: int, count: int) -> None:
    """What is missing from one place of the list on to the next process's."""
    kernels, native = all_kernels(), compiler()
    for kernel in kernels[len(kernels) * part // count : len(kernels) * (part + 1) // count]:
        with contextlib.suppress(SpecError):
            native.address(kernel)


if __name__ == "__main__":
    os.nice(10)
    if sys.argv[1:]:
        _compile_part(*map(int, sys.argv[1:3]))
    else:
        warm()
    sys.exit(0)
