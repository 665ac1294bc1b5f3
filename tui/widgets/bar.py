"""Bars of one row: how much of something is done, and where a slider stands. Numbers in, styled pieces out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.style import Style

if TYPE_CHECKING:
    from engine.parameters import Slider

LEVELS = " ▁▂▃▄▅▆▇█"


def progress(fraction: float, width: int, full: Style, empty: Style) -> list[tuple[str, Style]]:
    """A line `width` columns wide, true to half a column."""
    whole, half = divmod(round(min(max(fraction, 0.0), 1.0) * width * 2), 2)
    return [("━" * whole + "╸" * half, full), ("─" * (width - whole - half), empty)]


def level(fraction: float) -> str:
    """One character whose height tells a share from 0 to 1."""
    return LEVELS[round(min(max(fraction, 0.0), 1.0) * 8)]


def share(slider: Slider, value: float) -> float:
    """Where a value stands on the slider's control range, 0 to 1."""
    low, high = slider.control
    value = min(max(value, low), high)
    if slider.scale == "log":
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


def slide(slider: Slider, value: float, width: int, full: Style, empty: Style, knob: Style) -> list[tuple[str, Style]]:
    """A slider's track `width` columns wide: the knob at the value, bright from the default to it."""
    last = width - 1
    here, origin = round(share(slider, value) * last), round(share(slider, slider.default) * last)
    low, high = min(here, origin), max(here, origin)
    pieces = [("─" * low, empty), ("━" * (here - low), full), ("●", knob), ("━" * (high - here), full)]
    return [*pieces, ("─" * (last - high), empty)]


def value_at(slider: Slider, column: int, width: int) -> float:
    """The value under a column of the track, on the slider's steps and inside its limits."""
    low, high = slider.control
    along = min(max(column / max(width - 1, 1), 0.0), 1.0)
    wanted = low * (high / low) ** along if slider.scale == "log" else low + (high - low) * along
    return slider.nudge(wanted, 0)
