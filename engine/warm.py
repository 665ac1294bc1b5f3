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

from engine.child import environment, python_command
from engine.errors import SpecError
from engine.filter import Filter
from engine.filters import catalogue
from engine.kernels import Kernel
from engine.parameters import Choice, Slider
from engine.plan import LightMode
from engine.planner import make_plan
from engine.run.compiler import compiler
from engine.run.cpu import available_workers
from engine.run.warming import STAMP
from engine.stack import Stack, Step

DEPTHS = ("uint8", "uint16", "float32")
PROCESSES = 4
"""That compile at the same time, at most; each takes a few hundred megabytes."""
ASSEMBLY = "assembly"
"""The word that tells another process to keep it."""
SIDES = (64, 4000)
"""Of square pictures that a filter may enlarge or reduce."""
SIDE = 500
"""Of those that stay as large as they are."""
LIGHTS: tuple[LightMode, ...] = ("linear", "encoded")
CHANNELS, PROBED = (1, 2, 3, 4), (1, 3)
"""Of pictures; and of those that tell whether a filter's other values take other kernels."""
LAYERED = (("exposure:ev=1,opacity=0.5",), ("gaussian-blur:sigma=2,opacity=0.5",))
"""Steps over the picture before: as codes and as numbers. All blend modes and masks are in the same kernels."""
SIZED = (("unsharp-mask:radius=40",), ("clarity:radius=2",), ("difference-of-gaussians:sigma=30",), ("dehaze",))
"""Sizes at which filters are done in another way than at their examples'."""
CHAINS = (
    ("unsharp-mask", "contrast:amount=0.3"),
    ("contrast:amount=0.3", "saturation:amount=0.3"),
    ("curves", "saturation:amount=0.3"),
    ("box-blur", "saturation:amount=0.3"),
    ("gaussian-blur:sigma=1", "sepia"),
    ("gaussian-blur:sigma=1", "duotone"),
    ("gaussian-blur:sigma=1", "floyd-steinberg"),
    ("saturation:amount=0.3", "erode"),
    ("saturation:amount=0.3", "floyd-steinberg"),
    ("floyd-steinberg", "saturation:amount=0.3"),
)
"""Steps of which one behind another takes what neither takes alone: codes that a window leaves or finds."""


def all_kernels() -> list[Kernel]:
    """Every stage that some filter needs at some depth, layout and light, in the order of the catalogue."""
    found: dict[Kernel, None] = {}
    for declared in catalogue().values():
        example = Step.parse(declared.example or declared.name)
        found.update(dict.fromkeys(_kernels(Stack((example,)), CHANNELS, LIGHTS)))
        for step in (*_words(declared, example), *_numbers(declared, example)):
            # A filter has kernels of its own for some words and few of many numbers, such as radii, not for seeds.
            stack = Stack((step,))
            if any(kernel not in found for kernel in _kernels(stack, PROBED, LIGHTS[-1:])):
                found.update(dict.fromkeys(_kernels(stack, CHANNELS, LIGHTS)))
    for specifications in (*LAYERED, *SIZED, *CHAINS):
        found.update(dict.fromkeys(_kernels(Stack.parse(specifications), CHANNELS, LIGHTS)))
    return list(found)


def _kernels(stack: Stack, channels: tuple[int, ...], lights: tuple[LightMode, ...]) -> list[Kernel]:
    """Those of a stack, at all depths."""
    sides = SIDES if any(step.declaration.resizes for step in stack.steps) else (SIDE,)
    plans = (
        make_plan(stack, (side, side, count), depth, light=light)
        for depth, light, count, side in itertools.product(DEPTHS, lights, channels, sides)
    )
    return [stage.kernel for plan in plans for each in plan.passes for stage in each.stages]


def _words(declared: Filter, example: Step) -> Iterator[Step]:
    """The example with each word that may be chosen."""
    for parameter in declared.parameters:
        if isinstance(parameter, Choice):
            yield from (example.with_value(parameter.name, float(place)) for place in range(len(parameter.choices)))


def _numbers(declared: Filter, example: Step) -> Iterator[Step]:
    """The example with each whole number that a slider covers."""
    for parameter in declared.parameters:
        if isinstance(parameter, Slider) and parameter.whole and not parameter.side:
            low, high = map(int, parameter.control)
            yield from (example.with_value(parameter.name, value) for value in range(low, high + 1))


def is_warm() -> bool:
    """Whether everything is compiled already."""
    return (compiler().folder / STAMP).exists()


def warm(report: Callable[[int, int], object] = lambda *_: None, *, assembly: bool = False) -> int:
    """Compile what is missing, telling `report` how many of how many are there; the number that had to be compiled.

    `assembly` keeps that of what is compiled, beside it.
    """
    native = compiler()
    native.lists = assembly
    native.runner()
    kernels = all_kernels()
    refused = 0
    if native.kept < len(kernels) // 2:
        _start_others(assembly)
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


def _start_others(assembly: bool) -> None:
    """Processes that compile other parts of the list into the same folder: Numba compiles one at a time in each."""
    count = min(available_workers(), PROCESSES)
    for part in range(1, count):
        command = [*python_command("engine.warm"), str(part), str(count), *[ASSEMBLY] * assembly]
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
        compiler().lists = ASSEMBLY in sys.argv
        _compile_part(*map(int, sys.argv[1:3]))
    else:
        warm()
    sys.exit(0)
