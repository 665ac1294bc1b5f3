"""The truth that tests hold the engine to: every filter's float64 oracle in turn, light by its own formulas."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter

from engine.filter import Crop, Filter, Local, Neighbourhood, Resampling, Separable, Series, Turn, Window
from engine.kinds import OwnKind
from engine.plan import LightMode
from engine.stack import Stack
from tests.engine.layers import laid_over

Floats = NDArray[np.float64]
TOPS = {"uint8": 255.0, "uint16": 65535.0, "float32": 1.0}
LEVELS = {"uint8": 1.0, "uint16": 2.0}
"""How many codes a result may be off."""
SINGLE = 1e-4
"""How far a float32 result may be off, times the largest magnitude in reach, at least 1."""
HALF_UNIT = 2.0**-24
"""What rounding to float32 moves a number by, times its magnitude."""
NEAR_A_JUMP = 2.0**-19
"""The same where the step jumps: all that windows before it may leave out, which is 1e-6."""
NUDGES = 32
"""All up, all down, then by chance, which a few tries may miss; by chance alone one step's nudge may take back
another's next to a jump."""
LARGEST = 1e37
"""What comes near to float32's limit, 3.4e38, on its way is not looked at."""

FAR = 10_000
"""Farther than any picture of the tests is wide."""
FAINTEST = 1e-8
"""Weight that no plan of these tests leaves out: what lies beyond it is beyond every window's reach."""
FARTHEST = 8.5
"""Sigmas that Gaussians of parts may look."""


@dataclass
class Truth:
    """A picture on its way through the oracles: colour H x W x (1 or 3), alpha H x W or None, both of full scale 1."""

    colour: Floats
    alpha: Floats | None
    magnitude: Floats
    """H x W: the largest that a number within reach ever was, at least 1."""

    def reaches(self, pixels: int) -> None:
        """The next step reads neighbours that far away."""
        if pixels:
            self.magnitude = maximum_filter(self.magnitude, 2 * pixels + 1, mode="nearest")

    def moves(self, declared: Filter, values: Mapping[str, float]) -> None:
        """The next step is geometry: magnitudes go where the pixels go."""
        if isinstance(declared.kind, OwnKind):
            size = declared.kind.size(values, (self.magnitude.shape[0], self.magnitude.shape[1]))
            if not np.isfinite(declared.kind.reach(values)) or size != self.magnitude.shape:
                self.magnitude = np.full(size, self.magnitude.max())
        elif isinstance(declared.kind, Crop | Turn):
            moved, _ = declared.oracle(self.magnitude[..., np.newaxis], None, values)
            self.magnitude = moved[..., 0]
        elif isinstance(declared.kind, Resampling):
            before = self.magnitude.shape
            after = declared.kind.size(values, (before[0], before[1]))
            ratios = [old / new for old, new in zip(before, after, strict=True)]
            reaches = [2 * int(declared.kind.radius(values, ratio) + 1.5) + 1 for ratio in ratios]
            wide = maximum_filter(self.magnitude, reaches, mode="nearest")
            rows, columns = (
                ((np.arange(new) + 0.5) * ratio).astype(int) for new, ratio in zip(after, ratios, strict=True)
            )
            self.magnitude = wide[np.ix_(rows, columns)]

    def becomes(self, colour: Floats, alpha: Floats | None) -> None:
        """A step is over."""
        self.colour, self.alpha = colour, alpha
        self.magnitude = np.maximum(self.magnitude, np.abs(colour).max(axis=2))


def to_light(code: Floats) -> Floats:
    """IEC 61966-2-1, code values to light; odd below 0."""
    size = np.abs(code)
    return np.copysign(np.where(size <= 0.04045, size / 12.92, ((size + 0.055) / 1.055) ** 2.4), code)


def to_code(light: Floats) -> Floats:
    """IEC 61966-2-1, light to code values; odd below 0."""
    size = np.abs(light)
    return np.copysign(np.where(size <= 0.0031308, size * 12.92, 1.055 * size ** (1 / 2.4) - 0.055), light)


def truth(pixels: NDArray[Any], stack: Stack, light: LightMode, *, nudged: int = 0) -> Truth:
    """The stack's result before anything is clipped or rounded.

    `nudged`, unless 0, moves every number that a step reads by what float32 may cost: all down or up for 1 and 2, up or
    down by chance for others, the other way round for every second one. What that changes much is steep there, or the
    difference of large numbers.
    """
    chance = np.random.default_rng(nudged // 2)
    values = pixels.reshape(*pixels.shape[:2], -1).astype(np.float64) / TOPS[pixels.dtype.name]
    opaque = values.shape[2] % 2 == 1
    colour = values if opaque else values[..., :-1]
    at = Truth(colour, None if opaque else values[..., -1], np.maximum(1.0, np.abs(colour).max(axis=2)))
    present = "encoded"
    for step in stack.steps:
        declared, given = step.declaration, dict(step.values)
        if not step.on or declared.is_neutral(given):
            continue
        wanted = declared.light if light == "linear" and declared.light != "any" else present
        ground = wanted if step.mix.plain else "encoded"
        if ground != present:
            present = ground
            at.becomes((to_light if present == "linear" else to_code)(at.colour), at.alpha)
        before, alpha = at.colour, at.alpha
        if wanted != ground:
            at.becomes(to_light(at.colour), at.alpha)
        far = NEAR_A_JUMP if declared.jumps else HALF_UNIT
        sides = far * _signs(chance, at.colour, nudged)
        moved = at.colour + sides * at.magnitude[..., np.newaxis]
        share = None if at.alpha is None else at.alpha * (1.0 + HALF_UNIT * _signs(chance, at.alpha, nudged))
        at.reaches(reach(declared, given))
        at.moves(declared, given)
        made = declared.oracle(moved, share, given)
        if ground != wanted:
            made = to_code(made[0]), made[1]
        at.becomes(*(made if step.mix.plain else laid_over(before, alpha, *made, step.mix)))
    if present == "linear":
        at.becomes(to_code(at.colour), at.alpha)
    return at


def _signs(chance: np.random.Generator, like: Floats, nudged: int) -> Floats:
    """Which way numbers are moved: none for 0, all down or up for 1 and 2, then by chance and the other way round.

    By chance also not at all, for all of a step: what one steep step makes of its nudge would hide those that follow.
    """
    signs = chance.choice((-1.0, 1.0), like.shape) * chance.integers(2) if nudged > 2 else np.ones_like(like)
    return signs * (-1.0) ** nudged if nudged else np.zeros_like(like)


def reach(declared: Filter, values: Mapping[str, float]) -> int:
    """How far a filter looks."""
    kind = declared.kind
    outer = kind.kinds if isinstance(kind, Series) else (kind,)
    kinds = [each for one in outer for each in (one.inner if isinstance(one, Local) else (one,))]
    own = sum(each.reach(values) for each in kinds if isinstance(each, OwnKind))
    return sum(_reach(each, values) for each in kinds if isinstance(each, Window)) + min(FAR, math.ceil(min(own, FAR)))


def _reach(window: Window, values: Mapping[str, float]) -> int:
    step = window.step
    if isinstance(step, Separable):
        taps = len(step.taps(values, FAINTEST)) - 1
        # One Gaussian after another reads farther than the one that they make, with next to no weight.
        return taps if step.sigma is None else max(taps, math.ceil(FARTHEST * step.sigma(values)) + 2)
    return 1 if isinstance(step, Neighbourhood) else step.radius(values)


def joined(at: Truth) -> Floats:
    """Colour and alpha as one array, H x W x C."""
    return at.colour if at.alpha is None else np.dstack([at.colour, at.alpha])


def rounded(values: Floats, depth: str) -> Floats:
    """What a file of that depth can hold: clipped and rounded half up, in codes; float32 is neither."""
    if depth == "float32":
        return values
    top = TOPS[depth]
    return np.floor(np.clip(values, 0.0, 1.0) * top + 0.5)


def weighted(values: Floats, top: float) -> Floats:
    """Colour times alpha where there is alpha, which stays."""
    if values.shape[2] % 2:
        return values
    return np.concatenate([values[..., :-1] * values[..., -1:] / top, values[..., -1:]], axis=2)


def diverges(stack: Stack) -> bool:
    """Whether one step's rounding may turn all that a later one makes of its pixels."""
    done = [each for each in stack.steps if each.on and not each.declaration.is_neutral(dict(each.values))]
    return any(each.declaration.diverges for each in done[1:])


def assert_true(
    result: NDArray[Any], pixels: NDArray[Any], stack: Stack, light: LightMode, *, steep: bool = False
) -> None:
    """The result is that of the oracles within the bounds that the documentation states.

    `steep`: pixels are left out where what float32 costs every step's input would alone break the bound, as behind a
    strong gamma next to black, or where values far beyond full scale cancel out.
    """
    depth = pixels.dtype.name
    top = TOPS[depth]
    exact = truth(pixels, stack, light)
    expected = weighted(rounded(joined(exact), depth), top)
    held = exact.magnitude[..., np.newaxis] < LARGEST
    found = weighted(np.where(held, result.reshape(*result.shape[:2], -1).astype(np.float64), 0.0), top)
    assert found.shape == expected.shape
    assert result.dtype == pixels.dtype
    bound = LEVELS[depth] if depth in LEVELS else SINGLE * exact.magnitude[..., np.newaxis]
    wrong = ~(np.abs(found - expected) <= bound) & held
    for side in range(1, NUDGES + 1) if steep and wrong.any() else ():
        moved = weighted(rounded(joined(truth(pixels, stack, light, nudged=side)), depth), top)
        wrong &= np.abs(moved - expected) <= bound
    wrong &= not diverges(stack)
    first = tuple(np.argwhere(wrong.any(axis=2))[0]) if wrong.any() else None
    assert first is None, (
        f"{stack.specifications()} {light} {depth} {pixels.shape}: {wrong.any(axis=2).sum()} pixels are wrong, the "
        f"first at {first}: {found[first]}, not {expected[first]}"
    )
