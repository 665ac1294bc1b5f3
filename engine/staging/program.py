"""What is done to single pixels between two windows, as the parameters of one stage. Chooses splines; adds no stage."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.accuracy import Span, after, grown
from engine.kernels import Kernel
from engine.operation import Affine, Curve, Moved, Operation
from engine.plan import Settled
from engine.staging.splines import PIECES, evaluate, fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.files.cover import Cover
    from engine.filter import Constants, Floats

Layout = tuple[int, int, int, int]
"""As `engine.kernels.blockwise` has it."""
USUAL = (8, 3, 8, 3)
"""8-bit colours to 8-bit colours."""
COVER_AT = 11
"""Among the constants of a join, as `engine.kernels.joining` has it."""
CONSTANTS = (16, 96)
"""Numbers that a function of a pixel takes: most need few."""
MATRIX, SCALE, SPLINE = range(3)
"""As `engine.kernels.points` has them; a spline that is odd is one more, a fine one two."""
ARITHMETIC = 3e-7
"""What float32 arithmetic costs as well."""
TRIFLE = 1 / 2000
"""Part of a level that a spline may be off, whatever follows."""


@dataclass(frozen=True, slots=True, eq=False)
class Instruction:
    """One operation on each pixel."""

    kind: int
    numbers: Floats
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A filter's function of a pixel and its place: one at most in a sweep, which is compiled for it."""

    function: Callable[..., Any]
    constants: Constants
    label: str
    settled: Settled | None = None
    """Where its constants follow from what an earlier pass has counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Join:
    """A function of a pixel and of another picture's, and the mask that says where: one at most in a sweep."""

    among: tuple[tuple[Callable[..., Any], ...], tuple[Callable[..., Any] | str | None, ...]]
    """Functions and masks to choose from."""
    constants: Floats
    """As `engine.kernels.joining` has them."""
    other: Other
    label: str
    cover: Cover | None = None
    """The picture that says where, for a mask that is one."""


@dataclass(frozen=True, slots=True, eq=False)
class Other:
    """Another picture of the same size: the pass that made it, how its samples lie, what is done to them first."""

    made: int
    bits: int
    channels: int
    program: tuple[Instruction, ...]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What each spline of a plan may cost the result, and by how much it may be off at least."""

    share: float
    least: float


NOTHING = Allowance(0.0, 0.0)


def allowance(level: float, levels: float, splines: int) -> Allowance:
    """For so many splines that may cost so many levels of a result together."""
    return Allowance(levels * level / max(1, splines), max(ARITHMETIC, TRIFLE * level))


def apart(program: list[Instruction | Function | Join], layout: Layout) -> int | None:
    """How many of the program go to planes in a sweep of their own; None where one sweep does it all.

    A function is compiled for few layouts: a picture's most usual one, and planes, where nothing else is done besides
    functions of two pixels.
    """
    place = next((k for k, each in enumerate(program) if not isinstance(each, Instruction)), None)
    if place is None:
        return None
    made = program[place]
    if _is_usual(made, layout):
        return None
    if layout[0] != 0 or layout[1] != layout[3] or (place and isinstance(made, Join)):
        return place
    return place + 1 if layout[2] != 0 or (program[place + 1 :] and isinstance(made, Join)) else None


def _is_usual(made: Instruction | Function | Join, layout: Layout) -> bool:
    """Whether there is a kernel for that layout."""
    if isinstance(made, Join):
        other = (made.other.bits, made.other.channels)
        return layout[0] != 0 and (layout[1], *layout[2:], *other) == (3, *USUAL[2:], *USUAL[2:])
    return layout == USUAL


def said(program: list[Instruction | Function | Join], bits: int, bits_out: int) -> str:
    """A sweep in words."""
    names = {0: "planes", 32: "float32 pixels"}
    ends = " to ".join(names.get(each, f"{each}-bit codes") for each in (bits, bits_out))
    return f"{ends}: {', '.join(each.label for each in program)}" if program else ends


def sweep(program: list[Instruction | Function | Join], layout: Layout) -> tuple[Kernel, NDArray[Any]]:
    """The kernel that does it all between two layouts, and its parameters."""
    if (alone := _matrix_alone(program, layout)) is not None:
        return alone
    place = next((k for k, each in enumerate(program) if not isinstance(each, Instruction)), None)
    if place is None:
        return Kernel("points", layout), parameters(program)
    made, around = program[place], [parameters(program[:place]), parameters(program[place + 1 :])]
    assert not isinstance(made, Instruction)
    if isinstance(made, Function):
        count = next(each for each in CONSTANTS if len(made.constants) <= each)
        constants = np.array([*made.constants, *[0.0] * (count - len(made.constants))])
        return Kernel("pixel", (made.function, *layout, count)), np.concatenate([constants, *around])
    if _is_usual(made, layout):
        numbers = np.concatenate([made.constants, parameters(made.other.program), *around])
        return Kernel("join", (*made.among, layout[0])), _with_cover(numbers, made.cover)
    return Kernel("join_planes", made.among), _with_cover(made.constants, made.cover)


def _with_cover(numbers: Floats, cover: Cover | None) -> NDArray[Any]:
    """A mask's picture behind all numbers, of which one tells where it begins."""
    if cover is None:
        return numbers
    numbers = numbers.copy()
    numbers[COVER_AT] = numbers.size
    # Codes dressed as float32 numbers stay what they are only as long as nobody makes others of those.
    return np.concatenate([np.array([*numbers, *cover.codes.shape], np.float32), cover.dressed])


def _matrix_alone(program: list[Instruction | Function | Join], layout: Layout) -> tuple[Kernel, Floats] | None:
    """A single matrix from codes to codes: of codes itself, with the half that rounds them."""
    bits, channels = layout[:2]
    if len(program) != 1 or layout[:2] != layout[2:] or bits not in (8, 16) or channels < 3:
        return None
    only = program[0]
    if not isinstance(only, Instruction) or only.kind != MATRIX:
        return None
    rows = only.numbers.reshape(3, 4) * [1.0, 1.0, 1.0, (1 << bits) - 1.0] + [0.0, 0.0, 0.0, 0.5]
    return Kernel("matrix", (bits, channels)), rows.ravel()


def parameters(instructions: Sequence[Instruction | Function | Join]) -> Floats:
    """How many there are, then for each its kind, how many numbers it has, and those."""
    parts = [np.array([len(instructions)], np.float64)]
    for each in instructions:
        assert isinstance(each, Instruction)
        parts += [np.array([each.kind, each.numbers.size], np.float64), each.numbers]
    return np.concatenate(parts)


def matrix(affine: Affine) -> Instruction:
    """Of a 3 x 4 matrix."""
    return Instruction(MATRIX, affine.rows[:3].ravel(), f"matrix ({affine.label})")


def scale(line: Curve) -> Instruction:
    """Of a slope and an intercept."""
    return Instruction(SCALE, np.array(line.constants), f"line ({line.label})")


def spline(curves: list[Curve], span: Span, allowance: Allowance, following: list[Operation]) -> Instruction | None:
    """Of curves in turn, where a spline costs the result no more than it may.

    Samples lie within the span; where only moves follow the result is made of codes, which are clipped.
    """
    allowed = _allowed(curves, span, allowance, following)
    label = ", ".join(curve.label for curve in curves)
    for fine, pieces in enumerate(PIECES):
        made = fit(curves, span, pieces, clipped=all(isinstance(each, Moved) for each in following))
        if made.error <= allowed:
            return Instruction(SPLINE + made.odd + 2 * fine, made.numbers, f"curve ({label})")
    return None


def _allowed(curves: list[Curve], span: Span, allowance: Allowance, following: list[Operation]) -> float:
    """What becomes the share behind all that follows, or what arithmetic costs as well."""
    for curve in curves:
        span = after(curve, span)
    share = error = allowance.share
    for is_curve, group in itertools.groupby(following, lambda each: isinstance(each, Curve)):
        for operation in [_one([each for each in group if isinstance(each, Curve)])] if is_curve else group:
            error = grown(operation, span, error)
            span = after(operation, span)
    return max(share * share / error if error > share else share, allowance.least)


def _one(curves: list[Curve]) -> Curve:
    """Curves in turn as one: together they may be less steep than one after another."""
    return Curve(lambda values, _: evaluate(curves, values), (), "")
