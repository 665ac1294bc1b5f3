"""What the planner folds: curves, affine maps, functions of a pixel, windows and geometry, as values; runs none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.filter import Constants, Floats, Pixel, Resampling, Size, Values, Window


@dataclass(frozen=True, slots=True)
class Curve:
    """A table filter or a light conversion with its constants."""

    function: Callable[[Any, Constants], Any]
    constants: Constants
    label: str


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


Moved = Cut | Turned
"""Pixels go elsewhere and keep their values."""
Operation = Curve | Affine | Pointwise | Neighbours | Moved | Resampled
