"""Rows of a stage's source and target as arrays."""

from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import (
    COLUMNS,
    OTHER,
    OTHER_PLANE,
    OTHER_ROW,
    REACH,
    SOURCE_PLANE,
    SOURCE_ROW,
    TARGET_PLANE,
    TARGET_ROW,
)


@register_jitable
def source_line(source: Any, geometry: Any, plane: Any, row: Any) -> Any:
    """One row of one source plane, the reach on both sides included."""
    start = (plane * geometry[SOURCE_PLANE] + row * geometry[SOURCE_ROW]) // 4
    width = geometry[COLUMNS] + 2 * geometry[REACH]
    return carray(source, (start + width,), np.float32)[start:]


@register_jitable
def target_line(target: Any, geometry: Any, plane: Any, row: Any) -> Any:
    """One row of one target plane."""
    start = (plane * geometry[TARGET_PLANE] + row * geometry[TARGET_ROW]) // 4
    return carray(target, (start + geometry[COLUMNS],), np.float32)[start:]


@register_jitable
def other_line(geometry: Any, plane: Any, row: Any) -> Any:
    """One row of one plane of the other picture, under the output row."""
    place = geometry[OTHER] + plane * geometry[OTHER_PLANE] + row * geometry[OTHER_ROW]
    return carray(pointer_to(place), (geometry[COLUMNS],), np.float32)


@register_jitable
def copy_line(source: Any, target: Any, geometry: Any, plane_in: Any, plane_out: Any, row: Any) -> None:
    """The pixels under the output row, unchanged."""
    line = source_line(source, geometry, plane_in, row + geometry[REACH])[geometry[REACH] :]
    out = target_line(target, geometry, plane_out, row)
    for x in range(out.size):
        out[x] = line[x]
