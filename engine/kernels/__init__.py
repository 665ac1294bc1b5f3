"""Numba kernels: loops over rows behind one C signature. No threads, clocks, logging or validation.

A module whose loops cannot be vector instructions says why in a constant SCALAR, one that computes in float64 in a
constant DOUBLE; a test reads the others' assembly.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Kernel:
    """The name of a stage: a module of this folder, and what its `build` is given (a function, a type or nothing)."""

    module: str
    variant: Any = None
