"""Keeps libtiff quiet: it prints what is wrong with a file straight to the terminal, over whatever is shown there."""

import ctypes
import functools
from pathlib import Path

import PIL


@functools.cache
def silence_libtiff() -> None:
    """Takes the printing handler from the libtiff that Pillow has loaded; Pillow itself does so for warnings only."""
    for library in _loaded():
        take = ctypes.CDLL(library).TIFFSetErrorHandler
        take.argtypes, take.restype = [ctypes.c_void_p], ctypes.c_void_p
        take(None)


def _loaded() -> set[str]:
    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return {str(path) for path in Path(PIL.__file__).parent.joinpath(".dylibs").glob("libtiff*")}
    return {line.split(maxsplit=5)[5] for line in maps.splitlines() if "/libtiff" in line}
