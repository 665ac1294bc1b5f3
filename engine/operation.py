"""What the planner folds: curves, affine maps, functions of a pixel, windows, geometry; what two of them are as one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.filter import Constants, Floats, Pixel, Resampling, Size, Values, Window
from engine.kernels.elementary import line
from engine.kinds import OwnKind
from engine.light import decode, encode

if TYPE_CHECKING:
    from engine.files.cover import Cover

ROUNDING = 1e-12
"""What adding and multiplying in float64 leaves."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A table filter or a light conversion with its constants."""

    function: Callable[[Any, Constants], Any]
    constants: Constants
    label: str

    @property
    def is_line(self) -> bool:
        """Whether it is slope and intercept, and nothing more."""
        return self.function is line


@dataclass(frozen=True, slots=True, eq=False)
class Affine:
    """One or more matrices as one, 4 x 4."""

    rows: Floats
    label: str
    colours: bool
    """Whether one of them gives a grey picture colour: it has three channels from there on, whatever follows."""


@dataclass(frozen=True, slots=True)
class Pointwise:
    """A filter of single pixels, which may ask where they are, with its values."""

    pixel: Pixel
    values: Values
    label: str


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A window filter with its values."""

    window: Window
    values: Values
    label: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of the picture."""

    top: int
    left: int
    size: Size
    label: str


@dataclass(frozen=True, slots=True)
class Turned:
    """The picture turned to the right by quarters, then mirrored left to right or not."""

    quarters: int
    mirrored: bool
    label: str

    @property
    def nothing(self) -> bool:
        """Whether the picture stays as it is."""
        return self.quarters == 0 and not self.mirrored

    def then(self, other: Turned) -> Turned:
        """Both, one after the other, as one."""
        # A mirrored picture that is turned to the right is one that is turned to the left and then mirrored.
        quarters = self.quarters + (-other.quarters if self.mirrored else other.quarters)
        return Turned(quarters % 4, self.mirrored != other.mirrored, f"{self.label}, {other.label}")


@dataclass(frozen=True, slots=True)
class Resampled:
    """The picture at another size."""

    resampling: Resampling
    values: Values
    size: Size
    label: str


@dataclass(frozen=True, slots=True)
class Own:
    """A filter of a kind that is staged in a way of its own, with its values."""

    kind: OwnKind
    values: Values
    before: Size
    size: Size
    """Height and width of the picture, and of the result."""
    label: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Operations, and what their result and the picture before them become together.

    `function(before, after, place, constants)` gives three colours, which the mask lets through as far as it goes.
    """

    inner: tuple[Operation, ...]
    function: Callable[..., Any]
    mask: Callable[..., Any] | str | None
    constants: Constants
    masking: Constants
    """Eight for the function at most, and ten for the mask."""
    sides: tuple[float, float]
    """What the mask is multiplied by, and what is added then."""
    gain: float
    """How many times an error of either picture, times the largest value, becomes one of the result; 0 for none more,
    as where a layer covers another."""
    label: str
    among: tuple[tuple[Callable[..., Any], ...], tuple[Callable[..., Any] | str | None, ...]]
    """Functions and masks that one kernel is compiled for, of which this function and this mask are."""
    cover: Cover | None = field(default=None, compare=False)
    """The picture that says where, for a mask that is one."""


Moved = Cut | Turned
"""Pixels go elsewhere and keep their values."""
Operation = Curve | Affine | Pointwise | Neighbours | Moved | Resampled | Own | Joined


def joined(first: Operation, second: Operation) -> list[Operation] | None:
    """What two neighbours are as one operation, or as none; None if they stay two."""
    if isinstance(first, Turned) and isinstance(second, Turned):
        return [first.then(second)]
    if not isinstance(first, Curve | Affine) or not isinstance(second, Curve | Affine):
        return None
    if isinstance(first, Curve) and isinstance(second, Curve):
        if _undo_each_other(first, second):
            return []
        if not (first.is_line and second.is_line):
            return None
        slope, intercept = second.constants
        made = (slope * first.constants[0], slope * first.constants[1] + intercept)
        return [Curve(line, made, f"{first.label}, {second.label}")]
    rows, other = _affine(first), _affine(second)
    if rows is None or other is None:
        return None
    colours = any(isinstance(each, Affine) and each.colours for each in (first, second))
    return [Affine(other @ rows, f"{first.label}, {second.label}", colours)]


def on_grey(rows: Floats) -> Floats:
    """Slope and offset that a matrix has for each colour of a grey pixel, 3 x 2."""
    return np.column_stack([rows[:3, :3].sum(axis=1), rows[:3, 3]])


def same(numbers: Floats, others: Floats) -> bool:
    """Equal but for rounding."""
    return bool(np.abs(numbers - others).max() < ROUNDING)


def _affine(operation: Curve | Affine) -> Floats | None:
    """As a 4 x 4 matrix; None for a curve that is no line."""
    if isinstance(operation, Affine):
        return operation.rows
    if not operation.is_line:
        return None
    slope, intercept = operation.constants
    return np.vstack([np.hstack([slope * np.eye(3), np.full((3, 1), intercept)]), [0.0, 0.0, 0.0, 1.0]])


def _undo_each_other(first: Curve, second: Curve) -> bool:
    """Whether they convert light to code values and back, or the other way; a toe without slope cannot be undone."""
    if {first.function, second.function} != {decode, encode}:
        return False
    slope, end = (first if first.function is decode else second).constants[3:5]
    return slope > 0.0 or end == 0.0
