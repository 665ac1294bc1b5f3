"""Numbers as a person reads them: sizes, megapixels, times. Nothing else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.parameters import Slider

if TYPE_CHECKING:
    from engine.parameters import Parameter, Value


def size(count: int) -> str:
    """Bytes in at most seven columns: `812 B`, `14.2 kB`, `3.4 MB`."""
    amount = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 999.5 or unit == "GB":
            break
        amount /= 1000
    return f"{amount:.0f} {unit}" if unit == "B" or amount >= 99.95 else f"{amount:.1f} {unit}"


def megapixels(count: int) -> str:
    """Pixels as megapixels in at most five columns: `0.3`, `24.2`, `148`."""
    amount = count / 1e6
    return f"{amount:.0f}" if amount >= 99.95 else f"{amount:.1f}"


def rate(amount: float) -> str:
    """Megapixels per second: `16.2 MP/s`."""
    return f"{amount:.0f} MP/s" if amount >= 99.95 else f"{amount:.1f} MP/s"


def percent(fraction: float) -> str:
    """A share of one as `97 %`."""
    return f"{fraction * 100:.0f} %"


def scale(fraction: float) -> str:
    """How large a picture is shown: `0.8 %`, `12 %`, `100 %`."""
    return f"{fraction * 100:.1f} %" if fraction < 0.0995 else f"{fraction * 100:.0f} %"


def clock(seconds: float) -> str:
    """A time as `0:42` or `2:05:00`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def steady(parameter: Parameter, value: Value) -> str:
    """A parameter's value with as many decimals as its steps have, so that it stands still, or more."""
    if not isinstance(parameter, Slider) or parameter.whole:
        return parameter.format(value)
    text = f"{value:.{max(0, -math.floor(math.log10(parameter.step)))}f}"
    return text if float(text) == float(value) else parameter.format(value)


def count(number: int, noun: str, plural: str = "") -> str:
    """A number and its noun: `1 image`, `12 images`, `1,204 images`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
