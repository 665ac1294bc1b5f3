"""The C signatures of all stages and of the runner that calls them."""

import numpy as np
from numba import types

SIGNATURE = types.void(
    types.voidptr,  # source: first sample that the first output pixel reads, of plane 0
    types.voidptr,  # destination: first sample of the output, of plane 0
    types.CPointer(types.int64),  # geometry, by the names of `layout`
    types.CPointer(types.float32),  # parameters
    types.CPointer(types.float32),  # scratch of this worker
)
RUNNER = types.int64(*[types.int64] * 8)
"""Addresses of frame, stages, control, progress, arena, state and geometry, and the bytes of arena before scratch."""

FASTMATH = {"contract", "nsz", "arcp", "afn"}
"""No `reassoc`: a result may not depend on where a band or a vector begins. NaN and infinity keep their meaning."""

f4 = np.float32
i4 = np.int32
u4 = np.uint32
