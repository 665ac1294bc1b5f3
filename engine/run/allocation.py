"""How this process's C library deals with memory that is freed. It frees none."""

import ctypes

MMAP_THRESHOLD = -3
"""M_MMAP_THRESHOLD of glibc's `mallopt`."""
LARGE = 1 << 20


def return_freed_memory() -> None:
    """Have blocks of a megabyte and more given back to the system as soon as they are freed.

    Left alone, glibc raises its threshold to the largest block it has seen freed, up to 32 MB, and threads then keep
    what their codecs have freed: encoding a JPEG leaves half as much again behind. Other libraries have no such call.
    """
    change = getattr(ctypes.CDLL(None), "mallopt", None)
    if change is not None:
        change(MMAP_THRESHOLD, LARGE)
