"""Which of 65536 classes between 0 and 1 a float32 sample is in, and which pixels count."""

from typing import Any

from numba.extending import register_jitable

from engine.kernels.layout import PLANES_IN
from engine.kernels.lines import source_line
from engine.kernels.signature import f4, i4

CLASSES = 65536


@register_jitable
def tone_class(sample: Any) -> Any:
    """The class of a sample; the first for what is no number. Exact: the scale is a power of two."""
    scaled = sample * f4(CLASSES)
    scaled = max(f4(0.0), scaled)
    return i4(min(f4(CLASSES - 1), scaled))


@register_jitable
def colours_of(geometry: Any) -> Any:
    """Planes that are not alpha."""
    return geometry[PLANES_IN] - 1 + geometry[PLANES_IN] % 2


@register_jitable
def alpha_line(source: Any, geometry: Any, row: Any) -> Any:
    """A row of alpha; of a picture without, of its last colour."""
    return source_line(source, geometry, geometry[PLANES_IN] - 1, row)
