"""The kernels that are compiled ahead, listed once for all tests of a process."""

import functools

from engine.kernels import Kernel
from engine.warm import all_kernels


@functools.cache
def listed() -> tuple[Kernel, ...]:
    """All of them."""
    return tuple(all_kernels())
