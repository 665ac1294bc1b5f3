"""Memory that another process or interpreter has made, mapped here. Without NumPy, as not every interpreter has it."""

import mmap


def mapped(path: str) -> mmap.mmap:
    """All of the file, to read and write."""
    with open(path, "r+b") as file:
        return mmap.mmap(file.fileno(), 0)
