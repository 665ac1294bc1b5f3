"""The one C signature of every stage, and the places of what it reads in its geometry."""

import numpy as np
from numba import types

SIGNATURE = types.void(
    types.voidptr,  # source: first sample that the first output pixel reads, of plane 0
    types.voidptr,  # destination: first sample of the output, of plane 0
    types.CPointer(types.int64),  # geometry, by the names below
    types.CPointer(types.float32),  # parameters
    types.CPointer(types.float32),  # scratch of this worker
)

FASTMATH = {"contract", "nsz", "arcp", "afn"}
"""No `reassoc`: a result may not depend on where a band or a vector begins. NaN and infinity keep their meaning."""

f4 = np.float32
i4 = np.int32
