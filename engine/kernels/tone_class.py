"""Which of 65536 classes between 0 and 1 a float32 sample is in, and which pixels count."""

from typing import Any

from numba.extending import register_jitable

from engine.kernels.layout import PLANES_IN
from engine.kernels.lines import source_line
from engine.kernels.signature import f4, i4

CLASSES = 65536
FINE, COARSE, WITHIN = 24, 17, 8
"""Bits of whole numbers for tones, those that half a class is taken off for, and those of a class."""


@register_jitable
def tone_class(sample: Any) -> Any:
    """The class of a sample as `engine.kinds.measured` has it; the first for what is no number."""
    above = max(f4(0.0), sample)
    fine = i4(min(above, f4(1.0)) * f4(1 << FINE))
    return i4(i4(fine - i4(fine >> i4(COARSE))) >> i4(WITHIN))


@register_jitable
def colours_of(geometry: Any) -> Any:
    """Planes that are not alpha."""
    return geometry[PLANES_IN] - 1 + geometry[PLANES_IN] % 2


@register_jitable
def alpha_line(source: Any, geometry: Any, row: Any) -> Any:
    """A row of alpha; of a picture without, of its last colour."""
    return source_line(source, geometry, geometry[PLANES_IN] - 1, row)
