"""Steps that are laid over the picture before them, as one operation: blend mode and mask become functions."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engine import blends
from engine.mix import PICTURE
from engine.operation import Joined, Operation

if TYPE_CHECKING:
    from engine.filter import Constants, Local, Values
    from engine.mix import Mask, Mix

STEEPEST = 1e4
"""Of a mask without softness: over a ten-thousandth it is all there."""
MODES: dict[str, tuple[Callable[..., Any], Constants, float]] = {
    "normal": (blends.normal, (), 0.0),
    "multiply": (blends.multiply, (), 2.0),
    "screen": (blends.screen, (), 3.0),
    "overlay": (blends.overlay, blends.SEPARABLE, 6.0),
    "soft-light": (blends.soft_light, blends.SEPARABLE, 6.0),
    "luminosity": (blends.luminosity, blends.LUMA, math.inf),
    "colour": (blends.colour, blends.LUMA, math.inf),
}
"""The function, its constants, and how many times an error of either picture it makes an error of the result."""
COVER = "picture"
"""A mask that no function tells, but a picture that comes with the numbers."""
MASKS: dict[str, Callable[..., Any] | str | None] = {
    "": None,
    "linear": blends.linear,
    "radial": blends.radial,
    "luminance": blends.luminance,
    "colour": blends.near_colour,
    "picture": COVER,
}
"""The function of each shape."""
AMONG = tuple(function for function, *_ in MODES.values()), tuple(MASKS.values())
"""All layers share a kernel."""
FIRST = (0.0, 1.0, 3.0)
"""With which the constants of every mask begin."""


def layered(inner: list[Operation], mix: Mix, label: str) -> Joined:
    """The operations of a step with what their result and the picture before become together."""
    function, constants, gain = MODES[mix.mode]
    asked = mix.asked
    mask, numbers = _masking(asked)
    inverted = asked is not None and asked.inverted
    sides = (-mix.opacity, mix.opacity) if inverted else (mix.opacity, 0.0)
    words = [f"{mix.opacity:.0%} {mix.mode}", *([mix.mask] if mix.mask else [])]
    shown = f"{label} laid over: {', '.join(words)}"
    cover = PICTURE.content(asked.path) if asked is not None and asked.path else None
    return Joined(tuple(inner), function, mask, constants, (*FIRST, *numbers), sides, gain, shown, AMONG, cover)


def local(inner: list[Operation], kind: Local, values: Values, label: str) -> Joined:
    """The operations that tell of each pixel's surroundings, with what becomes of both."""
    numbers, gain = kind.constants(values), kind.gain(values)
    among = (kind.function,), (None,)
    return Joined(tuple(inner), kind.function, None, numbers, FIRST, (1.0, 0.0), gain, label, among)


def _masking(mask: Mask | None) -> tuple[Callable[..., Any] | str | None, Constants]:
    """A mask's function and its own constants."""
    if mask is None:
        return MASKS[""], ()
    if mask.path:
        return COVER, ()
    numbers, function = mask.numbers, MASKS[mask.shape]
    if mask.shape == "linear":
        x, y, right, down = numbers[0], numbers[1], numbers[2] - numbers[0], numbers[3] - numbers[1]
        square = right * right + down * down
        return function, (right / square, down / square, -(x * right + y * down) / square)
    if mask.shape == "radial":
        x, y, inner, outer = numbers
        steepness = _steep(0.5 * (outer - inner))
        return function, (x, y, 0.5 * outer * steepness, steepness)
    if mask.shape == "luminance":
        return function, (*numbers[:2], _steep(numbers[2]), *blends.LUMA[:3])
    return function, (*numbers[:4], _steep(numbers[4]))


def _steep(width: float) -> float:
    return 1.0 / max(width, 1.0 / STEEPEST)
