"""Stage: how many samples of each colour plane are in each class of tones, added to counters."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray

from engine.kernels.layout import PLANES_IN, ROWS
from engine.kernels.lines import source_line
from engine.kernels.signature import f4
from engine.kernels.tone_class import CLASSES, alpha_line, colours_of, tone_class

SCALAR = "samples say which counter is next"


def build(function: None) -> Callable[..., None]:
    """A stage without parameters."""

    def measure_tones(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        colours = colours_of(geometry)
        opaque = colours == geometry[PLANES_IN]
        counts = carray(target, (colours * CLASSES,), np.int64)
        for row in range(geometry[ROWS]):
            alpha = alpha_line(source, geometry, row)
            for plane in range(colours):
                line = source_line(source, geometry, plane, row)
                own = counts[plane * CLASSES :]
                for x in range(np.uintp(line.size)):
                    counted = line[x] == line[x] and (opaque or alpha[x] > f4(0.0))
                    own[np.uintp(tone_class(line[x]))] += np.int64(counted)

    return measure_tones
