"""Look-ups in tables of colours: planes through one stage whose parameters are the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from engine.kernels import Kernel
from engine.kinds.colour_lookup import ColourLookup, diagonal
from engine.operation import Affine
from engine.staging.draft import Draft
from engine.staging.program import matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.files.cube import Cube
    from engine.operation import Operation, Own


def add(draft: Draft, operation: Own, _following: list[Operation]) -> None:
    """One stage; a grey picture gets three colours first, or stays grey in the table's greys alone."""
    kind = operation.kind
    assert isinstance(kind, ColourLookup)
    cube = kind.cube(operation.values)
    draft.to_numbers()
    if draft.channels < 3 and kind.colours(operation.values):
        draft.channels += 2
        draft.program.append(matrix(Affine(np.eye(4), "grey as three colours", colours=True)))
    draft.to_planes()
    if cube.dimensions == 1 or draft.channels < 3:
        label = f"{operation.label}: {cube.size} entries a colour, linear"
        draft.add(Kernel("colour_curves"), label, _numbers(cube, diagonal(cube).T))
        return
    label = f"{operation.label}: {cube.size} x {cube.size} x {cube.size} entries, tetrahedral"
    draft.add(Kernel("colour_cube"), label, _numbers(cube, np.pad(cube.table, [(0, 0)] * 3 + [(0, 1)])))


def _numbers(cube: Cube, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """The entries along a dimension, where the table begins, and entries for each 1; then the table."""
    scale = (cube.size - 1) / np.subtract(cube.high, cube.low)
    return np.concatenate([[cube.size], cube.low, scale, [0.0], table.ravel()], dtype=np.float32)
