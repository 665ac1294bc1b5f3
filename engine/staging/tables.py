"""Curves as one table over all codes of 8 or 16 bits, in float64."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from engine.filter import Floats
    from engine.operation import Curve

TOPS = {"uint8": 255, "uint16": 65535}


def tabulate(curves: list[Curve], top: int) -> Floats:
    """The curves in turn for every code, full scale 1."""
    values: Floats = np.arange(top + 1) / top
    for curve in curves:
        values = curve.function(values, curve.constants)
    return values


def codes(curves: list[Curve], dtype: str) -> NDArray[np.float32]:
    """One table from codes to codes, its bytes dressed as float32."""
    top = TOPS[dtype]
    rounded = np.floor(np.clip(tabulate(curves, top), 0.0, 1.0) * top + 0.5).astype(dtype)
    return rounded.view(np.float32)


def numbers(curves: list[Curve], dtype: str) -> Floats:
    """A table from codes to values for colours, then one for alpha."""
    top = TOPS[dtype]
    return np.concatenate([tabulate(curves, top), np.arange(top + 1) / top])


def values(curves: list[Curve], dtype: str) -> NDArray[np.float32]:
    """A table from codes to values; for 8 bits then one of each of their four bytes, dressed as float32."""
    table = tabulate(curves, TOPS[dtype]).astype(np.float32)
    if dtype != "uint8":
        return table
    bytewise = np.ascontiguousarray(table.view(np.uint8).reshape(-1, table.itemsize).T)
    return np.concatenate([table, bytewise.ravel().view(np.float32)])


def labels(curves: list[Curve]) -> str:
    """The names of the filters, for people."""
    return ", ".join(curve.label for curve in curves)
