"""Stage: a symmetric convolution along the rows of each plane."""

from collections.abc import Callable
from typing import Any

from numba import carray

from engine.kernels.convolution import convolve_row
from engine.kernels.interleave import address_of
from engine.kernels.layout import (
    COLUMNS,
    PLANES_IN,
    ROWS,
    SOURCE_PIXEL,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
)


def build(function: None) -> Callable[..., None]:
    """A stage whose parameters are the reach, then taps from the centre outwards; a plane may be interleaved pixels."""

    def along(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        reach, pixel = int(parameters[0]), geometry[SOURCE_PIXEL]
        samples = geometry[COLUMNS] * pixel // 4
        taps = carray(parameters, (2,)).ctypes.data + 4
        for plane in range(geometry[PLANES_IN]):
            first = address_of(source) + plane * geometry[SOURCE_PLANE] + reach * pixel
            last = address_of(target) + plane * geometry[TARGET_PLANE]
            for row in range(geometry[ROWS]):
                line = last + row * geometry[TARGET_ROW]
                convolve_row(first + row * geometry[SOURCE_ROW], pixel, taps, reach, line, samples)

    return along
