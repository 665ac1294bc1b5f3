"""Stage: Floyd and Steinberg's error diffusion of interleaved pixels, in whole numbers; alpha is copied.

Its scratch holds for each colour and pixel the sixteenths of errors that the next row gets from above.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import carray
from numba.extending import register_jitable

from engine.kernels.interleave import address_of
from engine.kernels.intrinsics import pointer_to
from engine.kernels.layout import COLUMNS, ROWS, SOURCE_ROW, TARGET_ROW, TOP
from engine.kernels.signature import f4, i4

SCALAR = "each pixel waits for the error of the one before it"
WHOLE = 65536
"""As `engine.kinds.diffusion` has it."""
Number = type[np.uint8] | type[np.uint16] | type[np.float32]


@register_jitable
def of_byte(code: Any) -> Any:
    """The nearest of 65536 parts to an 8-bit code."""
    return np.int64(257) * code + (code >> 7)


@register_jitable
def of_word(code: Any) -> Any:
    """The nearest of 65536 parts to a 16-bit code."""
    return np.int64(code) + (code >> 15)


@register_jitable
def of_number(x: Any) -> Any:
    """The nearest of 65536 parts to a number, an even one of two as near; what is no number is black."""
    inside = min(x, f4(1.0)) if x > f4(0.0) else f4(0.0)
    return np.int64(np.rint(inside * f4(WHOLE)))


@register_jitable
def same(code: Any) -> Any:
    """Alpha that is of the same kind."""
    return code


@register_jitable
def to_byte(code: Any) -> Any:
    """The nearest 8-bit code."""
    return (np.int64(code) + 128) // 257


PARTS = {np.uint8: of_byte, np.uint16: of_word, np.float32: of_number}


@register_jitable
def clear(line: Any) -> None:
    """No errors yet."""
    for x in range(line.size):
        line[x] = 0


def build(kinds: tuple[Number, Number]) -> Callable[..., None]:
    """A stage for samples of one kind that become another; all rows of a picture in order, from the first.

    Its parameters are, as 32-bit numbers, channels, whether there is alpha, levels but one, and what levels become.
    """
    before, after = kinds
    parts, alpha_of = PARTS[before], same if before is after else to_byte
    entry = np.float32 if after is np.float32 else np.int32

    @register_jitable
    def diffuse(line: Any, out: Any, step: Any, hidden: Any, steps: Any, levels: Any, above: Any) -> None:
        """A colour of a row; alpha lies `hidden` samples behind it, or there is none for 0."""
        last: Any = np.int64(0)
        error: Any = np.int64(0)
        for x in range(above.size - 2):
            wanted = 16 * steps * parts(line[x * step])
            seen = hidden == 0 or parts(line[x * step + hidden]) > 0
            given = above[x + 1] + 7 * error + 8 if seen else 0
            found = (wanted + given) >> 4
            level = (found + WHOLE // 2) >> 16
            out[x * step] = levels[level]
            now = found - level * WHOLE if seen else 0
            above[x] = last + 5 * error + 3 * now
            last, error = error, now
        above[above.size - 2] = last + 5 * error

    def diffusion(source: Any, target: Any, geometry: Any, parameters: Any, scratch: Any) -> None:
        head = carray(parameters, (3,)).view(i4)
        channels, alpha, steps = np.int64(head[0]), np.int64(head[1]), np.int64(head[2])
        levels = carray(pointer_to(head.ctypes.data + 12), (steps + 1,), entry)
        colours, columns = channels - alpha, geometry[COLUMNS]
        above = carray(pointer_to(address_of(scratch)), (colours, columns + 2), np.int32)
        for row in range(geometry[ROWS]):
            first, last = (
                address_of(source) + row * geometry[SOURCE_ROW],
                address_of(target) + row * geometry[TARGET_ROW],
            )
            line = carray(pointer_to(first), (columns * channels,), before)
            out = carray(pointer_to(last), (columns * channels,), after)
            for colour in range(colours):
                if geometry[TOP] + row == 0:
                    clear(above[colour])
                hidden = (colours - colour) * alpha
                diffuse(line[colour:], out[colour:], channels, hidden, steps, levels, above[colour])
            if alpha:
                for x in range(columns):
                    out[x * channels + colours] = alpha_of(line[x * channels + colours])

    return diffusion
