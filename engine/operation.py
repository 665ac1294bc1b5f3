"""What the planner folds: curves, affine maps, functions of a pixel and windows, as values; runs none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.filter import Constants, Floats, Pixel, Values, Window


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


Operation = Curve | Affine | Pointwise | Neighbours
