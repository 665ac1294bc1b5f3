"""`python -m engine.files.apart`: decodes what its parent sends, one file after another, until the parent is gone.

It may not write files, leave a core or run for longer than a file is given, and holds no more memory than a file needs.
"""

from __future__ import annotations

import mmap
import os
import resource
import socket
import sys
from typing import Any

import numpy as np

from engine.files.apart.headers import told
from engine.files.apart.order import CONVERSION, Order
from engine.files.apart.wire import GoneError, receive_with, send
from engine.files.format import Raster, UnsupportedError
from engine.files.formats import formats
from engine.files.pillow import from_pixels, shrink, to_pixels
from engine.files.profile import to_srgb

IDLES_FOR = 60.0
"""Seconds without work after which it ends; a parent that needs it again starts another."""
OPEN_FILES = 64
HEADERS = 512 << 20
"""Bytes of memory for reading headers: some libraries map or copy the whole file."""
SLACK = 192 << 20
"""Bytes of memory beside what a file is known to take: libraries that are loaded late, and stacks."""


def main() -> int:
    """Serves the parent at the other end of standard input."""
    _confine()
    with socket.socket(fileno=os.dup(0)) as parent:
        while True:
            try:
                values, descriptors = receive_with(parent, IDLES_FOR)
            except (GoneError, TimeoutError):
                return 0
            try:
                answer = _done(values, descriptors)
            finally:
                for descriptor in descriptors:
                    os.close(descriptor)
            send(parent, answer, IDLES_FOR)


def _done(values: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
    """The answer to one message."""
    try:
        return _examined(values, *descriptors) if "examine" in values else _made(values, *descriptors)
    except MemoryError:
        return {"fault": "memory"}
    except UnsupportedError as error:
        return {"fault": "unsupported", "text": str(error)}
    except Exception as error:  # noqa: BLE001 - a decoder raises anything, and the parent makes it a sentence
        return {"fault": "damage", "text": " ".join(str(error).split()) or type(error).__name__}


def _examined(values: dict[str, Any], file: int) -> dict[str, Any]:
    """What the headers of a file say."""
    _limit(HEADERS, values["seconds"])
    with open(os.dup(file), "rb") as stream:
        stream.seek(0)
        return told(formats()[values["examine"]].examine(stream))


def _made(values: dict[str, Any], data: int, pixels: int) -> dict[str, Any]:
    """What was decoded, its pixels where the parent reads them."""
    file = _read(data, values["data"], 0)
    order = Order.from_dict(values, _read(data, values["icc"], len(file)))
    _limit(2 * len(file) + 2 * order.size + order.facts.work, values["seconds"])
    # Closed by itself when the last array over it goes, which a fault may keep for a while.
    return _decoded(order, file, mmap.mmap(pixels, order.size))


def _read(descriptor: int, size: int, at: int) -> bytes:
    """Of a file in memory, which gives less than is asked for beyond 2 GB only."""
    parts = []
    while size:
        parts.append(os.pread(descriptor, min(size, 1 << 30), at))
        size, at = size - len(parts[-1]), at + len(parts[-1])
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _decoded(order: Order, data: bytes, memory: mmap.mmap) -> dict[str, Any]:
    """Puts the pixels where the parent reads them, unless the decoder has."""
    target = np.frombuffer(memory, order.dtype)
    raster = _reduced(order, data) if order.wanted else _whole(order, data, target)
    found = raster.pixels
    if found.shape not in order.shapes or found.dtype != target.dtype:
        raise ValueError("its headers contradict each other")
    if found.ctypes.data != target.ctypes.data:
        np.copyto(target[: found.size].reshape(found.shape), found)
    answer = order.answer(raster)
    del target, raster, found
    return answer


def _whole(order: Order, data: bytes, target: np.ndarray[Any, Any]) -> Raster:
    def empty(shape: tuple[int, ...], dtype: Any) -> np.ndarray[Any, Any]:
        fits = shape == order.shapes[0] and np.dtype(dtype) == target.dtype
        return target.reshape(shape) if fits else np.empty(shape, dtype)

    return formats()[order.form].decode(data, order.facts, empty)


def _reduced(order: Order, data: bytes) -> Raster:
    assert order.wanted is not None
    width, height = order.wanted
    facts = order.facts
    if order.form == CONVERSION:
        raster = Raster(np.frombuffer(data, np.uint8).reshape(facts.height, facts.width, facts.channels), facts.icc)
    else:
        raster = formats()[order.form].reduce(data, facts, width, height, order.coarse)
    picture = to_srgb(shrink(from_pixels(raster.pixels), width, height), raster.icc)
    return Raster(to_pixels(picture), b"", raster.notes, raster.coarse)


def _confine() -> None:
    """What no file will need."""
    for limit, most in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_NOFILE, OPEN_FILES)):
        resource.setrlimit(limit, (most, most))
    if sys.platform == "linux":
        import ctypes

        no_new_privileges = 38
        ctypes.CDLL(None).prctl(no_new_privileges, 1, 0, 0, 0)


def _limit(need: int, seconds: float) -> None:
    """Bytes of memory and processor time for one file, beside what has been used by now."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + int(seconds) + 2, resource.RLIM_INFINITY))
    if sys.platform == "linux":
        with open("/proc/self/statm", "rb") as file:
            held = int(file.read().split()[0]) * mmap.PAGESIZE
        resource.setrlimit(resource.RLIMIT_AS, (held + need + SLACK, resource.RLIM_INFINITY))


if __name__ == "__main__":
    sys.exit(main())
