"""The functions that filters may call in their curves: NumPy for float64 here, compiled for float32 by `native`."""

from typing import Any

import numpy as np


def power(x: Any, exponent: Any) -> Any:
    """x ** exponent as an odd function: below 0 it is -((-x) ** exponent). The exponent is above 0."""
    return np.copysign(np.abs(x) ** exponent, x)


def clip(x: Any, low: Any, high: Any) -> Any:
    """x limited to low..high."""
    return np.minimum(np.maximum(x, low), high)


def minimum(x: Any, y: Any) -> Any:
    """The smaller of two."""
    return np.minimum(x, y)


def maximum(x: Any, y: Any) -> Any:
    """The larger of two."""
    return np.maximum(x, y)


def sqrt(x: Any) -> Any:
    """The square root of x, which is 0 or more."""
    return np.sqrt(x)


def floor(x: Any) -> Any:
    """The largest whole number that is not above x."""
    return np.floor(x)


def exp2(x: Any) -> Any:
    """2 ** x."""
    return np.exp2(x)


def floor(x: Any) -> Any:
    """The largest whole number that is not above x."""
    return np.floor(x)


def choose(condition: Any, yes: Any, no: Any) -> Any:
    """`yes` where the condition holds, else `no`; both are evaluated."""
    return np.where(condition, yes, no)


def magnitude(x: Any, y: Any) -> Any:
    """The length of the vector (x, y)."""
    return np.sqrt(x * x + y * y)


def sign(x: Any) -> Any:
    """1 with the sign of x."""
    return np.copysign(1.0, x)


def averaged(result: Any, source: Any, constants: Any) -> Any:
    """The result itself, for windows whose result is an average and nothing more."""
    return result


def line(x: Any, constants: Any) -> Any:
    """constants[0] x + constants[1]: a filter whose curve is this one folds into matrices before it and behind it."""
    return x * constants[0] + constants[1]
